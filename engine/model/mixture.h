#pragma once

#include "engine/model/feed_forward.h"
#include "engine/model/router.h"
#include "engine/model/step.h"

#include <vector>

namespace ponder::engine {

/// A mixture of experts: the router chooses, the chosen experts' answers are summed in router order, the
/// shared expert joins in. Tokens that chose the same expert go through it together. Keeps its working
/// memory; one thread.
class Mixture {
public:
    Mixture(const Model& model, Backend& backend)
        : config_(model.config()), model_(model), backend_(backend), shared_(model, backend) {}

    /// input, output: [tokens][width].
    void forward(int layer, const Step& step, const float* input, float* output);

private:
    /// The tokens that go through one expert: rows [first, first + count) of the answers.
    struct Visit {
        int expert = 0;
        std::int64_t first = 0;
        std::int64_t count = 0;
    };

    void route(const MixtureWeights& weights, const Step& step, const float* input);
    void groupByExpert(std::int64_t tokens);
    void runExperts(int layer, const MixtureWeights& weights, std::int64_t tokens, const float* input);
    void sumInRouterOrder(std::int64_t tokens, float* output) const;
    void addShared(const MixtureWeights& weights, std::int64_t tokens, const float* input, float* output);

    const ModelConfig& config_;
    const Model& model_;
    Backend& backend_;
    FeedForward shared_;
    std::vector<float> logits_;                // [token][expert]
    std::vector<std::vector<Choice>> choices_; // [token]
    std::vector<Visit> visits_;
    std::vector<std::int64_t> rowOf_;   // [token][choice] → row
    std::vector<std::int64_t> tokenOf_; // [row]
    std::vector<float> gate_, up_;      // [row][hidden]
    std::vector<float> answers_;        // [row][width]
    std::vector<float> sharedAnswer_;   // [token][width]
    std::vector<int> wanted_;           // experts, as visits_ has them
    std::vector<MatrixProduct> products_;
};

} // namespace ponder::engine
