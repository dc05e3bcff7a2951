#include "engine/model_footprint.h"

#include "engine/convert/model_file.h"
#include "engine/model/kv_cache.h"
#include "engine/model/model.h"
#include "engine/model_scratch.h"
#include "engine/sampling/sampler.h"
#include "engine/sampling_defaults.h"
#include "engine/support/error.h"
#include "engine/weigh_model.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace ponder::engine {
namespace {

using kernels::TensorType;

/// Adds up what one token meets on its way through the model.
class TokenPath {
public:
    TokenPath(const Model& model, ModelFootprint& footprint)
        : model_(model), config_(model.config()), footprint_(footprint) {}

    void walk() {
        for (int i = 0; i < config_.layers; ++i) {
            const LayerWeights& weights = model_.layer(i);
            const LayerSettings& settings = config_.layer[static_cast<std::size_t>(i)];
            layer_ = "blk." + std::to_string(i) + ".";
            norm(2 * config_.width);
            const bool normsAnswers = config_.family->feedForwardNorm != "post_attention_norm";
            if (normsAnswers && has("post_attention_norm")) norm(config_.width);
            if (has("post_ffw_norm")) norm(config_.width);
            if (config_.hyper.streams > 1) {
                hyper(weights.attentionMix);
                hyper(weights.feedForwardMix);
            } else {
                norm(2 * config_.width); // the two additions
            }
            if (settings.kind == LayerKind::Convolution)
                convolution(weights.convolution);
            else if (settings.kind == LayerKind::Delta)
                delta(weights.delta);
            else if (config_.family->attention == AttentionKind::Latent)
                latent(weights.latent, settings);
            else if (config_.family->attention == AttentionKind::Compressed)
                compressed(weights.compressed, settings);
            else
                grouped(weights.grouped, settings);
            if (settings.mixture)
                mixture(weights.mixture, model_.experts().stack(i));
            else
                feedForward(weights.dense, footprint_.denseBytesPerToken);
        }
        if (config_.hyper.streams > 1) hyper(model_.outputMix());
        norm(config_.width);
        loop({&model_.head().matrix}, footprint_.denseBytesPerToken);
    }

private:
    /// By the file: vectors are not there where only the header was read.
    bool has(const std::string& name) const { return model_.file().findTensor(layer_ + name + ".weight"); }

    void norm(std::int64_t numbers) { footprint_.normedNumbers += static_cast<double>(numbers); }

    void add(std::vector<WeightShape>& shapes, const Matrix& matrix, double times, double& bytes) {
        const std::string type(kernels::typeLayout(matrix.type).name);
        auto place = std::find_if(shapes.begin(), shapes.end(), [&](const WeightShape& each) {
            return each.type == type && each.columns == matrix.columns;
        });
        if (place == shapes.end())
            place = shapes.insert(shapes.end(), {.type = type, .columns = matrix.columns});
        const double rows = times * static_cast<double>(matrix.rows);
        place->rows += rows;
        place->bytes += rows * static_cast<double>(matrix.rowBytes());
        bytes += rows * static_cast<double>(matrix.rowBytes());
    }

    /// Matrices that share one parallel loop and one converted input; empty ones are not there.
    void loop(std::initializer_list<const Matrix*> matrices, double& bytes) {
        footprint_.parallelLoops += 1;
        if (matrices.size() > 0)
            footprint_.convertedNumbers += static_cast<double>((*matrices.begin())->columns);
        for (const Matrix* matrix : matrices)
            if (*matrix) add(footprint_.products, *matrix, 1, bytes);
    }

    void attend(const AttentionShape& shape) {
        auto& shapes = footprint_.attention;
        const auto place = std::find_if(shapes.begin(), shapes.end(), [&](const AttentionShape& each) {
            return each.window == shape.window && each.numbers == shape.numbers &&
                   each.heads == shape.heads && each.sharing == shape.sharing &&
                   each.positions == shape.positions;
        });
        if (place == shapes.end()) {
            shapes.push_back(shape);
            shapes.back().layers = 1;
        } else {
            ++place->layers;
        }
        footprint_.parallelLoops += 1;
    }

    void grouped(const GroupedAttentionWeights& weights, const LayerSettings& settings) {
        double& bytes = footprint_.denseBytesPerToken;
        loop({&weights.query.matrix, &weights.key.matrix, &weights.value.matrix}, bytes);
        const std::int64_t rotated =
            static_cast<std::int64_t>(config_.heads) * config_.keyLength + weights.key.matrix.rows;
        if (config_.family->gatedAttention == Switch::On)
            footprint_.activatedNumbers += static_cast<double>(config_.heads) * config_.valueLength;
        if (settings.rotates) norm(rotated);
        if (has("attn_q_norm")) norm(rotated);
        const std::int64_t heads = config_.heads;
        attend({.window = settings.window,
                .numbers = heads * (config_.keyLength + config_.valueLength),
                .heads = heads,
                .sharing = heads / settings.keyValueHeads});
        loop({&weights.output.matrix}, bytes);
    }

