#pragma once

#include "engine/model/kv_cache.h"
#include "engine/model/model.h"
#include "engine/model/position_chooser.h"
#include "engine/model/row_compressor.h"
#include "engine/model/step.h"

#include <vector>

namespace ponder::engine {

/// DeepSeek-V4's attention: one row a position is key and value of all heads. A token reads the rows of a
/// sliding window and, in compressed layers, one row for each whole block of positions up to its own; where
/// blocks are short an indexer chooses among them. The values' rotation is taken back from the answer, which
/// leaves through a projection in groups of heads. The published model also rounds compressed rows and the
/// indexer's keys to eight and four bits; that is left out. Keeps its working memory between calls; one
/// thread.
class CompressedAttention {
public:
    CompressedAttention(const Model& model, Backend& backend)
        : config_(model.config()), model_(model), backend_(backend), compressor_(model), chooser_(backend) {}

    /// input, output: [tokens][width]. Appends the step's rows and the blocks it completes to `cache`.
    void forward(int layer, const Step& step, const float* input, float* output, KvCache& cache);

private:
    void project(int layer, const Step& step, const float* input);
    void storeRows(int layer, const Step& step, KvCache& cache);
    void compress(int layer, const Step& step, KvCache& cache);
    void attend(int layer, const Step& step, const KvCache& cache);
    void gatherRows(int layer, const Step& step, std::int64_t t, const KvCache& cache);
    void addHeads(int layer, std::int64_t t, const void* rows, std::int64_t count, const KvCache& cache);
    void projectOutput(int layer, const Step& step, float* output);
    void rotateTail(float* vector, std::int64_t length, const Step& step, std::int64_t t) const;

    const LayerSettings& settings(int layer) const { return config_.layer[static_cast<std::size_t>(layer)]; }
    std::int64_t headNumbers() const { return static_cast<std::int64_t>(config_.heads) * config_.keyLength; }

    const ModelConfig& config_;
    const Model& model_;
    Backend& backend_;
    RowCompressor compressor_;
    PositionChooser chooser_;
    std::vector<float> compressedQueries_;        // [token][queryRank]
    std::vector<float> queries_;                  // [token][head][keyLength]
    std::vector<float> rows_;                     // [token][keyLength]
    std::vector<float> values_, gates_;           // [token][projected numbers of a block's row]
    std::vector<float> indexValues_, indexGates_; // the same of the indexer's keys
    std::vector<float> indexQueries_;             // [token][index head][index key length]
    std::vector<float> indexWeights_;             // [token][index head]
    std::vector<float> block_;                    // a row under construction
    std::vector<float> mixed_;                    // [token][head][keyLength]
    std::vector<float> grouped_;                  // [token][group][outputRank]
    std::vector<std::byte> read_;                 // rows that one token reads, as the cache has them
    std::vector<MatrixProduct> products_;
    std::vector<kernels::AttentionHead> heads_;
};

} // namespace ponder::engine
