#pragma once

#include "engine/model/kv_cache.h"
#include "engine/model/model.h"
#include "engine/model/step.h"

#include <vector>

namespace ponder::engine {

/// Attention with grouped queries (arXiv 2305.13245): queries, keys and values from the normed input,
/// rotation, softmax over the cached positions, the sigmoid of a gate where the family has one, output
/// projection. Keeps its working memory between calls;
/// one thread.
class Attention {
public:
    Attention(const Model& model, Backend& backend)
        : config_(model.config()), model_(model), backend_(backend) {}

    /// input, output: [tokens][width]. Appends the step's keys and values to `cache`.
    void forward(int layer, const Step& step, const float* input, float* output, KvCache& cache);
    /// Appends them alone: what the step's own tokens see is not asked for.
    void remember(int layer, const Step& step, const float* input, KvCache& cache);

private:
    enum class Part { All, KeysAndValues };

    void project(const GroupedAttentionWeights& weights, const Step& step, Part part, const float* input);
    void store(int layer, const GroupedAttentionWeights& weights, const Step& step, KvCache& cache);
    void partQueriesAndGates(std::int64_t tokens);
    void normAndRotate(const GroupedAttentionWeights& weights, const LayerSettings& settings,
                       const Step& step, Part part);
    void applyGates(std::int64_t tokens);
    void attend(int layer, const GroupedAttentionWeights& weights, const Step& step, const KvCache& cache);

    const ModelConfig& config_;
    const Model& model_;
    Backend& backend_;
    std::vector<float> queries_, gates_, keys_, values_, mixed_; // [token][head][length]
    std::vector<float> queriesAndGates_;                         // [token][head][query | gate]
    std::vector<kernels::AttentionHead> heads_;
};

} // namespace ponder::engine