    void latent(const LatentAttentionWeights& weights, const LayerSettings& settings) {
        double& bytes = footprint_.denseBytesPerToken;
        if (weights.query) {
            loop({&weights.query.matrix}, bytes);
        } else {
            loop({&weights.queryDown.matrix}, bytes);
            loop({&weights.queryUp.matrix}, bytes);
        }
        loop({&weights.latent.matrix}, bytes);
        const std::int64_t heads = config_.heads;
        norm(heads * config_.keyLength + config_.latentRank);
        if (weights.keyUp) {
            loop({&weights.keyUp}, bytes);
            loop({&weights.valueUp}, bytes);
            // Every head has an input of its own.
            footprint_.convertedNumbers += static_cast<double>(
                (heads - 1) * (config_.unrotatedLength() + static_cast<std::int64_t>(config_.latentRank)));
        } else {
            loop({&weights.keyValueUp}, bytes);
            footprint_.parallelLoops += 1;
            footprint_.convertedNumbers += static_cast<double>((heads - 1) * config_.latentRank);
        }
        if (settings.indexed) indexer(weights.indexer);
        attend({.window = settings.indexed ? config_.indexer.chosen : 0,
                .numbers = heads * (2 * config_.latentRank + config_.rope.dimensions),
                .heads = heads,
                .sharing = heads});
        loop({&weights.output.matrix}, bytes);
    }

    void indexer(const IndexerWeights& weights) {
        loop({&weights.key.matrix, &weights.headWeight.matrix}, footprint_.denseBytesPerToken);
        add(footprint_.products, weights.queryUp.matrix, 1, footprint_.denseBytesPerToken);
        const std::int64_t heads = config_.indexer.heads;
        footprint_.convertedNumbers += config_.queryRank;
        norm((heads + 1) * config_.indexer.keyLength);
        attend({.numbers = heads * config_.indexer.keyLength, .heads = heads});
    }

    void compressed(const CompressedAttentionWeights& weights, const LayerSettings& settings) {
        double& bytes = footprint_.denseBytesPerToken;
        const std::int64_t heads = config_.heads;
        const std::int64_t length = config_.keyLength;
        loop({&weights.queryDown.matrix, &weights.row.matrix}, bytes);
        if (settings.compression > 0) compressor(weights.compressor);
        if (settings.indexed) {
            compressor(weights.indexCompressor);
            add(footprint_.products, weights.indexer.headWeight.matrix, 1, bytes);
            add(footprint_.products, weights.indexer.queryUp.matrix, 1, bytes);
            const std::int64_t indexHeads = config_.indexer.heads;
            norm(indexHeads * config_.indexer.keyLength);
            attend({.numbers = indexHeads * config_.indexer.keyLength,
                    .heads = indexHeads,
                    .positions = settings.compression});
        }
        loop({&weights.queryUp.matrix}, bytes);
        norm(3 * heads * length + 2 * length); // normed and rotated, and the answers rotated back
        attend({.window = settings.window, .numbers = 2 * heads * length, .heads = heads, .sharing = heads});
        if (settings.compression > 0) {
            attend({.window = settings.indexed ? config_.indexer.chosen : 0,
                    .numbers = 2 * heads * length,
                    .heads = heads,
                    .sharing = heads,
                    .positions = settings.compression});
        }
        loop({&weights.groupedOutput}, bytes);
        footprint_.convertedNumbers += static_cast<double>(heads * length - weights.groupedOutput.columns);
        loop({&weights.output.matrix}, bytes);
    }

    void compressor(const CompressorWeights& weights) {
        add(footprint_.products, weights.values.matrix, 1, footprint_.denseBytesPerToken);
        add(footprint_.products, weights.gates.matrix, 1, footprint_.denseBytesPerToken);
        footprint_.activatedNumbers += 2 * static_cast<double>(weights.gates.matrix.rows); // two powers of e
    }

    /// What mixes the streams before and after a sublayer.
    void hyper(const HyperConnectionWeights& weights) {
        loop({&weights.projection}, footprint_.denseBytesPerToken);
        norm(weights.projection.columns * (3 + config_.hyper.streams));
    }

    void convolution(const ConvolutionWeights& weights) {
        loop({&weights.input.matrix}, footprint_.denseBytesPerToken);
        norm(static_cast<std::int64_t>(config_.width) * (config_.convolutionLength + 2));
        loop({&weights.output.matrix}, footprint_.denseBytesPerToken);
    }

