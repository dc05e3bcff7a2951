#pragma once

#include "engine/model/expanded_latents.h"
#include "engine/model/kv_cache.h"
#include "engine/model/model.h"
#include "engine/model/sparse_indexer.h"
#include "engine/model/step.h"

#include <vector>

namespace ponder::engine {

/// Multi-head latent attention (DeepSeek-V2, arXiv 2405.04434 §2.1): only [latentRank + rotated] numbers a
/// token are cached. For a few tokens it is absorbed: queries are carried into the latent space and every
/// head reads the same rows. For many it is expanded: cached rows become each head's keys and values, a block
/// of positions at a time, which the tokens then see like any other. Both forms give the same sums but for
/// rounding. Old files' joint key-value matrix works as it lies, a few tokens of it more slowly. Keeps its
/// working memory between calls; one thread.
class LatentAttention {
public:
    LatentAttention(const Model& model, Backend& backend)
        : config_(model.config()), model_(model), backend_(backend), indexer_(model, backend),
          expanded_(model.config(), backend) {}

    /// input, output: [tokens][width]. Appends the step's latents to `cache`.
    void forward(int layer, const Step& step, const float* input, float* output, KvCache& cache);
    /// Appends them alone: what the step's own tokens see is not asked for. Requires: a layer without an
    /// indexer.
    void remember(int layer, const Step& step, const float* input, KvCache& cache) {
        storeLatents(layer, model_.layer(layer).latent, step, input, cache);
    }

    /// Tokens whose absorbed queries are in memory at a time; in longer steps these are many numbers.
    static constexpr std::int64_t kAbsorbedTogether = 96;

private:
    /// Of a step, those that are absorbed together.
    struct Tokens {
        std::int64_t first = 0;
        std::int64_t count = 0;
    };

    std::int64_t latentRow() const { return config_.latentRank + config_.rope.dimensions; }
    void projectQueries(const LatentAttentionWeights& weights, const Step& step, const float* input);
    void storeLatents(int layer, const LatentAttentionWeights& weights, const Step& step, const float* input,
                      KvCache& cache);
    void absorbQueries(const LatentAttentionWeights& weights, Tokens some);
    void attend(int layer, const Step& step, Tokens some, const KvCache& cache);
    void attendChosen(int layer, const Step& step, Tokens some, std::int64_t t, const KvCache& cache);
    void addHeads(std::int64_t t, const void* rows, std::int64_t positions, std::int64_t stride,
                  kernels::CacheType type);
    void expandValues(const LatentAttentionWeights& weights, Tokens some);
    bool expands(int layer, const Step& step) const;
    void multiply(const Projection& projection, const Step& step, const float* input,
                  std::vector<float>& output);

    const ModelConfig& config_;
    const Model& model_;
    Backend& backend_;
    SparseIndexer indexer_;
    ExpandedLatents expanded_;
    std::vector<float> compressedQueries_; // [token][queryRank]
    std::vector<float> queries_;           // [token][head][unrotated | rotated]
    std::vector<float> latents_;           // [token][latent | rotated key]
    std::vector<float> absorbed_;          // [absorbed token][head][latent | rotated]
    std::vector<float> mixedLatents_;      // [absorbed token][head][latent]
    std::vector<float> mixed_;             // [token][head][valueLength]
    std::vector<std::byte> chosenRows_;    // [chosen position], as the cache has them
    std::vector<MatrixProduct> products_;
    std::vector<kernels::AttentionHead> heads_;
};

} // namespace ponder::engine
