#include "engine/model/model.h"

#include "engine/model/row_compressor.h"
#include "engine/model/tensor_binder.h"
#include "engine/support/error.h"

#include <charconv>
#include <utility>

namespace ponder::engine {

namespace {

using enum Presence;

/// Rows [first, first + count) of a fused projection.
Projection slice(const Projection& fused, std::int64_t first, std::int64_t count) {
    Projection part{fused.matrix.rowsFrom(first, count), {}};
    if (!fused.bias.empty()) part.bias.assign(fused.bias.begin() + first, fused.bias.begin() + first + count);
    return part;
}

GroupedAttentionWeights bindGrouped(const TensorBinder& binder, const ModelConfig& config,
                                    int keyValueHeads) {
    GroupedAttentionWeights weights;
    const std::int64_t queryRows = static_cast<std::int64_t>(config.heads) * config.keyLength;
    const std::int64_t keyRows = static_cast<std::int64_t>(keyValueHeads) * config.keyLength;
    const std::int64_t valueRows = static_cast<std::int64_t>(keyValueHeads) * config.valueLength;
    if (binder.has("attn_qkv.weight") && config.family->gatedAttention == Switch::Off) {
        const Projection fused =
            projection(binder, "attn_qkv", config.width, queryRows + keyRows + valueRows);
        weights.query = slice(fused, 0, queryRows);
        weights.key = slice(fused, queryRows, keyRows);
        weights.value = slice(fused, queryRows + keyRows, valueRows);
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

IndexerWeights bindIndexer(const TensorBinder& binder, const ModelConfig& config) {
    const std::int64_t length = config.indexer.keyLength;
    return {.queryUp =
                projection(binder, "indexer.attn_q_b", config.queryRank, config.indexer.heads * length),
            .key = projection(binder, "indexer.attn_k", config.width, length),
            .keyNorm = binder.vector("indexer.k_norm.weight", length),
            .keyNormBias = binder.vector("indexer.k_norm.bias", length),
            .headWeight = projection(binder, "indexer.proj", config.width, config.indexer.heads)};
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

CompressorWeights bindCompressor(const TensorBinder& binder, const std::string& name,
                                 const ModelConfig& config, int ratio, std::int64_t length) {
    const std::int64_t rows = RowCompressor::projectedNumbers(ratio, length);
    return {.values = projection(binder, name + "_kv", config.width, rows),
            .gates = projection(binder, name + "_gate", config.width, rows),
            .placeBias = binder.table(name + "_ape.weight", rows, ratio),
            .norm = binder.vector(name + "_norm.weight", length)};
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

HyperConnectionWeights bindHyperConnection(const TensorBinder& binder, const std::string& name,
                                           const ModelConfig& config, std::int64_t rows, std::int64_t parts) {
    return {.projection = binder.matrix(name + "_fn",
                                        static_cast<std::int64_t>(config.hyper.streams) * config.width, rows),
            .base = binder.vector(name + "_base.weight", rows),
            .scale = binder.vector(name + "_scale.weight", parts)};
}

ConvolutionWeights bindConvolution(const TensorBinder& binder, const ModelConfig& config) {
    const std::int64_t width = config.width;
    return {.input = projection(binder, "shortconv.in_proj", width, 3 * width),
            .kernel = binder.table("shortconv.conv.weight", config.convolutionLength, width),
            .output = projection(binder, "shortconv.out_proj", width, width)};
}

FeedForwardWeights bindFeedForward(const TensorBinder& binder, std::int64_t width, std::int64_t hidden) {
    FeedForwardWeights weights;
    // Phi stacks gate and up in one matrix.
    if (binder.has("ffn_gate.weight")) {
        weights.gate = projection(binder, "ffn_gate", width, hidden);
        weights.up = projection(binder, "ffn_up", width, hidden);
    } else {
        const Projection fused = projection(binder, "ffn_up", width, 2 * hidden);
        weights.gate = slice(fused, 0, hidden);
        weights.up = slice(fused, hidden, hidden);
    }
    weights.down = projection(binder, "ffn_down", hidden, width);
    return weights;
}

ExpertStack bindExperts(const TensorBinder& binder, const ModelConfig& config) {
    const std::int64_t experts = config.mixture.experts;
    ExpertStack stack{
        .hidden = config.mixture.hidden, .width = config.width, .gateStep = config.mixture.hidden};
    if (binder.has("ffn_gate_up_exps.weight")) {
        stack.gateStep = 2 * stack.hidden;
        stack.gate = binder.stack("ffn_gate_up_exps", config.width, stack.gateStep, experts);
        stack.up = stack.gate.rowsFrom(stack.hidden, stack.gate.rows - stack.hidden);
    } else {
        stack.gate = binder.stack("ffn_gate_exps", config.width, stack.hidden, experts);
        stack.up = binder.stack("ffn_up_exps", config.width, stack.hidden, experts);
    }
    stack.down = binder.stack("ffn_down_exps", stack.hidden, config.width, experts);
    return stack;
}

MixtureWeights bindMixture(const TensorBinder& binder, const GgufFile& file, const ModelConfig& config,
                           int layer) {
    MixtureWeights weights;
    const std::int64_t experts = config.mixture.experts;
    const LayerSettings& settings = config.layer[static_cast<std::size_t>(layer)];
    weights.branchLimit = settings.branchLimit;
    if (settings.hashed) {
        weights.expertsOfToken = binder.indices("ffn_gate_tid2eid.weight", config.mixture.used,
                                                config.vocabulary, config.mixture.experts);
    }
    weights.router = projection(binder, "ffn_gate_inp", config.width, experts);
    weights.selectionBias = binder.vector("exp_probs_b.bias", experts, Optional);
    weights.gateBias = binder.table("ffn_gate_exps.bias", config.mixture.hidden, experts, Optional);
    weights.upBias = binder.table("ffn_up_exps.bias", config.mixture.hidden, experts, Optional);
    weights.downBias = binder.table("ffn_down_exps.bias", config.width, experts, Optional);
    const bool isShared = binder.has("ffn_gate_shexp.weight") || binder.has("ffn_up_shexp.weight") ||
                          binder.has("ffn_down_shexp.weight");
    if (!isShared) return weights;
    // How wide the shared expert is stands under different keys, or under none; its own tensor says it.
    const Tensor* gate = file.findTensor("blk." + std::to_string(layer) + ".ffn_gate_shexp.weight");
    const std::int64_t hidden = gate ? gate->rows() : 1;
    weights.shared.branchLimit = settings.sharedBranchLimit;
    weights.shared.gate = projection(binder, "ffn_gate_shexp", config.width, hidden);
    weights.shared.up = projection(binder, "ffn_up_shexp", config.width, hidden);
    weights.shared.down = projection(binder, "ffn_down_shexp", hidden, config.width);
    const Presence presence = config.family->sharedGate == Switch::On ? Needed : Optional;
    weights.sharedGate = binder.vector("ffn_gate_inp_shexp.weight", config.width, presence);
    return weights;
}

/// All matrices that products are made with, but the experts.
template <typename Visit>
void forEachMatrix(LayerWeights& layer, const ModelConfig& config, const Visit& visit) {
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

void checkVocabulary(const GgufFile& file, std::string_view architecture, std::int64_t rows) {
    const auto require = [rows](std::int64_t count, const std::string& what) {
        if (count == rows) return;
        throw Error("The tensor \"token_embd.weight\" has " + std::to_string(rows) + " rows, but " + what +
                    " " + std::to_string(count) + " tokens. The model file is damaged; download it again.");
    };
    const MetadataEntry* tokens = file.find("tokenizer.ggml.tokens");
    if (tokens && tokens->type == MetadataType::Array) {
        require(static_cast<std::int64_t>(tokens->count), "the vocabulary has");
    }
    const std::string key = std::string(architecture) + ".vocab_size";
    if (const auto size = file.integer(key, 0, INT64_MAX)) require(*size, "\"" + key + "\" claims");
}

} // namespace

Model::Model(GgufFile file) : file_(std::move(file)), config_(readModelConfig(file_)) {
    TensorBinder binder(file_);
    const Tensor* embedding = file_.findTensor("token_embd.weight");
    config_.vocabulary = embedding ? static_cast<int>(embedding->rows()) : 0;
    embedding_ = binder.matrix("token_embd", config_.width, config_.vocabulary);
    checkVocabulary(file_, config_.family->architecture, config_.vocabulary);
    head_ = projection(binder, "output", config_.width, config_.vocabulary, Optional);
    if (!head_) head_.matrix = embedding_;
    outputNorm_ = binder.vector(std::string(config_.family->outputNorm) + ".weight", config_.width);
    const int pairs = config_.rope.dimensions / 2;
    ropeFactors_ = binder.vector("rope_freqs.weight", pairs, Optional);
    if (config_.rope.scaling == RopeScaling::LongRope) {
        ropeFactors_ = binder.vector("rope_factors_short.weight", pairs);
        longRopeFactors_ = binder.vector("rope_factors_long.weight", pairs);
    }

    if (config_.hyper.streams > 1)
        outputMix_ = bindHyperConnection(binder, "output_hc", config_, config_.hyper.streams, 1);

    std::vector<ExpertStack> stacks(config_.layer.size());
    for (std::size_t i = 0; i < stacks.size(); ++i)
        layers_.push_back(bindLayer(binder, static_cast<int>(i), stacks[i]));
    if (config_.draftHead) draft_ = bindDraft(binder, config_);
    experts_ = std::make_unique<ExpertStore>(std::move(stacks));
    inMemory_ = binder.converted();
}

LayerWeights Model::bindLayer(TensorBinder& binder, int index, ExpertStack& experts) const {
    const LayerSettings& settings = config_.layer[static_cast<std::size_t>(index)];
    binder.enterLayer(index);
    LayerWeights layer;
    layer.attentionNorm = binder.vector("attn_norm.weight", config_.width);
    layer.feedForwardNorm =
        binder.vector(std::string(config_.family->feedForwardNorm) + ".weight", config_.width);
    if (config_.family->feedForwardNorm != "post_attention_norm") {
        layer.postAttentionNorm = binder.vector("post_attention_norm.weight", config_.width, Optional);
    }
    layer.postFeedForwardNorm = binder.vector("post_ffw_norm.weight", config_.width, Optional);
    if (settings.kind == LayerKind::Convolution)
        layer.convolution = bindConvolution(binder, config_);
    else if (settings.kind == LayerKind::Delta)
        layer.delta = bindDelta(binder, config_);
    else if (config_.family->attention == AttentionKind::Latent)
        layer.latent = bindLatent(binder, config_, settings);
    else if (config_.family->attention == AttentionKind::Compressed)
        layer.compressed = bindCompressed(binder, config_, settings);
    else
        layer.grouped = bindGrouped(binder, config_, settings.keyValueHeads);
    if (config_.hyper.streams > 1) {
        const std::int64_t streams = config_.hyper.streams;
        const std::int64_t rows = streams * (2 + streams);
        layer.attentionMix = bindHyperConnection(binder, "hc_attn", config_, rows, 3);
        layer.feedForwardMix = bindHyperConnection(binder, "hc_ffn", config_, rows, 3);
    }
    if (settings.mixture) {
        layer.mixture = bindMixture(binder, file_, config_, index);
        experts = bindExperts(binder, config_);
    } else {
        layer.dense = bindFeedForward(binder, config_.width, config_.feedForward);
    }
    return layer;
}

TensorUse Model::useOf(const Tensor& tensor) const {
    constexpr std::string_view kBlock = "blk.";
    if (!tensor.name.starts_with(kBlock)) return TensorUse::Trunk;
    int block = 0;
    const char* end = tensor.name.data() + tensor.name.size();
    if (std::from_chars(tensor.name.data() + kBlock.size(), end, block).ec != std::errc{})
        return TensorUse::Trunk;
    if (block < config_.layers) return TensorUse::Trunk;
    return config_.draftHead && block == config_.layers ? TensorUse::DraftHead : TensorUse::None;
}

void Model::keepInMemory(bool experts) {
    const auto add = [&](Matrix& matrix) {
        const MatrixPieces whole{.inFile = matrix, .rows = matrix.rows};
        if (!PanelMatrix::suits(whole)) return;
        panels_.emplace_back(whole);
        inMemory_.insert(matrix.bytes);
        matrix = panels_.back().piece(0);
    };
    const std::size_t blocks = experts ? layers_.size() : static_cast<std::size_t>(config_.layers);
    for (std::size_t i = 0; i < blocks; ++i) forEachMatrix(layers_[i], config_, add);
    if (experts && config_.draftHead) add(draft_.join.matrix);
    if (experts && draft_.head) add(draft_.head.matrix);
    const bool isTied = head_.matrix.bytes == embedding_.bytes;
    add(head_.matrix);
    if (isTied) embedding_ = head_.matrix;
    if (!experts) return;
    for (const std::byte* bytes : experts_->keepInMemory(file_)) inMemory_.insert(bytes);
}

std::uint64_t Model::panelBytes() const {
    std::uint64_t bytes = 0;
    for (const PanelMatrix& panels : panels_) bytes += panels.pieceInFile(0).fileBytes();
    return bytes;
}

void Model::loadPanels(Backend& backend, const std::function<void(double)>& progress,
                       const std::stop_token& stop) {
    std::vector<WantedPiece> pieces;
    for (PanelMatrix& panels : panels_) pieces.push_back({.matrix = &panels});
    loadPieces(pieces, file_, backend, progress, stop);
}

bool Model::isInMemory(const Tensor& tensor) const {
    return inMemory_.contains(tensor.bytes);
}

const std::vector<float>& Model::ropeFactors(int contextTokens) const {
    const bool isLong = !longRopeFactors_.empty() && contextTokens > config_.rope.originalContext;
    return isLong ? longRopeFactors_ : ropeFactors_;
}

} // namespace ponder::engine
