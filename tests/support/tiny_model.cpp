#include "tests/support/tiny_model.h"

#include "tests/support/tiny_deepseek4.h"

#include <numeric>
#include <random>

namespace ponder::tests {

namespace {

constexpr std::uint32_t kLayers = 2;
constexpr std::uint32_t kWidth = 64;
constexpr std::uint32_t kHidden = 96;
constexpr std::uint32_t kHeads = 4;
constexpr std::uint32_t kKeyValueHeads = 2;
constexpr std::uint32_t kHeadLength = 16;

constexpr std::uint32_t kQueryRank = 48;
constexpr std::uint32_t kLatentRank = 32;
constexpr std::uint32_t kRotated = 16;
constexpr std::uint32_t kUnrotated = 24;
constexpr std::uint32_t kValueLength = 24;
constexpr std::uint32_t kExperts = 8;
constexpr std::uint32_t kExpertHidden = 32;
constexpr std::uint32_t kIndexHeads = 2;
constexpr std::uint32_t kIndexKeyLength = 32;

constexpr std::uint32_t kDeltaKeyHeads = 2;
constexpr std::uint32_t kDeltaValueHeads = 4;
constexpr std::uint32_t kDeltaKeyLength = 16;
constexpr std::uint32_t kDeltaValueLength = 24;
constexpr std::uint32_t kDeltaValues = kDeltaValueHeads * kDeltaValueLength;
constexpr std::uint32_t kDeltaChannels = 2 * kDeltaKeyHeads * kDeltaKeyLength + kDeltaValues;
constexpr std::uint32_t kConvolution = 4;

constexpr std::string_view kTemplate =
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";

void appendUtf8(std::string& text, unsigned point) {
    if (point >= 0x80) {
        text += static_cast<char>(0xC0 | point >> 6);
        text += static_cast<char>(0x80 | (point & 0x3F));
    } else {
        text += static_cast<char>(point);
    }
}

/// GPT-2's alphabet: a printable letter for every byte.
std::string byteLetter(unsigned byte) {
    const auto isPrintable = [](unsigned b) {
        return (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
    };
    unsigned hidden = 0;
    for (unsigned b = 0; b < byte; ++b) hidden += !isPrintable(b);
    std::string letter;
    appendUtf8(letter, isPrintable(byte) ? byte : 256 + hidden);
    return letter;
}

struct Vocabulary {
    std::vector<std::string> tokens;
    std::vector<std::int32_t> types;
    std::vector<std::string> merges;

    explicit Vocabulary(const std::vector<std::string>& controls = {}) {
        for (unsigned byte = 0; byte < 256; ++byte) add(byteLetter(byte), 1);
        const std::string space = byteLetter(' ');
        for (const std::string& pair :
             {std::string("t h"), std::string("th e"), space + " t", space + "t he", std::string("i n"),
              std::string("e r"), std::string("a n"), std::string("o n"), std::string("h e"),
              std::string("l l"), std::string("he ll"), std::string("hell o")}) {
            merges.push_back(pair);
            std::string merged = pair;
            merged.erase(merged.find(' '), 1);
            add(merged, 1);
        }
        for (const char* control : {"<|endoftext|>", "<|im_start|>", "<|im_end|>"}) add(control, 3);
        for (const std::string& control : controls) add(control, 3);
    }

    void add(std::string token, std::int32_t type) {
        tokens.push_back(std::move(token));
        types.push_back(type);
    }

    std::uint32_t size() const { return static_cast<std::uint32_t>(tokens.size()); }
};

class Builder {
public:
    explicit Builder(const TinyModelOptions& options) : options_(options), seed_(options.seed * 1000) {}

    GgufImage build() {
        architecture_ = architectureOf(options_.family);
        image_.set("general.architecture", text(architecture_));
        image_.set("general.name", text("Tiny " + architecture_));
        set("block_count", kLayers);
        set("context_length", options_.contextTokens);
        set("embedding_length", kWidth);
        set("feed_forward_length", kHidden);
        set("attention.head_count", kHeads);
        image_.set(architecture_ + ".attention.layer_norm_rms_epsilon", scalar(1e-5f));
        switch (options_.family) {
        case TinyFamily::Llama:
            setGroupedAttention(kHeadLength);
            break;
        case TinyFamily::Deepseek2:
            setDeepseek2();
            break;
        case TinyFamily::Deepseek32:
            setDeepseek2();
            setIndexer();
            break;
        case TinyFamily::Glm4Moe:
            setGroupedAttention(kHeadLength / 2);
            setMixture();
            break;
        case TinyFamily::Qwen3Next:
            setQwen3Next();
            break;
        case TinyFamily::Deepseek4: // built elsewhere
            break;
        }
        setVocabulary();
        addTensors();
        return std::move(image_);
    }

private:
    void set(std::string_view key, std::uint32_t value) {
        image_.set(architecture_ + "." + std::string(key), scalar(value));
    }

    static const char* architectureOf(TinyFamily family) {
        switch (family) {
        case TinyFamily::Llama:
            return "llama";
        case TinyFamily::Deepseek2:
            return "deepseek2";
        case TinyFamily::Deepseek32:
            return "deepseek32";
        case TinyFamily::Deepseek4:
            return "deepseek4";
        case TinyFamily::Glm4Moe:
            return "glm4moe";
        case TinyFamily::Qwen3Next:
            break;
        }
        return "qwen3next";
    }

    void setGroupedAttention(std::uint32_t rotated) {
        set("attention.head_count_kv", kKeyValueHeads);
        set("rope.dimension_count", rotated);
    }

    void setQwen3Next() {
        setGroupedAttention(kHeadLength / 4);
        set("full_attention_interval", 2);
        set("ssm.conv_kernel", kConvolution);
        set("ssm.state_size", kDeltaKeyLength);
        set("ssm.group_count", kDeltaKeyHeads);
        set("ssm.time_step_rank", kDeltaValueHeads);
        set("ssm.inner_size", kDeltaValues);
        set("expert_count", kExperts);
        set("expert_used_count", 2);
        set("expert_feed_forward_length", kExpertHidden);
    }

    void setDeepseek2() {
        set("attention.head_count_kv", 1);
        set("attention.q_lora_rank", kQueryRank);
        set("attention.kv_lora_rank", kLatentRank);
        set("attention.key_length_mla", kUnrotated + kRotated);
        set("attention.value_length_mla", kValueLength);
        set("attention.key_length", kLatentRank + kRotated);
        set("attention.value_length", kLatentRank);
        set("rope.dimension_count", kRotated);
        setMixture();
    }

    void setMixture() {
        set("leading_dense_block_count", 1);
        set("expert_count", kExperts);
        set("expert_used_count", 2);
        set("expert_shared_count", 1);
        set("expert_feed_forward_length", kExpertHidden);
        set("expert_gating_func", 2);
        image_.set(architecture_ + ".expert_weights_norm", scalar(true));
        image_.set(architecture_ + ".expert_weights_scale", scalar(2.5f));
    }

    void setIndexer() {
        set("attention.indexer.head_count", kIndexHeads);
        set("attention.indexer.key_length", kIndexKeyLength);
        set("attention.indexer.top_k", 12);
    }

    void setVocabulary() {
        const Vocabulary vocabulary(options_.controls);
        const std::uint32_t usual = tinyVocabularySize();
        image_.set("tokenizer.ggml.model", text("gpt2"));
        image_.set("tokenizer.ggml.pre", text("qwen2"));
        image_.set("tokenizer.ggml.tokens", texts(vocabulary.tokens));
        image_.set("tokenizer.ggml.token_type", list(vocabulary.types));
        image_.set("tokenizer.ggml.merges", texts(vocabulary.merges));
        image_.set("tokenizer.ggml.bos_token_id", scalar(usual - 3));
        image_.set("tokenizer.ggml.eos_token_id", scalar(usual - 1));
        image_.set("tokenizer.ggml.add_bos_token", scalar(false));
        image_.set("tokenizer.chat_template", text(kTemplate));
    }

    void addTensors() {
        const std::uint64_t vocabulary = Vocabulary(options_.controls).size();
        add("token_embd.weight", {kWidth, vocabulary});
        for (std::uint32_t layer = 0; layer < kLayers; ++layer) {
            prefix_ = "blk." + std::to_string(layer) + ".";
            addNorm("attn_norm.weight", kWidth);
            addLayer(layer);
        }
        prefix_.clear();
        addNorm("output_norm.weight", kWidth);
        add("output.weight", {kWidth, vocabulary});
    }

    void addLayer(std::uint32_t layer) {
        switch (options_.family) {
        case TinyFamily::Llama:
            addNorm("ffn_norm.weight", kWidth);
            addGroupedAttention(kHeads * kHeadLength);
            addFeedForward("", kHidden);
            return;
        case TinyFamily::Deepseek2:
        case TinyFamily::Deepseek32:
        case TinyFamily::Deepseek4: // built elsewhere
            addNorm("ffn_norm.weight", kWidth);
            addLatentAttention();
            if (layer == 0) return addFeedForward("", kHidden);
            addMixture();
            return;
        case TinyFamily::Glm4Moe:
            addNorm("post_attention_norm.weight", kWidth);
            addGroupedAttention(kHeads * kHeadLength);
            for (const char* name : {"attn_q.bias", "attn_k.bias", "attn_v.bias"})
                add(name, {name[5] == 'q' ? kHeads * kHeadLength : kKeyValueHeads * kHeadLength});
            if (layer == 0) return addFeedForward("", kHidden);
            addMixture();
            return;
        case TinyFamily::Qwen3Next:
            break;
        }
        addNorm("post_attention_norm.weight", kWidth);
        if (layer == 0)
            addDeltaNet();
        else
            addGatedAttention();
        addMixture();
        add("ffn_gate_inp_shexp.weight", {kWidth});
    }

    void addDeltaNet() {
        add("attn_qkv.weight", {kWidth, kDeltaChannels});
        add("attn_gate.weight", {kWidth, kDeltaValues});
        add("ssm_ba.weight", {kWidth, 2 * kDeltaValueHeads});
        add("ssm_conv1d.weight", {kConvolution, kDeltaChannels});
        add("ssm_dt.bias", {kDeltaValueHeads});
        GgufTensor rate = randomTensor(prefix_ + "ssm_a", {kDeltaValueHeads}, seed_++);
        rate.data.clear();
        for (std::uint32_t head = 0; head < kDeltaValueHeads; ++head)
            rate.data += littleEndian(-0.1f * static_cast<float>(1 + head));
        image_.tensors.push_back(std::move(rate));
        addNorm("ssm_norm.weight", kDeltaValueLength);
        add("ssm_out.weight", {kDeltaValues, kWidth});
    }

    void addGatedAttention() {
        addGroupedAttention(2 * kHeads * kHeadLength);
        addNorm("attn_q_norm.weight", kHeadLength);
        addNorm("attn_k_norm.weight", kHeadLength);
    }

    void addGroupedAttention(std::uint64_t queryRows) {
        add("attn_q.weight", {kWidth, queryRows});
        add("attn_k.weight", {kWidth, kKeyValueHeads * kHeadLength});
        add("attn_v.weight", {kWidth, kKeyValueHeads * kHeadLength});
        add("attn_output.weight", {kHeads * kHeadLength, kWidth});
    }

    void addLatentAttention() {
        add("attn_q_a.weight", {kWidth, kQueryRank});
        addNorm("attn_q_a_norm.weight", kQueryRank);
        add("attn_q_b.weight", {kQueryRank, kHeads * (kUnrotated + kRotated)});
        add("attn_kv_a_mqa.weight", {kWidth, kLatentRank + kRotated});
        addNorm("attn_kv_a_norm.weight", kLatentRank);
        add("attn_k_b.weight", {kUnrotated, kLatentRank, kHeads});
        add("attn_v_b.weight", {kLatentRank, kValueLength, kHeads});
        add("attn_output.weight", {kHeads * kValueLength, kWidth});
        if (options_.family == TinyFamily::Deepseek32) addIndexer();
    }

    void addIndexer() {
        add("indexer.attn_q_b.weight", {kQueryRank, kIndexHeads * kIndexKeyLength});
        add("indexer.attn_k.weight", {kWidth, kIndexKeyLength});
        addNorm("indexer.k_norm.weight", kIndexKeyLength);
        add("indexer.k_norm.bias", {kIndexKeyLength});
        add("indexer.proj.weight", {kWidth, kIndexHeads});
    }

    void addMixture() {
        add("ffn_gate_inp.weight", {kWidth, kExperts});
        if (options_.family != TinyFamily::Qwen3Next) add("exp_probs_b.bias", {kExperts});
        add("ffn_gate_exps.weight", {kWidth, kExpertHidden, kExperts});
        add("ffn_up_exps.weight", {kWidth, kExpertHidden, kExperts});
        add("ffn_down_exps.weight", {kExpertHidden, kWidth, kExperts});
        addFeedForward("_shexp", kExpertHidden);
    }

    void addFeedForward(const std::string& suffix, std::uint64_t hidden) {
        add("ffn_gate" + suffix + ".weight", {kWidth, hidden});
        add("ffn_up" + suffix + ".weight", {kWidth, hidden});
        add("ffn_down" + suffix + ".weight", {hidden, kWidth});
    }

    void add(const std::string& name, std::vector<std::uint64_t> shape) {
        image_.tensors.push_back(randomTensor(prefix_ + name, std::move(shape), seed_++));
    }

    void addNorm(const std::string& name, std::uint64_t count) {
        GgufTensor norm{.name = prefix_ + name,
                        .shape = {count},
                        .data = {},
                        .nameLength = {},
                        .dimensions = {},
                        .offset = {}};
        for (std::uint64_t i = 0; i < count; ++i) norm.data += littleEndian(1.0f);
        image_.tensors.push_back(std::move(norm));
    }

    const TinyModelOptions options_;
    std::uint32_t seed_;
    std::string architecture_;
    std::string prefix_;
    GgufImage image_;
};

} // namespace

GgufImage tinyModel(const TinyModelOptions& options) {
    if (options.family == TinyFamily::Deepseek4) return tinyDeepseek4(options);
    return Builder(options).build();
}

std::uint32_t tinyVocabularySize() {
    return Vocabulary().size();
}

GgufTensor randomTensor(std::string name, std::vector<std::uint64_t> shape, std::uint32_t seed) {
    GgufTensor tensor{.name = std::move(name),
                      .shape = std::move(shape),
                      .data = {},
                      .nameLength = {},
                      .dimensions = {},
                      .offset = {}};
    const auto count =
        std::accumulate(tensor.shape.begin(), tensor.shape.end(), std::uint64_t{1}, std::multiplies<>());
    // Not std::normal_distribution: its numbers differ from one standard library to the next.
    std::mt19937 random(seed);
    for (std::uint64_t i = 0; i < count; ++i) {
        tensor.data += littleEndian(static_cast<float>(static_cast<std::int32_t>(random())) * 0x1p-33f);
    }
    return tensor;
}

} // namespace ponder::tests
