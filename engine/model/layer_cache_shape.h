#pragma once

#include "engine/model/cache_rows.h"
#include "engine/model/model_config.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ponder::engine {

/// Which layers a cache is for: a draft head's rows come and go by rules of their own.
enum class CacheOf { Trunk, DraftHead };

/// What a cache keeps of a layer; rows without heads where there is nothing to keep.
struct LayerCacheShape {
    CacheRows::Shape keys = {}, values = {}, blocks = {}, indexKeys = {};
    int window = 0;           ///< positions of keys and values that a token sees, 0: all
    std::int64_t carried = 0; ///< numbers from one position to the next

    /// Of a position's rows, what a window leaves behind.
    std::size_t windowedRowBytes(kernels::CacheType type) const {
        return window > 0 ? keys.rowBytes(type) + values.rowBytes(type) : 0;
    }
};

/// Of every layer in turn; of those the cache is not for, nothing.
std::vector<LayerCacheShape> layerCacheShapes(const ModelConfig& config, CacheOf of);

/// How keys and values are kept where `type` is asked for. Rows that all heads read, latents, are words
/// instead of half precision: so nothing is rounded once more for each token that looks back.
kernels::CacheType rowType(const ModelConfig& config, kernels::CacheType type);

/// How the indexer's keys are kept. Never as bytes: a choice flips where a sum would only be a little off.
kernels::CacheType indexKeyType(kernels::CacheType type);

} // namespace ponder::engine
