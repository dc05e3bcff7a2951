#pragma once

#include "engine/model/kv_cache.h"
#include "engine/model/model.h"
#include "engine/model/step.h"

#include <vector>

namespace ponder::engine {

/// Latent attention of many tokens (DeepSeek-V2, arXiv 2405.04434 §2.1, not absorbed), for long steps: cached
/// rows become each head's own keys and values, a block of positions at a time, and an online softmax goes
/// from block to block. Keeps its working memory between calls; one thread.
class ExpandedLatents {
public:
    ExpandedLatents(const ModelConfig& config, Backend& backend) : config_(config), backend_(backend) {}

    /// Of a block.
    static constexpr std::int64_t kPositions = 512;
    /// Numbers of working memory that a step of `tokens` takes.
    static std::int64_t workingNumbers(const ModelConfig& config, std::int64_t tokens);

    /// queries: [token][head][unrotated | rotated], output: [token][head][valueLength]. Requires: the step's
    /// latents are in `cache`.
    void attend(int layer, const LatentAttentionWeights& weights, const Step& step, const float* queries,
                float* output, const KvCache& cache);

private:
    /// Heads and positions that are expanded together.
    struct Block {
        std::int64_t firstHead = 0;
        std::int64_t heads = 0;
        std::int64_t first = 0; // position
        std::int64_t positions = 0;
    };

    std::int64_t latentRow() const { return config_.latentRank + config_.rope.dimensions; }
    void readLatents(int layer, std::int64_t first, std::int64_t count, const KvCache& cache);
    void expand(const LatentAttentionWeights& weights, const Block& block);
    void attendBlock(const Step& step, const Block& block, bool areHalves, const float* queries,
                     float* output);

    const ModelConfig& config_;
    Backend& backend_;
    std::vector<float> latents_;                // [position][latent | rotated key]
    std::vector<float> keys_;                   // [head][position][unrotated | rotated]
    std::vector<float> values_;                 // [head][position][valueLength]
    std::vector<kernels::SoftmaxState> states_; // [token][head], of all heads
    std::vector<MatrixProduct> products_;
    std::vector<kernels::AttentionHead> heads_;
};

} // namespace ponder::engine
