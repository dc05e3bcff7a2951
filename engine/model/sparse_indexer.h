#pragma once

#include "engine/model/kv_cache.h"
#include "engine/model/model.h"
#include "engine/model/position_chooser.h"
#include "engine/model/step.h"

#include <span>
#include <vector>

namespace ponder::engine {

/// DeepSeek-V3.2's lightning indexer (arXiv 2512.02556 §2.1): a small attention without values that tells
/// which positions the large one reads. Every position's key is cached; a token that sees no more positions
/// than may be chosen reads them all. The published model also turns queries and keys by a Hadamard matrix,
/// which changes no product. Keeps its working memory between calls; one thread.
class SparseIndexer {
public:
    SparseIndexer(const Model& model, Backend& backend)
        : config_(model.config()), model_(model), backend_(backend), chooser_(backend) {}

    /// Appends the step's keys to `cache` and takes down what its tokens look for. input: [tokens][width],
    /// compressedQueries: [tokens][queryRank], normed. Requires: the layer is indexed.
    void prepare(int layer, const Step& step, const float* input, const float* compressedQueries,
                 KvCache& cache);

    /// Whether a token that sees `positions` has to choose among them.
    bool chooses(std::int64_t positions) const { return positions > config_.indexer.chosen; }
    /// The positions that token `t` of the prepared step reads, ascending. Requires: it has to choose.
    std::span<const std::int64_t> choose(int layer, const Step& step, std::int64_t t, const KvCache& cache);

private:
    void rotate(float* vector, const Step& step, std::int64_t t) const;

    const ModelConfig& config_;
    const Model& model_;
    Backend& backend_;
    PositionChooser chooser_;
    std::vector<float> keys_;    // [token][keyLength]
    std::vector<float> weights_; // [token][head]
    std::vector<float> queries_; // [token][head][keyLength]
};

} // namespace ponder::engine
