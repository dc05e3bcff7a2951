#include "engine/model/layer_weights.h"

#include <initializer_list>
#include <utility>

namespace ponder::engine {

namespace {

using enum Presence;

ConvolutionWeights bindConvolution(const TensorBinder& binder, const ModelConfig& config) {
    const std::int64_t width = config.width;
    return {.input = projection(binder, "shortconv.in_proj", width, 3 * width),
            .kernel = binder.table("shortconv.conv.weight", config.convolutionLength, width),
            .output = projection(binder, "shortconv.out_proj", width, width)};
}

} // namespace

HyperConnectionWeights bindHyperConnection(const TensorBinder& binder, const std::string& name,
                                           const ModelConfig& config, std::int64_t rows, std::int64_t parts) {
    return {.projection = binder.matrix(name + "_fn",
                                        static_cast<std::int64_t>(config.hyper.streams) * config.width, rows),
            .base = binder.vector(name + "_base.weight", rows),
            .scale = binder.vector(name + "_scale.weight", parts)};
}

LayerWeights bindLayer(TensorBinder& binder, const ModelConfig& config, int index, ExpertStack& experts) {
    const LayerSettings& settings = config.layer[static_cast<std::size_t>(index)];
    binder.enterLayer(index);
    LayerWeights layer;
    layer.attentionNorm = binder.vector("attn_norm.weight", config.width);
    layer.feedForwardNorm =
        binder.vector(std::string(config.family->feedForwardNorm) + ".weight", config.width);
    if (config.family->feedForwardNorm != "post_attention_norm") {
        layer.postAttentionNorm = binder.vector("post_attention_norm.weight", config.width, Optional);
    }
    layer.postFeedForwardNorm = binder.vector("post_ffw_norm.weight", config.width, Optional);
    if (settings.kind == LayerKind::Convolution)
        layer.convolution = bindConvolution(binder, config);
    else if (settings.kind == LayerKind::Delta)
        layer.delta = bindDelta(binder, config);
    else if (config.family->attention == AttentionKind::Latent)
        layer.latent = bindLatent(binder, config, settings);
    else if (config.family->attention == AttentionKind::Compressed)
        layer.compressed = bindCompressed(binder, config, settings);
    else
        layer.grouped = bindGrouped(binder, config, settings.keyValueHeads);
    if (config.hyper.streams > 1) {
        const std::int64_t streams = config.hyper.streams;
        const std::int64_t rows = streams * (2 + streams);
        layer.attentionMix = bindHyperConnection(binder, "hc_attn", config, rows, 3);
        layer.feedForwardMix = bindHyperConnection(binder, "hc_ffn", config, rows, 3);
    }
    if (settings.mixture) {
        layer.mixture = bindMixture(binder, config, settings);
        experts = bindExperts(binder, config);
    } else {
        layer.dense = bindFeedForward(binder, config.width, config.feedForward);
    }
    return layer;
}

void forEachMatrix(LayerWeights& layer, const ModelConfig& config,
                   const std::function<void(Matrix&)>& visit) {
    GroupedAttentionWeights& grouped = layer.grouped;
    LatentAttentionWeights& latent = layer.latent;
    DeltaWeights& delta = layer.delta;
    FeedForwardWeights& shared = layer.mixture.shared;
    CompressedAttentionWeights& compressed = layer.compressed;
    const auto visitThere = [&](std::initializer_list<Projection*> projections) {
        for (Projection* projection : projections)
            if (*projection) visit(projection->matrix);
    };
    visitThere({&grouped.query, &grouped.key, &grouped.value, &grouped.output, &latent.query,
                &latent.queryDown, &latent.queryUp, &latent.latent, &latent.output, &layer.convolution.input,
                &layer.convolution.output, &layer.dense.gate, &layer.dense.up, &layer.dense.down,
                &layer.mixture.router, &shared.gate, &shared.up, &shared.down});
    visitThere({&compressed.queryDown, &compressed.queryUp, &compressed.row, &compressed.output});
    visitThere({&delta.channels, &delta.gate, &delta.channelsAndGate, &delta.write, &delta.decay,
                &delta.writeAndDecay, &delta.output});
    // Each head has its rows of these: they are cut up only where panels are not.
    const auto visitHeads = [&](Matrix& matrix, std::int64_t rows) {
        if (matrix && rows % kernels::kPanelRows == 0) visit(matrix);
    };
    visitHeads(latent.keyUp, config.latentRank);
    visitHeads(latent.valueUp, config.valueLength);
    visitHeads(compressed.groupedOutput, config.outputRank);
}

} // namespace ponder::engine
