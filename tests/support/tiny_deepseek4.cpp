#include "tests/support/tiny_deepseek4.h"

#include <algorithm>
#include <numeric>

namespace ponder::tests {

namespace {

constexpr std::uint32_t kWidth = 64;
constexpr std::uint32_t kHeads = 4;
constexpr std::uint32_t kKeyLength = 32;
constexpr std::uint32_t kQueryRank = 48;
constexpr std::uint32_t kStreams = 2;
constexpr std::uint32_t kGroups = 2;
constexpr std::uint32_t kOutputRank = 16;
constexpr std::uint32_t kIndexHeads = 2;
constexpr std::uint32_t kIndexKeyLength = 32;
constexpr std::uint32_t kExperts = 8;
constexpr std::uint32_t kUsed = 2;

/// Adds the tensors that DeepSeek-V2 does not have.
class Additions {
public:
    Additions(GgufImage& image, std::uint32_t seed) : image_(image), seed_(seed) {}

    void addLayer(int layer, std::uint64_t ratio, std::uint64_t vocabulary) {
        prefix_ = "blk." + std::to_string(layer) + ".";
        add("attn_q_b.weight", {kQueryRank, kHeads * kKeyLength});
        add("attn_kv.weight", {kWidth, kKeyLength});
        addOnes("attn_kv_a_norm.weight", kKeyLength);
        add("attn_sinks.weight", {kHeads});
        addCompressor("attn_compressor", kKeyLength, ratio);
        add("attn_output_a.weight", {kHeads * kKeyLength / kGroups, kGroups * kOutputRank});
        add("attn_output_b.weight", {kGroups * kOutputRank, kWidth});
        addMix("hc_attn", kStreams * (2 + kStreams), 3);
        addMix("hc_ffn", kStreams * (2 + kStreams), 3);
        if (ratio != 4) return;
        add("indexer.attn_q_b.weight", {kQueryRank, kIndexHeads * kIndexKeyLength});
        add("indexer.proj.weight", {kWidth, kIndexHeads});
        addCompressor("indexer_compressor", kIndexKeyLength, ratio);
        addExpertsOfTokens(vocabulary);
    }

    void addHead() {
        prefix_.clear();
        addMix("output_hc", kStreams, 1);
    }

private:
    void add(const std::string& name, std::vector<std::uint64_t> shape) {
        image_.tensors.push_back(randomTensor(prefix_ + name, std::move(shape), seed_++));
    }

    void addOnes(const std::string& name, std::uint64_t count) {
        add(name, {count});
        std::string& data = image_.tensors.back().data;
        data.clear();
        for (std::uint64_t i = 0; i < count; ++i) data += littleEndian(1.0f);
    }

    void addCompressor(const std::string& name, std::uint64_t length, std::uint64_t ratio) {
        const std::uint64_t rows = ratio == 4 ? 2 * length : length;
        add(name + "_kv.weight", {kWidth, rows});
        add(name + "_gate.weight", {kWidth, rows});
        add(name + "_ape.weight", {rows, ratio});
        addOnes(name + "_norm.weight", length);
    }

    void addMix(const std::string& name, std::uint64_t rows, std::uint64_t parts) {
        add(name + "_fn.weight", {kStreams * kWidth, rows});
        add(name + "_base.weight", {rows});
        add(name + "_scale.weight", {parts});
    }

    void addExpertsOfTokens(std::uint64_t vocabulary) {
        add("ffn_gate_tid2eid.weight", {kUsed, vocabulary});
        GgufTensor& tensor = image_.tensors.back();
        tensor.type = 26; // I32
        tensor.data.clear();
        for (std::uint64_t i = 0; i < kUsed * vocabulary; ++i)
            tensor.data += littleEndian(static_cast<std::int32_t>(i * 5 % kExperts));
    }

    GgufImage& image_;
    std::uint32_t seed_;
    std::string prefix_;
};

/// The second layer's mixture becomes the first layer's too.
void copyMixture(GgufImage& image) {
    std::vector<GgufTensor> copies;
    for (const GgufTensor& tensor : image.tensors) {
        // The bias moves a choice that the first layer does not make.
        if (!tensor.name.starts_with("blk.1.ffn_") || tensor.name == "blk.1.ffn_norm.weight") continue;
        copies.push_back(tensor);
        copies.back().name[4] = '0';
    }
    std::erase_if(image.tensors, [](const GgufTensor& tensor) {
        return tensor.name.starts_with("blk.0.ffn_") && tensor.name != "blk.0.ffn_norm.weight";
    });
    image.tensors.insert(image.tensors.end(), copies.begin(), copies.end());
}

bool isLatentAttention(const GgufTensor& tensor) {
    return std::ranges::any_of(
        std::initializer_list<std::string_view>{"attn_q_b.", "attn_kv_a_mqa.", "attn_kv_a_norm.", "attn_k_b.",
                                                "attn_v_b.", "attn_output."},
        [&](std::string_view part) { return tensor.name.find(part) != std::string::npos; });
}

} // namespace

GgufImage tinyDeepseek4(const TinyModelOptions& options) {
    TinyModelOptions older = options;
    older.family = TinyFamily::Deepseek2;
    GgufImage image = tinyModel(older);
    for (GgufEntry& entry : image.entries) {
        if (entry.key.starts_with("deepseek2.")) entry.key.replace(0, 9, "deepseek4");
    }
    std::erase_if(image.entries, [](const GgufEntry& entry) {
        return entry.key.find("kv_lora_rank") != std::string::npos ||
               entry.key.find("_length_mla") != std::string::npos;
    });
    image.set("general.architecture", text("deepseek4"));
    image.set("general.name", text("Tiny deepseek4"));
    const auto set = [&](const std::string& key, std::uint32_t value) {
        image.set("deepseek4." + key, scalar(value));
    };
    set("attention.key_length", kKeyLength);
    set("attention.value_length", kKeyLength);
    set("attention.sliding_window", 8);
    set("attention.output_group_count", kGroups);
    set("attention.output_lora_rank", kOutputRank);
    set("attention.indexer.head_count", kIndexHeads);
    set("attention.indexer.key_length", kIndexKeyLength);
    set("attention.indexer.top_k", 3);
    set("leading_dense_block_count", 0);
    set("expert_gating_func", 4);
    set("hash_layer_count", 1);
    set("hyper_connection.count", kStreams);
    set("hyper_connection.sinkhorn_iterations", 4);
    image.set("deepseek4.hyper_connection.epsilon", scalar(1e-6f));
    image.set("deepseek4.attention.compress_ratios", list<std::uint32_t>({4, 128}));
    image.set("deepseek4.attention.compress_rope_freq_base", scalar(160000.0f));
    image.set("deepseek4.swiglu_clamp_exp", list<float>({10, 10}));
    image.set("deepseek4.swiglu_clamp_shexp", list<float>({10, 10}));

    std::erase_if(image.tensors, isLatentAttention);
    copyMixture(image);
    const std::uint64_t vocabulary = image.tensor("token_embd.weight").shape[1];
    Additions additions(image, options.seed * 1000 + 500);
    additions.addLayer(0, 4, vocabulary);
    additions.addLayer(1, 128, vocabulary);
    additions.addHead();
    return image;
}

} // namespace ponder::tests