    void delta(const DeltaWeights& weights) {
        const DeltaSettings& shapes = config_.delta;
        double& bytes = footprint_.denseBytesPerToken;
        if (weights.channels)
            loop({&weights.channels.matrix, &weights.gate.matrix, &weights.write.matrix,
                  &weights.decay.matrix, &weights.writeAndDecay.matrix},
                 bytes);
        else
            loop({&weights.channelsAndGate.matrix, &weights.write.matrix, &weights.decay.matrix,
                  &weights.writeAndDecay.matrix},
                 bytes);
        norm(static_cast<std::int64_t>(shapes.channels()) * shapes.convolutionLength +
             4 * shapes.keyNumbers() + shapes.valueNumbers());
        footprint_.activatedNumbers += static_cast<double>(shapes.channels() + shapes.valueNumbers());
        // What is known of the key, the change and what is seen of the query: three products with the state,
        // as with one position however long the conversation is.
        attend({.window = 1, .numbers = 3 * shapes.stateNumbers(), .heads = shapes.valueHeads});
        loop({&weights.output.matrix}, bytes);
    }

    void feedForward(const FeedForwardWeights& weights, double& bytes) {
        loop({&weights.gate.matrix, &weights.up.matrix}, bytes);
        footprint_.activatedNumbers += static_cast<double>(weights.gate.matrix.rows);
        loop({&weights.down.matrix}, bytes);
    }

    void mixture(const MixtureWeights& weights, const ExpertStack& stack) {
        loop({&weights.router.matrix}, footprint_.denseBytesPerToken);
        const double used = config_.mixture.used;
        double& bytes = footprint_.expertBytesPerToken;
        auto& shapes = footprint_.expertProducts;
        add(shapes, stack.gate.rowsFrom(0, stack.hidden), used, bytes);
        add(shapes, stack.up.rowsFrom(0, stack.hidden), used, bytes);
        add(shapes, stack.down.rowsFrom(0, stack.width), used, bytes);
        footprint_.parallelLoops += 2;
        footprint_.activatedNumbers += used * static_cast<double>(stack.hidden);
        footprint_.convertedNumbers +=
            static_cast<double>(config_.width) + used * static_cast<double>(stack.hidden);
        norm(static_cast<std::int64_t>(config_.width) * (config_.mixture.used + 1) +
             4 * config_.mixture.experts);
        if (weights.shared.gate) feedForward(weights.shared, footprint_.sharedBytesPerToken);
    }

    const Model& model_;
    const ModelConfig& config_;
    ModelFootprint& footprint_;
    std::string layer_; // "blk.3."
};

void addTensors(const Model& model, ModelFootprint& footprint) {
    const bool isTied = !model.file().findTensor("output.weight");
    for (const Tensor& tensor : model.file().tensors()) {
        const TensorUse use = model.useOf(tensor);
        if (use == TensorUse::None) continue;
        if (use == TensorUse::DraftHead)
            footprint.draft.weightBytes += tensor.sizeBytes;
        else if (tensor.name.find("_exps.") != std::string::npos)
            footprint.expertBytes += tensor.sizeBytes;
        else if (tensor.name.find("_shexp.") != std::string::npos)
            footprint.sharedExpertBytes += tensor.sizeBytes;
        else if (tensor.name == "token_embd.weight" && !isTied)
            footprint.embeddingBytes += tensor.sizeBytes;
        else
            footprint.denseBytes += tensor.sizeBytes;
    }
}

std::uint64_t arrayBytes(const GgufFile& file, std::string_view key) {
    const MetadataEntry* entry = file.find(key);
    return entry ? entry->sizeBytes : 0;
}

std::uint64_t arrayCount(const GgufFile& file, std::string_view key) {
    const MetadataEntry* entry = file.find(key);
    return entry && entry->type == MetadataType::Array ? entry->count : 0;
}

/// Memory for what is kept of the header: texts as they lie in the file, the tokens' own bytes, kinds, ends,
/// scores, an index of eight bytes a slot, and a table of sixteen a slot for the merges.
std::uint64_t vocabularyBytes(const GgufFile& file) {
    const std::uint64_t tokens = arrayCount(file, "tokenizer.ggml.tokens");
    const std::uint64_t merges = arrayCount(file, "tokenizer.ggml.merges");
    const std::uint64_t texts = arrayBytes(file, "tokenizer.ggml.tokens");
    const std::uint64_t spelled = texts - std::min(texts, 8 * tokens);
    std::uint64_t bytes = texts + arrayBytes(file, "tokenizer.ggml.merges") +
                          arrayBytes(file, "tokenizer.chat_template") + spelled;
    bytes += tokens * (4 + 4 + 1) + 8 * std::bit_ceil(tokens * 2 + 2);
    if (arrayCount(file, "tokenizer.ggml.scores") > 0) bytes += 8 * tokens;
    if (merges > 0) bytes += 16 * std::bit_ceil(merges * 2 + 2);
    return bytes;
}

/// Vectors and small tables are kept as numbers of four bytes beside the file.
std::uint64_t vectorBytes(const Model& model) {
    std::uint64_t bytes = 0;
    for (const Tensor& tensor : model.file().tensors()) {
        if (model.useOf(tensor) == TensorUse::None) continue;
        const bool isVector = tensor.dimensions == 1 || tensor.name.find(".bias") != std::string::npos ||
                              tensor.name.find("shortconv.conv.") != std::string::npos ||
                              tensor.name.find(".ssm_conv1d.") != std::string::npos ||
                              tensor.name.find("_compressor_ape.") != std::string::npos ||
                              tensor.name.find("ffn_gate_tid2eid.") != std::string::npos;
        if (isVector) bytes += 4 * static_cast<std::uint64_t>(tensor.elements());
    }
    return bytes;
}

} // namespace

