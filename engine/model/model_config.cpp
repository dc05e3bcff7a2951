#include "engine/model/model_config.h"

#include "engine/format/gguf_file.h"
#include "engine/model/config_reader.h"
#include "engine/model/sparse_config.h"
#include "engine/support/error.h"

#include <algorithm>
#include <cmath>

namespace ponder::engine {

namespace {

constexpr std::uint64_t kLongestArchitecture = 64;
constexpr int kMostLayers = 512;
constexpr int kMostExperts = 4096;
constexpr int kContextWhereUnknown = 4096;

const ModelFamily& familyOf(const GgufFile& file) {
    const auto architecture = file.string("general.architecture", kLongestArchitecture);
    if (!architecture) {
        throw Error("The key \"general.architecture\" is missing, so the kind of model is unknown. "
                    "Download the model again.");
    }
    const ModelFamily* family = findModelFamily(*architecture);
    if (family) return *family;
    std::string shown;
    for (char c : *architecture) shown += c > ' ' && c < 127 ? c : '?';
    std::string known;
    for (const ModelFamily& each : modelFamilies())
        known += (known.empty() ? "" : ", ") + std::string(each.architecture);
    throw Error("Models of architecture \"" + shown + "\" are not supported. Choose one of: " + known + ".");
}

int trainedContext(const ConfigReader& reader, std::vector<std::string>& notices, const GgufFile& file) {
    const auto value = file.integer(reader.key("context_length"), INT64_MIN, INT64_MAX);
    if (value && *value < 0) reader.refuse("context_length", *value, "0 or more");
    if (!value || *value == 0) {
        notices.push_back(
            "The file does not say how long a context the model was trained on; 4096 tokens are assumed.");
        return kContextWhereUnknown;
    }
    if (*value > kMostContext) {
        notices.push_back("The file claims a context of " + std::to_string(*value) +
                          " tokens; it is cut to " + std::to_string(kMostContext) + ".");
        return kMostContext;
    }
    return static_cast<int>(*value);
}

/// Magnitude of YaRN's rotation (arXiv 2309.00071, §3.4).
double yarnMagnitude(double factor) {
    return factor > 1 ? 0.1 * std::log(factor) + 1.0 : 1.0;
}

RopeSettings readRope(const ConfigReader& reader, const ModelFamily& family, int headLength, int trained) {
    RopeSettings rope;
    rope.dimensions = reader.count("rope.dimension_count", 1, headLength).value_or(headLength);
    if (rope.dimensions % 2 != 0) reader.refuse("rope.dimension_count", rope.dimensions, "even");
    rope.base = reader.number("rope.freq_base", 10000, 0, 1e12);
    rope.rangeRounded = family.yarnRangeRounded;
    rope.originalContext =
        reader.count("rope.scaling.original_context_length", 1, kMostContext).value_or(trained);
    rope.betaFast = reader.number("rope.scaling.yarn_beta_fast", 32, 0, 1e6);
    rope.betaSlow = reader.number("rope.scaling.yarn_beta_slow", 1, 0, 1e6);
    // Old files have the linear factor alone, under another name.
    const double oldFactor = reader.number("rope.scale_linear", 1, 0, 1e6);
    rope.factor = reader.number("rope.scaling.factor", oldFactor, 0, 1e6);
    const std::string_view type =
        reader.text("rope.scaling.type").value_or(oldFactor != 1 ? "linear" : "none");
    if (type == "linear")
        rope.scaling = RopeScaling::Linear;
    else if (type == "yarn")
        rope.scaling = RopeScaling::Yarn;
    else if (type == "longrope")
        rope.scaling = RopeScaling::LongRope;
    else if (type != "none")
        reader.refuse("rope.scaling.type", std::string(type.substr(0, 64)), "none, linear, yarn or longrope");
    rope.magnitude = reader.number("rope.scaling.attn_factor", 1, 0, 1e3);
    if (rope.scaling == RopeScaling::Yarn && family.yarnScalesRotation == Switch::On) {
        rope.magnitude *= yarnMagnitude(rope.factor);
    }
    return rope;
}

MixtureSettings readMixture(const ConfigReader& reader, const ModelFamily& family, int layers,
                            int feedForward) {
    MixtureSettings mixture;
    mixture.experts = reader.count("expert_count", 0, kMostExperts).value_or(0);
    if (mixture.experts == 0) return mixture;
    mixture.used = reader.neededCount("expert_used_count", 1, mixture.experts);
    mixture.hidden = reader.count("expert_feed_forward_length", 1, kMostWidth).value_or(feedForward);
    mixture.groups = std::max(1, reader.count("expert_group_count", 0, mixture.experts).value_or(1));
    mixture.groupsUsed = std::max(1, reader.count("expert_group_used_count", 0, mixture.groups).value_or(1));
    if (mixture.groups > 1 && mixture.experts % mixture.groups != 0) {
        reader.refuse("expert_group_count", mixture.groups, "a divisor of the number of experts");
    }
    // GLM-4.7-Flash came out as deepseek2 before converters wrote the key.
    const bool flash = family.architecture == "deepseek2" && (layers == 47 || layers == 48);
    mixture.gate =
        static_cast<RouterGate>(reader.count("expert_gating_func", 1, 4)
                                    .value_or(static_cast<int>(flash ? RouterGate::Sigmoid : family.gate)));
    mixture.normalise = family.normaliseWeights;
    if (const auto flag = reader.flag("expert_weights_norm"))
        mixture.normalise = *flag ? Switch::On : Switch::Off;
    mixture.scale = static_cast<float>(reader.number("expert_weights_scale", 1, -1e-9, 1e6));
    if (mixture.scale == 0) mixture.scale = 1;
    return mixture;
}

bool layerSlides(SlidingPattern pattern, int index) {
    switch (pattern) {
    case SlidingPattern::None:
        return false;
    case SlidingPattern::EveryLayer:
        return true;
    case SlidingPattern::EvenLayers:
        return index % 2 == 0;
    case SlidingPattern::FiveOfSix:
        return index % 6 != 5;
    }
    return false;
}

/// Which layers are Gated DeltaNets.
std::vector<bool> deltaLayers(const ConfigReader& reader, const ModelConfig& config) {
    std::vector<bool> isDelta(static_cast<std::size_t>(config.layers), false);
    const int usual = config.family->layersPerAttention;
    if (usual == 0) return isDelta;
    const auto flags = reader.flagPerLayer("attention.recurrent_layers", config.layers);
    const int interval = reader.count("full_attention_interval", 1, kMostLayers).value_or(usual);
    for (std::size_t i = 0; i < isDelta.size(); ++i)
        isDelta[i] = flags ? (*flags)[i] : (static_cast<int>(i) + 1) % interval != 0;
    return isDelta;
}

void readLayers(const ConfigReader& reader, ModelConfig& config) {
    const ModelFamily& family = *config.family;
    const int window = reader.count("attention.sliding_window", 0, kMostContext).value_or(0);
    const int denseLayers = reader.count("leading_dense_block_count", 0, config.layers).value_or(0);
    const int mixtureStep = reader.count("interleave_moe_layer_step", 1, config.layers).value_or(1);
    const bool rotates =
        reader.flag("rope.scaling.finetuned").value_or(true) || !family.architecture.starts_with("granite");
    const auto heads =
        reader.perLayer("attention.head_count_kv", config.layers, config.heads, 0, config.heads);
    const std::vector<bool> isDelta = deltaLayers(reader, config);
    if (family.layersPerAttention > 0) config.delta = readDeltaSettings(reader);
    config.localRope = config.rope;
    // Gemma 3 rotates its sliding layers by an unscaled base of their own.
    if (family.sliding == SlidingPattern::FiveOfSix) {
        config.localRope.base = reader.number("rope.freq_base_swa", 10000, 0, 1e12);
        config.localRope.scaling = RopeScaling::None;
        config.localRope.magnitude = 1;
    }
    for (int i = 0; i < config.layers; ++i) {
        LayerSettings layer;
        layer.keyValueHeads = heads[static_cast<std::size_t>(i)];
        if (isDelta[static_cast<std::size_t>(i)]) {
            layer.kind = LayerKind::Delta;
            layer.keyValueHeads = 0;
        } else if (layer.keyValueHeads == 0) {
            if (config.convolutionLength == 0) reader.refuse("attention.head_count_kv", 0, "1 or more");
            layer.kind = LayerKind::Convolution;
        }
        if (layer.keyValueHeads > 0 && config.heads % layer.keyValueHeads != 0) {
            reader.refuse("attention.head_count_kv", layer.keyValueHeads, "a divisor of the number of heads");
        }
        const bool slides = window > 0 && layerSlides(family.sliding, i);
        layer.window = slides ? window : 0;
        layer.localRope = slides && family.sliding == SlidingPattern::FiveOfSix;
        layer.rotates =
            rotates && (family.layersPerUnrotated == 0 || (i + 1) % family.layersPerUnrotated != 0);
        layer.mixture = config.mixture.experts > 0 && i >= denseLayers && (i + 1) % mixtureStep == 0;
        config.layer.push_back(layer);
    }
    if (!config.draftHead) return;
    config.layer.push_back(config.layer.back());
    config.layer.back().mixture = config.mixture.experts > 0;
}

/// YaRN for DeepSeek scales the scores: (1 + y ln factor)² / √keyLength, y from the file (architectures.md
/// §1.2).
float attentionScale(const ConfigReader& reader, const ModelConfig& config) {
    if (const double given = reader.number("attention.scale", 0, 0, 1e6); given > 0)
        return static_cast<float>(given);
    double scale = 1.0 / std::sqrt(static_cast<double>(config.keyLength));
    // The 27B Gemma 3 divides by the width a head would have, not by the one it has.
    if (config.family->architecture == "gemma3" && config.layers == 62) {
        scale = 1.0 / std::sqrt(static_cast<double>(config.width) / config.heads);
    }
    if (config.family->attention == AttentionKind::Latent && config.rope.scaling == RopeScaling::Yarn) {
        const double multiplier = reader.number("rope.scaling.yarn_log_multiplier", 0.1, -1e-9, 10);
        const double temperature = 1.0 + multiplier * std::log(std::max(1.0, config.rope.factor));
        scale *= temperature * temperature;
    }
    return static_cast<float>(scale);
}

void readHeads(const ConfigReader& reader, ModelConfig& config) {
    config.heads = reader.neededCount("attention.head_count", 1, kMostHeads);
    const bool latent = config.family->attention == AttentionKind::Latent;
    if (latent) {
        config.latentRank = reader.neededCount("attention.kv_lora_rank", 1, kMostWidth);
        config.queryRank = reader.count("attention.q_lora_rank", 0, kMostWidth).value_or(0);
        const auto key = reader.count("attention.key_length_mla", 1, kMostWidth);
        const auto value = reader.count("attention.value_length_mla", 1, kMostWidth);
        config.keyLength = key ? *key : reader.neededCount("attention.key_length", 1, kMostWidth);
        config.valueLength = value ? *value : reader.neededCount("attention.value_length", 1, kMostWidth);
        return;
    }
    if (config.family->attention == AttentionKind::Compressed) {
        config.queryRank = reader.neededCount("attention.q_lora_rank", 1, kMostWidth);
        config.keyLength = reader.neededCount("attention.key_length", 1, kMostWidth);
        config.valueLength = reader.count("attention.value_length", 1, kMostWidth).value_or(config.keyLength);
        if (config.valueLength != config.keyLength)
            reader.refuse("attention.value_length", config.valueLength, "a key's length");
        return;
    }
    const auto key = reader.count("attention.key_length", 1, kMostWidth);
    const auto value = reader.count("attention.value_length", 1, kMostWidth);
    if ((!key || !value) && config.width % config.heads != 0) {
        reader.refuse("embedding_length", config.width,
                      "a multiple of the number of heads, " + std::to_string(config.heads));
    }
    config.keyLength = key.value_or(config.width / config.heads);
    config.valueLength = value.value_or(config.width / config.heads);
    if (config.family->gatedAttention == Switch::On && config.valueLength != config.keyLength) {
        reader.refuse("attention.value_length", config.valueLength,
                      "a key's length, " + std::to_string(config.keyLength));
    }
}

} // namespace

std::int64_t ModelConfig::carriedNumbers(LayerKind kind) const {
    switch (kind) {
    case LayerKind::Attention:
        return 0;
    case LayerKind::Convolution:
        return static_cast<std::int64_t>(std::max(0, convolutionLength - 1)) * width;
    case LayerKind::Delta:
        return delta.inputNumbers() + delta.stateNumbers();
    }
    return 0;
}

ModelConfig readModelConfig(const GgufFile& file) {
    ModelConfig config;
    config.family = &familyOf(file);
    const ConfigReader reader(file, std::string(config.family->architecture));

    // Blocks for multi-token prediction come last and are not part of the trunk. Many files keep the key but
    // not the blocks. Of several the first is used, which guesses the token after the next.
    const int blocks = reader.neededCount("block_count", 1, kMostLayers);
    config.layers = blocks - reader.count("nextn_predict_layers", 0, blocks - 1).value_or(0);
    const std::string join = "blk." + std::to_string(config.layers) + ".nextn.eh_proj.weight";
    config.draftHead =
        config.family->draftHead == Switch::On && config.layers < blocks && file.findTensor(join) != nullptr;
    config.width = reader.neededCount("embedding_length", 1, kMostWidth);
    config.feedForward = reader.count("feed_forward_length", 1, kMostWidth).value_or(0);
    config.trainedContext = trainedContext(reader, config.notices, file);
    config.convolutionLength = reader.count("shortconv.l_cache", 2, 64).value_or(0);
    config.normEpsilon = static_cast<float>(reader.number("attention.layer_norm_rms_epsilon", 1e-5, 0, 1));
    readHeads(reader, config);
    config.rope = readRope(reader, *config.family, config.keyLength, config.trainedContext);
    if (config.family->attention == AttentionKind::Latent && config.rope.dimensions >= config.keyLength) {
        reader.refuse("rope.dimension_count", config.rope.dimensions, "less than a key's length");
    }
    // Very old DeepSeek files lack the multiplier; then rotation is scaled as well (architectures.md §1.2).
    if (config.family->attention == AttentionKind::Latent && config.rope.scaling == RopeScaling::Yarn &&
        !file.has(reader.key("rope.scaling.yarn_log_multiplier"))) {
        config.rope.magnitude = yarnMagnitude(config.rope.factor);
    }
    config.mixture = readMixture(reader, *config.family, config.layers, config.feedForward);
    readLayers(reader, config);
    if (config.family->sparse == Switch::On) readSparseAttention(reader, config);
    if (config.family->attention == AttentionKind::Compressed) readCompressedAttention(reader, config);

    config.attentionScale = attentionScale(reader, config);
    config.embeddingScale = static_cast<float>(reader.number("embedding_scale", 1, 0, 1e6));
    if (config.family->embeddingTimesRootWidth == Switch::On) {
        config.embeddingScale = std::sqrt(static_cast<float>(config.width));
    }
    config.residualScale = static_cast<float>(reader.number("residual_scale", 1, 0, 1e6));
    config.logitScale = static_cast<float>(1.0 / reader.number("logit_scale", 1, 0, 1e6));
    return config;
}

} // namespace ponder::engine
