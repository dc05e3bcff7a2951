#pragma once

#include "engine/model/kv_cache.h"
#include "engine/model/model.h"
#include "engine/model/step.h"
#include "kernels/convolution.h"
#include "kernels/delta_rule.h"

#include <vector>

namespace ponder::engine {

/// A Gated DeltaNet layer (Yang et al. 2024, arXiv 2412.06464): queries, keys and values through a short
/// causal convolution, unit length for queries and keys, the gated delta rule on a state for each value head,
/// RMS norm of what it answers, a gate, the output projection. Prompts go through the same recurrence as
/// single tokens, so sums do not depend on how tokens are cut. Keeps its working memory between calls; one
/// thread.
class DeltaNet {
public:
    DeltaNet(const Model& model, Backend& backend)
        : config_(model.config()), delta_(config_.delta), model_(model), backend_(backend) {}

    /// input, output: [tokens][width]. Carries the convolution's inputs and the states in `cache`.
    void forward(int layer, const Step& step, const float* input, float* output, KvCache& cache);

private:
    void project(const DeltaWeights& weights, std::int64_t tokens, const float* input);
    void partChannelsAndGate(std::int64_t tokens);
    void partWritesAndDecays(std::int64_t tokens);
    void convolve(const DeltaWeights& weights, std::int64_t tokens);
    void prepareHeads(const DeltaWeights& weights, std::int64_t tokens);
    void applyRule(std::int64_t tokens, const float* before, float* after);
    void normAndGate(const DeltaWeights& weights, std::int64_t tokens);

    const ModelConfig& config_;
    const DeltaSettings& delta_;
    const Model& model_;
    Backend& backend_;
    std::vector<float> inputs_;          // [convolutionLength - 1 + token][channels], older positions first
    std::vector<float> fused_;           // [token][channelsAndGate rows]
    std::vector<float> fusedScalars_;    // [token][writeAndDecay rows]
    std::vector<float> mixed_;           // [token][queries | keys | values], behind the convolution
    std::vector<float> gates_;           // [token][valueNumbers]
    std::vector<float> writes_, decays_; // [token][valueHeads]
    std::vector<float> answers_;         // [token][valueNumbers]
    std::vector<kernels::DeltaHead> heads_;
};

} // namespace ponder::engine