ModelFootprint weigh(const Model& model) {
    const ModelConfig& config = model.config();
    ModelFootprint footprint;
    addTensors(model, footprint);
    footprint.experts = config.mixture.experts;
    footprint.expertsUsed = config.mixture.used;
    footprint.trainedContextTokens = config.trainedContext;
    footprint.cacheBytesF16 = KvCache::bytesPerToken(config, kernels::CacheType::F16);
    footprint.cacheBytesQ8_0 = KvCache::bytesPerToken(config, kernels::CacheType::Q8_0);
    footprint.cacheFixedBytes = KvCache::fixedBytes(config);
    const auto windowsF16 = KvCache::windows(config, kernels::CacheType::F16);
    const auto windowsQ8_0 = KvCache::windows(config, kernels::CacheType::Q8_0);
    for (std::size_t i = 0; i < windowsF16.size(); ++i)
        footprint.windows.push_back({.window = windowsF16[i].window,
                                     .cacheBytesF16 = windowsF16[i].perToken,
                                     .cacheBytesQ8_0 = windowsQ8_0[i].perToken});
    footprint.vocabularyBytes = vocabularyBytes(model.file()) + vectorBytes(model);
    footprint.vocabulary = config.vocabulary;
    const SamplingSettings sampling = Sampler::merged({}, defaultsFor(model.file()));
    if (sampling.topK == 0) footprint.draw = sampling.topP < 1 ? DrawKind::LikelyOnes : DrawKind::All;
    footprint.scratchBytes = scratchBytes(model);
    TokenPath(model, footprint).walk();
    if (!config.draftHead) return footprint;
    footprint.draft.cacheBytesF16 =
        KvCache::bytesPerToken(config, kernels::CacheType::F16, CacheOf::DraftHead);
    footprint.draft.cacheBytesQ8_0 =
        KvCache::bytesPerToken(config, kernels::CacheType::Q8_0, CacheOf::DraftHead);
    footprint.draft.scratchBytes = draftScratchBytes(model);
    return footprint;
}

std::uint64_t ModelFootprint::cacheBytes(CacheType type, int tokens) const {
    std::uint64_t windowBytes = 0;
    for (const WindowFootprint& each : windows)
        windowBytes += static_cast<std::uint64_t>(each.window) * each.cacheBytesPerToken(type);
    const std::int64_t rows = std::max(0, tokens);
    std::uint64_t bytes = cacheFixedBytes + cacheBytesPerToken(type) * static_cast<std::uint64_t>(rows);
    for (const WindowFootprint& each : windows) {
        const std::int64_t left = rows - std::min(rows, WindowLimits{}.mostRows(each.window, windowBytes));
        bytes -= each.cacheBytesPerToken(type) * static_cast<std::uint64_t>(left);
    }
    return bytes;
}

std::uint64_t ModelFootprint::cacheBytesRead(CacheType type, int tokens) const {
    std::uint64_t bytes = cacheBytesPerToken(type) * static_cast<std::uint64_t>(std::max(0, tokens));
    for (const WindowFootprint& each : windows)
        bytes -=
            each.cacheBytesPerToken(type) * static_cast<std::uint64_t>(std::max(0, tokens - each.window));
    return bytes;
}

ModelFootprint footprintOf(const std::string& path) {
    return weigh(Model(openModelFile(path, GgufFile::Access::Header)));
}

std::string_view cacheTypeName(CacheType type) {
    return type == CacheType::F16 ? "f16" : "q8_0";
}

CacheType cacheTypeNamed(std::string_view name) {
    for (const CacheType type : kCacheTypes)
        if (cacheTypeName(type) == name) return type;
    throw Error("The cache type \"" + std::string(name.substr(0, 40)) + "\" is not known. Use f16 or q8_0.");
}

} // namespace ponder::engine
