#include "engine/model/attention_weights.h"

#include "engine/model/row_compressor.h"

#include <cstdint>
#include <string>

namespace ponder::engine {

namespace {

using enum Presence;

IndexerWeights bindIndexer(const TensorBinder& binder, const ModelConfig& config) {
    const std::int64_t length = config.indexer.keyLength;
    return {.queryUp =
                projection(binder, "indexer.attn_q_b", config.queryRank, config.indexer.heads * length),
            .key = projection(binder, "indexer.attn_k", config.width, length),
            .keyNorm = binder.vector("indexer.k_norm.weight", length),
            .keyNormBias = binder.vector("indexer.k_norm.bias", length),
            .headWeight = projection(binder, "indexer.proj", config.width, config.indexer.heads)};
}

CompressorWeights bindCompressor(const TensorBinder& binder, const std::string& name,
                                 const ModelConfig& config, int ratio, std::int64_t length) {
    const std::int64_t rows = RowCompressor::projectedNumbers(ratio, length);
    return {.values = projection(binder, name + "_kv", config.width, rows),
            .gates = projection(binder, name + "_gate", config.width, rows),
            .placeBias = binder.table(name + "_ape.weight", rows, ratio),
            .norm = binder.vector(name + "_norm.weight", length)};
}

} // namespace

GroupedAttentionWeights bindGrouped(const TensorBinder& binder, const ModelConfig& config,
                                    int keyValueHeads) {
    GroupedAttentionWeights weights;
    const std::int64_t queryRows = static_cast<std::int64_t>(config.heads) * config.keyLength;
    const std::int64_t keyRows = static_cast<std::int64_t>(keyValueHeads) * config.keyLength;
    const std::int64_t valueRows = static_cast<std::int64_t>(keyValueHeads) * config.valueLength;
    if (binder.has("attn_qkv.weight") && config.family->gatedAttention == Switch::Off) {
        const Projection fused =
            projection(binder, "attn_qkv", config.width, queryRows + keyRows + valueRows);
        weights.query = part(fused, 0, queryRows);
        weights.key = part(fused, queryRows, keyRows);
        weights.value = part(fused, queryRows + keyRows, valueRows);
    } else {
        const bool isGated = config.family->gatedAttention == Switch::On;
        weights.query = projection(binder, "attn_q", config.width, isGated ? 2 * queryRows : queryRows);
        weights.key = projection(binder, "attn_k", config.width, keyRows);
        weights.value = projection(binder, "attn_v", config.width, valueRows);
    }
    weights.output = projection(binder, "attn_output",
                                static_cast<std::int64_t>(config.heads) * config.valueLength, config.width);
    weights.sinks = binder.vector("attn_sinks.weight", config.heads, Optional);
    if (config.family->headNorm == HeadNorm::None) return weights;
    const bool whole = config.family->headNorm == HeadNorm::WholeVector;
    // GLM-4.5-Air has no head norms though the family does.
    const Presence presence = config.family->architecture == "glm4moe" ? Optional : Needed;
    weights.queryNorm = binder.vector("attn_q_norm.weight", whole ? queryRows : config.keyLength, presence);
    weights.keyNorm = binder.vector("attn_k_norm.weight", whole ? keyRows : config.keyLength, presence);
    return weights;
}

LatentAttentionWeights bindLatent(const TensorBinder& binder, const ModelConfig& config,
                                  const LayerSettings& settings) {
    LatentAttentionWeights weights;
    const std::int64_t heads = config.heads;
    const std::int64_t queryRows = heads * config.keyLength;
    // The Lite models have no query compression; the tensor tells, the key may be missing or zero. An indexer
    // needs compressed queries.
    if (binder.has("attn_q.weight") && !settings.indexed) {
        weights.query = projection(binder, "attn_q", config.width, queryRows);
    } else {
        weights.queryDown = projection(binder, "attn_q_a", config.width, config.queryRank);
        weights.queryDownNorm = binder.vector("attn_q_a_norm.weight", config.queryRank);
        weights.queryUp = projection(binder, "attn_q_b", config.queryRank, queryRows);
    }
    weights.latent =
        projection(binder, "attn_kv_a_mqa", config.width, config.latentRank + config.rope.dimensions);
    weights.latentNorm = binder.vector("attn_kv_a_norm.weight", config.latentRank);
    if (binder.has("attn_kv_b.weight") && !binder.has("attn_k_b.weight")) {
        weights.keyValueUp = binder.matrix("attn_kv_b", config.latentRank,
                                           heads * (config.unrotatedLength() + config.valueLength));
    } else {
        weights.keyUp = binder.stack("attn_k_b", config.unrotatedLength(), config.latentRank, heads);
        weights.valueUp = binder.stack("attn_v_b", config.latentRank, config.valueLength, heads);
    }
    weights.output = projection(binder, "attn_output", heads * config.valueLength, config.width);
    if (settings.indexed) weights.indexer = bindIndexer(binder, config);
    return weights;
}

CompressedAttentionWeights bindCompressed(const TensorBinder& binder, const ModelConfig& config,
                                          const LayerSettings& settings) {
    CompressedAttentionWeights weights;
    const std::int64_t headNumbers = static_cast<std::int64_t>(config.heads) * config.keyLength;
    weights.queryDown = projection(binder, "attn_q_a", config.width, config.queryRank);
    weights.queryDownNorm = binder.vector("attn_q_a_norm.weight", config.queryRank);
    weights.queryUp = projection(binder, "attn_q_b", config.queryRank, headNumbers);
    weights.row = projection(binder, "attn_kv", config.width, config.keyLength);
    weights.rowNorm = binder.vector("attn_kv_a_norm.weight", config.keyLength);
    weights.sinks = binder.vector("attn_sinks.weight", config.heads);
    if (settings.compression > 0) {
        weights.compressor =
            bindCompressor(binder, "attn_compressor", config, settings.compression, config.keyLength);
    }
    if (settings.indexed) {
        const std::int64_t length = config.indexer.keyLength;
        weights.indexer.queryUp =
            projection(binder, "indexer.attn_q_b", config.queryRank, config.indexer.heads * length);
        weights.indexer.headWeight = projection(binder, "indexer.proj", config.width, config.indexer.heads);
        weights.indexCompressor =
            bindCompressor(binder, "indexer_compressor", config, settings.compression, length);
    }
    const std::int64_t grouped = static_cast<std::int64_t>(config.outputGroups) * config.outputRank;
    weights.groupedOutput = binder.matrix("attn_output_a", headNumbers / config.outputGroups, grouped);
    weights.output = projection(binder, "attn_output_b", grouped, config.width);
    return weights;
}

} // namespace ponder::engine
