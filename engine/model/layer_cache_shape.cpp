#include "engine/model/layer_cache_shape.h"

#include "engine/model/row_compressor.h"

#include <algorithm>

namespace ponder::engine {

namespace {

LayerCacheShape shapeOf(const ModelConfig& config, const LayerSettings& layer) {
    LayerCacheShape shape;
    if (layer.kind != LayerKind::Attention) {
        shape.carried = config.carriedNumbers(layer.kind);
        return shape;
    }
    // The indexer of a compressed layer chooses among blocks.
    const std::int64_t positions = std::max(1, layer.compression);
    if (layer.indexed) shape.indexKeys = {1, config.indexer.keyLength, positions};
    switch (config.family->attention) {
    case AttentionKind::Grouped:
        shape.keys = {layer.keyValueHeads, config.keyLength};
        shape.values = {layer.keyValueHeads, config.valueLength};
        shape.window = layer.window;
        break;
    case AttentionKind::Latent: // the latent is the value too
        shape.keys = {1, config.latentRank + config.rope.dimensions};
        break;
    case AttentionKind::Compressed: // so is the key
        shape.keys = {1, config.keyLength};
        shape.window = layer.window;
        if (layer.compression == 0) break;
        shape.blocks = {1, config.keyLength, positions};
        shape.carried = RowCompressor::carriedNumbers(layer.compression, config.keyLength);
        if (layer.indexed)
            shape.carried += RowCompressor::carriedNumbers(layer.compression, config.indexer.keyLength);
        break;
    }
    return shape;
}

} // namespace

std::vector<LayerCacheShape> layerCacheShapes(const ModelConfig& config, CacheOf of) {
    std::vector<LayerCacheShape> shapes(config.layer.size());
    const std::size_t trunk = shapes.size() - (config.draftHead ? 1 : 0);
    const std::size_t begin = of == CacheOf::Trunk ? 0 : trunk;
    const std::size_t end = of == CacheOf::Trunk ? trunk : shapes.size();
    for (std::size_t i = begin; i < end; ++i) shapes[i] = shapeOf(config, config.layer[i]);
    return shapes;
}

kernels::CacheType rowType(const ModelConfig& config, kernels::CacheType type) {
    const bool areLatents = config.family->attention != AttentionKind::Grouped;
    return areLatents && type == kernels::CacheType::F16 ? kernels::CacheType::Words : type;
}

kernels::CacheType indexKeyType(kernels::CacheType type) {
    return type == kernels::CacheType::F32 ? type : kernels::CacheType::F16;
}

} // namespace ponder::engine
