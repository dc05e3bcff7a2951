#include "engine/convert/family_settings.h"

#include "engine/convert/rope_settings.h"
#include "engine/format/gguf_problem.h"
#include "engine/support/error.h"

namespace ponder::engine {

namespace {

constexpr int kMostLayers = 512;
constexpr int kMostWidth = 1 << 20;
constexpr int kMostHeads = 4096;
constexpr int kMostExperts = 4096;
constexpr int kMostContext = 1 << 24;

/// A `model_type` and the architecture its tensors become.
struct Family {
    std::string_view type;
    std::string_view architecture;
};

constexpr Family kFamilies[] = {
    {"llama", "llama"}, {"mistral", "llama"},         {"mixtral", "llama"},
    {"qwen2", "qwen2"}, {"qwen3", "qwen3"},           {"qwen3_moe", "qwen3moe"},
    {"olmoe", "olmoe"}, {"deepseek_v2", "deepseek2"}, {"deepseek_v3", "deepseek2"},
};

std::string architectureOf(const SettingsFile& config) {
    const std::string type = config.text("model_type").value_or("");
    std::string known;
    for (const Family& family : kFamilies) {
        if (family.type == type) return std::string(family.architecture);
        known += (known.empty() ? "" : ", ") + std::string(family.type);
    }
    throw Error("Models of the type " + engine::quoted(type) + " cannot be converted yet. Choose one of: " +
                known + "; or a GGUF file that somebody else made.");
}

int count(const SettingsFile& config, std::string_view key, int most) {
    return static_cast<int>(config.neededCount(key, 1, most));
}

int optionalCount(const SettingsFile& config, std::string_view key, int fallback, int least, int most) {
    return static_cast<int>(config.count(key, least, most).value_or(fallback));
}

int expertsOf(const SettingsFile& config) {
    for (const char* key : {"n_routed_experts", "num_experts", "num_local_experts"})
        if (config.has(key)) return optionalCount(config, key, 0, 0, kMostExperts);
    return 0;
}

/// Refuses what would be computed otherwise than the model's makers do.
void checkSwitches(const SettingsFile& config, FamilySettings& family) {
    if (const auto activation = config.text("hidden_act"); activation && *activation != "silu")
        config.refuse("hidden_act", "silu");
    if (config.number("clip_qkv").value_or(0) != 0) config.refuse("clip_qkv", "absent");
    if (optionalCount(config, "decoder_sparse_step", 1, 0, kMostLayers) != 1)
        config.refuse("decoder_sparse_step", "1");
    if (optionalCount(config, "moe_layer_freq", 1, 0, kMostLayers) != 1) config.refuse("moe_layer_freq", "1");
    if (const auto* dense = config.find("mlp_only_layers"); dense && !(dense->is_array() && dense->empty()))
        config.refuse("mlp_only_layers", "an empty list");
    if (config.text("topk_method") == "group_limited_greedy" &&
        optionalCount(config, "n_group", 1, 1, kMostExperts) > 1)
        family.notices.push_back("The model was trained to rate a group of experts by its best one; Ponder "
                                 "adds the best two, so other "
                                 "experts may be asked than by its makers' program.");
    const bool slides =
        config.flag("use_sliding_window")
            .value_or(config.text("model_type") == "mistral" || config.text("model_type") == "mixtral");
    if (slides && config.has("sliding_window"))
        family.notices.push_back("The model was trained with a window of " +
                                 std::to_string(config.neededCount("sliding_window", 1, kMostContext)) +
                                 " tokens, which Ponder does not apply: behind it answers may differ.");
}

void readLatent(const SettingsFile& config, FamilySettings& family) {
    family.unrotatedLength = count(config, "qk_nope_head_dim", kMostWidth);
    family.valueLength = count(config, "v_head_dim", kMostWidth);
    family.keyLength = family.unrotatedLength + count(config, "qk_rope_head_dim", kMostWidth);
}

void addLatentMetadata(const SettingsFile& config, const FamilySettings& family, GgufMetadata& metadata) {
    const std::string name = family.architecture + ".attention.";
    const int latent = count(config, "kv_lora_rank", kMostWidth);
    const int rotated = count(config, "qk_rope_head_dim", kMostWidth);
    metadata.addCount(name + "head_count_kv", 1);
    metadata.addCount(name + "key_length", static_cast<std::uint32_t>(latent + rotated));
    metadata.addCount(name + "value_length", static_cast<std::uint32_t>(latent));
    if (config.has("q_lora_rank"))
        metadata.addCount(name + "q_lora_rank",
                          static_cast<std::uint32_t>(count(config, "q_lora_rank", kMostWidth)));
    metadata.addCount(name + "kv_lora_rank", static_cast<std::uint32_t>(latent));
    metadata.addCount(name + "key_length_mla", static_cast<std::uint32_t>(family.keyLength));
    metadata.addCount(name + "value_length_mla", static_cast<std::uint32_t>(family.valueLength));
    metadata.addCount(family.architecture + ".rope.dimension_count", static_cast<std::uint32_t>(rotated));
}

/// DeepSeek's own keys of the router: 1 is softmax, 2 sigmoid.
void addRouterMetadata(const SettingsFile& config, GgufMetadata& metadata) {
    const std::string name = "deepseek2.expert_";
    const std::string usual = config.text("model_type") == "deepseek_v3" ? "sigmoid" : "softmax";
    const std::string scoring = config.text("scoring_func").value_or(usual);
    if (scoring != "softmax" && scoring != "sigmoid") config.refuse("scoring_func", "softmax or sigmoid");
    metadata.addCount(name + "gating_func", scoring == "sigmoid" ? 2 : 1);
    if (const auto groups = config.count("n_group", 1, kMostExperts))
        metadata.addCount(name + "group_count", static_cast<std::uint32_t>(*groups));
    if (const auto used = config.count("topk_group", 1, kMostExperts))
        metadata.addCount(name + "group_used_count", static_cast<std::uint32_t>(*used));
    metadata.addNumber(name + "weights_scale",
                       static_cast<float>(config.number("routed_scaling_factor").value_or(1)));
    const auto shared = config.count("n_shared_experts", 0, kMostExperts).value_or(0);
    if (shared > 0) metadata.addCount(name + "shared_count", static_cast<std::uint32_t>(shared));
    metadata.addCount(
        "deepseek2.leading_dense_block_count",
        static_cast<std::uint32_t>(optionalCount(config, "first_k_dense_replace", 0, 0, kMostLayers)));
}

void addMixtureMetadata(const SettingsFile& config, const FamilySettings& family, GgufMetadata& metadata) {
    const std::string name = family.architecture + ".expert_";
    metadata.addCount(name + "count", static_cast<std::uint32_t>(family.experts));
    metadata.addCount(name + "used_count",
                      static_cast<std::uint32_t>(count(config, "num_experts_per_tok", family.experts)));
    if (const auto hidden = config.count("moe_intermediate_size", 1, kMostWidth))
        metadata.addCount(name + "feed_forward_length", static_cast<std::uint32_t>(*hidden));
    if (const auto normalises = config.flag("norm_topk_prob"))
        metadata.addFlag(name + "weights_norm", *normalises);
    if (family.isLatent) addRouterMetadata(config, metadata);
}

} // namespace

FamilySettings readFamilySettings(const SettingsFile& config) {
    FamilySettings family;
    family.architecture = architectureOf(config);
    family.layers = count(config, "num_hidden_layers", kMostLayers);
    family.heads = count(config, "num_attention_heads", kMostHeads);
    family.keyValueHeads = optionalCount(config, "num_key_value_heads", family.heads, 1, kMostHeads);
    family.experts = expertsOf(config);
    family.isLatent = family.architecture == "deepseek2";
    family.pairsRows = family.architecture == "llama";
    family.tiesHead = config.flag("tie_word_embeddings").value_or(false);
    const int width = count(config, "hidden_size", kMostWidth);
    family.keyLength = optionalCount(config, "head_dim", width / family.heads, 1, kMostWidth);
    if (family.keyLength == 0) config.refuse("num_attention_heads", "at most hidden_size");
    if (family.isLatent) readLatent(config, family);
    checkSwitches(config, family);
    family.ropeFactors = RopeConfig(config).factors(family.keyLength);
    return family;
}

void addFamilyMetadata(const SettingsFile& config, const FamilySettings& family, GgufMetadata& metadata) {
    const std::string& name = family.architecture;
    const auto add = [&](const char* key, std::int64_t value) {
        metadata.addCount(name + "." + key, static_cast<std::uint32_t>(value));
    };
    add("block_count", family.layers);
    add("context_length", count(config, "max_position_embeddings", kMostContext));
    add("embedding_length", count(config, "hidden_size", kMostWidth));
    add("feed_forward_length", count(config, "intermediate_size", kMostWidth));
    add("attention.head_count", family.heads);
    metadata.addNumber(name + ".attention.layer_norm_rms_epsilon",
                       static_cast<float>(config.number("rms_norm_eps").value_or(1e-5)));
    RopeConfig(config).addMetadata(name, metadata);
    if (family.isLatent) {
        addLatentMetadata(config, family, metadata);
    } else {
        add("attention.head_count_kv", family.keyValueHeads);
        add("attention.key_length", family.keyLength);
        add("attention.value_length", family.keyLength);
        add("rope.dimension_count", family.keyLength);
    }
    if (family.experts > 0) addMixtureMetadata(config, family, metadata);
}

} // namespace ponder::engine
