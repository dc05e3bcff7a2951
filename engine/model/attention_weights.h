#pragma once

#include "engine/model/model_config.h"
#include "engine/model/projection.h"

#include <vector>

namespace ponder::engine {

/// Attention with grouped queries; `keyValueHeads` of the layer share the query heads among them.
struct GroupedAttentionWeights {
    Projection query, key, value, output;  ///< a gated family's query has a head's gate behind each head
    std::vector<float> queryNorm, keyNorm; ///< empty: none
    std::vector<float> sinks;              ///< [heads], empty: none
};

/// DeepSeek-V3.2's lightning indexer; no key: the layer has none.
struct IndexerWeights {
    Projection queryUp;                      ///< heads × keyLength rows of [queryRank]
    Projection key;                          ///< [keyLength] rows of [width]
    std::vector<float> keyNorm, keyNormBias; ///< [keyLength]
    Projection headWeight;                   ///< [heads] rows of [width]
};

/// Latent attention (DeepSeek-V2, arXiv 2405.04434 §2.1). keyUp is stored per head as [latentRank] rows of
/// [unrotated] (split layout) or, in older files, as rows of [latentRank] before each head's value rows.
struct LatentAttentionWeights {
    Projection query;              ///< without query compression
    Projection queryDown, queryUp; ///< with it
    std::vector<float> queryDownNorm;
    Projection latent; ///< [latentRank + rotated] rows
    std::vector<float> latentNorm;
    Matrix keyUp;      ///< heads × latentRank rows of [unrotated]; empty in the old layout
    Matrix valueUp;    ///< heads × valueLength rows of [latentRank]; empty in the old layout
    Matrix keyValueUp; ///< old layout: per head [unrotated] + [valueLength] rows of [latentRank]
    Projection output;
    IndexerWeights indexer;
};

/// What makes one row of a block of positions: rows of [width], as many as RowCompressor asks for.
struct CompressorWeights {
    Projection values, gates;
    std::vector<float> placeBias; ///< [place in the block][rows of gates]
    std::vector<float> norm;      ///< [length of a row]
};

/// DeepSeek-V4's attention: one row a position is key and value of all heads.
struct CompressedAttentionWeights {
    Projection queryDown, queryUp;
    std::vector<float> queryDownNorm;
    Projection row; ///< [keyLength] rows of [width]
    std::vector<float> rowNorm;
    std::vector<float> sinks;          ///< [heads]
    CompressorWeights compressor;      ///< of compressed layers
    IndexerWeights indexer;            ///< of indexed ones, without what makes keys
    CompressorWeights indexCompressor; ///< of indexed ones: makes a key for each block
    Matrix groupedOutput;              ///< outputGroups × outputRank rows of [numbers of a group's heads]
    Projection output;                 ///< rows of [outputGroups × outputRank]
};

/// Each binds the tensors of the layer that `binder` is in. Throws Error as TensorBinder does.
GroupedAttentionWeights bindGrouped(const TensorBinder& binder, const ModelConfig& config, int keyValueHeads);
LatentAttentionWeights bindLatent(const TensorBinder& binder, const ModelConfig& config,
                                  const LayerSettings& settings);
CompressedAttentionWeights bindCompressed(const TensorBinder& binder, const ModelConfig& config,
                                          const LayerSettings& settings);

} // namespace ponder::engine
