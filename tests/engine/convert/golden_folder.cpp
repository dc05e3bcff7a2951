#include "tests/engine/convert/golden_folder.h"

#include "engine/format/gguf_file.h"

#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <ostream>
#include <stdexcept>

#include "tests/places.h"

namespace ponder::tests {

namespace {

using engine::GgufFile;
using engine::Tensor;
using Floats = std::vector<float>;

// The newer spelling of transformers 5 (`rope_parameters`) and the older one (`rope_theta`, `rope_scaling`)
// take turns.
const std::vector<GoldenFolder> kFolders = {
    {"llama",
     R"({"architectures":["LlamaForCausalLM"],"model_type":"llama","attention_bias":false,"head_dim":16,
      "hidden_act":"silu","hidden_size":64,"intermediate_size":160,"max_position_embeddings":4096,"mlp_bias":false,
      "num_attention_heads":4,"num_hidden_layers":3,"num_key_value_heads":2,"rms_norm_eps":1e-06,
      "rope_parameters":{"factor":8.0,"high_freq_factor":4.0,"low_freq_factor":1.0,
      "original_max_position_embeddings":64,"rope_theta":500000.0,"rope_type":"llama3"},
      "bos_token_id":318,"eos_token_id":319,"tie_word_embeddings":false,"vocab_size":320})"},
    {"llama-tied", R"({"model_type":"llama","head_dim":16,"hidden_act":"silu","hidden_size":64,
      "intermediate_size":160,"max_position_embeddings":4096,"num_attention_heads":4,"num_hidden_layers":3,
      "num_key_value_heads":2,"rms_norm_eps":1e-06,"rope_theta":10000.0,"rope_scaling":null,
      "bos_token_id":318,"eos_token_id":[319],"tie_word_embeddings":true,"vocab_size":320})"},
    {"mixtral", R"({"model_type":"mixtral","head_dim":null,"hidden_act":"silu","hidden_size":64,
      "intermediate_size":64,"max_position_embeddings":4096,"num_attention_heads":4,"num_experts_per_tok":2,
      "num_hidden_layers":3,"num_key_value_heads":2,"num_local_experts":4,"rms_norm_eps":1e-06,
      "rope_parameters":{"rope_theta":1000000.0,"rope_type":"default"},"sliding_window":null,
      "bos_token_id":318,"eos_token_id":319,"tie_word_embeddings":false,"vocab_size":320})"},
    {"qwen2", R"({"model_type":"qwen2","hidden_act":"silu","hidden_size":64,"intermediate_size":160,
      "max_position_embeddings":4096,"max_window_layers":28,"num_attention_heads":4,"num_hidden_layers":3,
      "num_key_value_heads":2,"rms_norm_eps":1e-06,"rope_theta":1000000.0,"use_sliding_window":false,
      "sliding_window":null,"bos_token_id":318,"eos_token_id":319,"tie_word_embeddings":false,"vocab_size":320})"},
    {"qwen3",
     R"({"model_type":"qwen3","attention_bias":false,"head_dim":16,"hidden_act":"silu","hidden_size":64,
      "intermediate_size":160,"max_position_embeddings":4096,"num_attention_heads":4,"num_hidden_layers":3,
      "num_key_value_heads":2,"rms_norm_eps":1e-06,"rope_theta":1000000,"rope_scaling":null,
      "bos_token_id":318,"eos_token_id":319,"tie_word_embeddings":false,"vocab_size":320})"},
    {"qwen3moe", R"({"model_type":"qwen3_moe","attention_bias":false,"decoder_sparse_step":1,"head_dim":16,
      "hidden_act":"silu","hidden_size":64,"intermediate_size":160,"max_position_embeddings":4096,
      "mlp_only_layers":[],"moe_intermediate_size":48,"norm_topk_prob":true,"num_attention_heads":4,
      "num_experts_per_tok":2,"num_hidden_layers":3,"num_key_value_heads":2,"num_experts":8,"rms_norm_eps":1e-06,
      "rope_parameters":{"rope_theta":1000000.0,"rope_type":"default"},"sliding_window":null,
      "bos_token_id":318,"eos_token_id":319,"tie_word_embeddings":false,"use_sliding_window":false,"vocab_size":320})"},
    {"olmoe",
     R"({"model_type":"olmoe","attention_bias":false,"clip_qkv":null,"hidden_act":"silu","hidden_size":64,
      "intermediate_size":48,"max_position_embeddings":4096,"norm_topk_prob":false,"num_attention_heads":4,
      "num_experts":8,"num_experts_per_tok":2,"num_hidden_layers":3,"num_key_value_heads":4,"rms_norm_eps":1e-06,
      "rope_parameters":{"rope_theta":10000.0,"rope_type":"default"},
      "bos_token_id":318,"eos_token_id":319,"tie_word_embeddings":false,"vocab_size":320})"},
    {"deepseek2-lite",
     R"({"model_type":"deepseek_v2","attention_bias":false,"first_k_dense_replace":1,"head_dim":16,
      "hidden_act":"silu","hidden_size":64,"intermediate_size":128,"kv_lora_rank":32,
      "max_position_embeddings":4096,"moe_intermediate_size":40,"n_group":1,"n_routed_experts":8,
      "n_shared_experts":2,"norm_topk_prob":false,"num_attention_heads":4,"num_experts_per_tok":3,
      "num_hidden_layers":3,"num_key_value_heads":4,"q_lora_rank":null,"qk_nope_head_dim":24,
      "qk_rope_head_dim":16,"rms_norm_eps":1e-06,"rope_theta":10000,"rope_scaling":{"beta_fast":32,"beta_slow":1,
      "factor":40,"mscale":0.707,"mscale_all_dim":0.707,"original_max_position_embeddings":256,"type":"yarn"},
      "routed_scaling_factor":1.0,"scoring_func":"softmax","topk_group":1,"topk_method":"greedy",
      "bos_token_id":318,"eos_token_id":319,"tie_word_embeddings":false,"v_head_dim":24,"vocab_size":320})"},
    {"deepseek2-v3",
     R"({"model_type":"deepseek_v3","attention_bias":false,"first_k_dense_replace":1,"head_dim":16,
      "hidden_act":"silu","hidden_size":64,"intermediate_size":128,"kv_lora_rank":32,
      "max_position_embeddings":4096,"moe_intermediate_size":40,"n_group":4,"n_routed_experts":16,
      "n_shared_experts":2,"norm_topk_prob":true,"num_attention_heads":4,"num_experts_per_tok":3,
      "num_hidden_layers":3,"num_key_value_heads":4,"num_nextn_predict_layers":1,"q_lora_rank":48,
      "qk_nope_head_dim":24,"qk_rope_head_dim":16,"rms_norm_eps":1e-06,"rope_parameters":{"beta_fast":32,
      "beta_slow":1,"factor":40.0,"mscale":1.0,"mscale_all_dim":1.0,"original_max_position_embeddings":256,
      "rope_theta":10000.0,"rope_type":"yarn"},"routed_scaling_factor":2.5,"scoring_func":"sigmoid",
      "topk_group":2,"topk_method":"noaux_tc",
      "bos_token_id":318,"eos_token_id":319,"tie_word_embeddings":false,"v_head_dim":24,"vocab_size":320})"},
    {"deepseek2-v3-plainrope",
     R"({"model_type":"deepseek_v3","attention_bias":false,"first_k_dense_replace":1,
      "head_dim":16,"hidden_act":"silu","hidden_size":64,"intermediate_size":128,"kv_lora_rank":32,
      "max_position_embeddings":4096,"moe_intermediate_size":40,"n_group":1,"n_routed_experts":16,
      "n_shared_experts":2,"norm_topk_prob":true,"num_attention_heads":4,"num_experts_per_tok":3,
      "num_hidden_layers":3,"num_key_value_heads":4,"num_nextn_predict_layers":1,"q_lora_rank":48,
      "qk_nope_head_dim":24,"qk_rope_head_dim":16,"rms_norm_eps":1e-06,"rope_theta":50000.0,
      "routed_scaling_factor":2.5,"topk_group":1,"topk_method":"noaux_tc",
      "bos_token_id":318,"eos_token_id":319,"tie_word_embeddings":false,"v_head_dim":24,"vocab_size":320})"},
};

const std::map<std::string, std::string> kNames = {
    {"attn_norm.weight", "input_layernorm.weight"},
    {"ffn_norm.weight", "post_attention_layernorm.weight"},
    {"attn_q.weight", "self_attn.q_proj.weight"},
    {"attn_q.bias", "self_attn.q_proj.bias"},
    {"attn_k.weight", "self_attn.k_proj.weight"},
    {"attn_k.bias", "self_attn.k_proj.bias"},
    {"attn_v.weight", "self_attn.v_proj.weight"},
    {"attn_v.bias", "self_attn.v_proj.bias"},
    {"attn_output.weight", "self_attn.o_proj.weight"},
    {"attn_q_norm.weight", "self_attn.q_norm.weight"},
    {"attn_k_norm.weight", "self_attn.k_norm.weight"},
    {"attn_q_a.weight", "self_attn.q_a_proj.weight"},
    {"attn_q_a_norm.weight", "self_attn.q_a_layernorm.weight"},
    {"attn_q_b.weight", "self_attn.q_b_proj.weight"},
    {"attn_kv_a_mqa.weight", "self_attn.kv_a_proj_with_mqa.weight"},
    {"attn_kv_a_norm.weight", "self_attn.kv_a_layernorm.weight"},
    {"ffn_gate.weight", "mlp.gate_proj.weight"},
    {"ffn_up.weight", "mlp.up_proj.weight"},
    {"ffn_down.weight", "mlp.down_proj.weight"},
    {"ffn_gate_shexp.weight", "mlp.shared_experts.gate_proj.weight"},
    {"ffn_up_shexp.weight", "mlp.shared_experts.up_proj.weight"},
    {"ffn_down_shexp.weight", "mlp.shared_experts.down_proj.weight"},
    {"exp_probs_b.bias", "mlp.gate.e_score_correction_bias"},
};

Floats floatsOf(const Tensor& tensor) {
    Floats values(static_cast<std::size_t>(tensor.elements()));
    std::memcpy(values.data(), tensor.bytes, tensor.sizeBytes);
    return values;
}

std::vector<std::int64_t> shapeOf(const Tensor& tensor) {
    std::vector<std::int64_t> shape;
    for (int i = tensor.dimensions - 1; i >= 0; --i)
        shape.push_back(tensor.shape[static_cast<std::size_t>(i)]);
    return shape;
}

/// Rows 0, 2, 4, … of every head, then rows 1, 3, 5, …: the order transformers has.
Floats unpaired(const Floats& values, std::int64_t rows, std::int64_t columns, std::int64_t heads) {
    Floats result;
    const std::int64_t length = rows / heads;
    for (std::int64_t head = 0; head < heads; ++head)
        for (const std::int64_t odd : {0, 1})
            for (std::int64_t row = odd; row < length; row += 2) {
                const auto from = values.begin() + (head * length + row) * columns;
                result.insert(result.end(), from, from + columns);
            }
    return result;
}

class Inverse {
public:
    explicit Inverse(const GoldenFolder& model)
        : file_(GgufFile::open(goldenFile(model).string(), GgufFile::Access::Weights)),
          architecture_(*file_.string("general.architecture")), isMixtral_(model.golden == "mixtral") {}

    std::vector<SafetensorsTensor> tensors() {
        for (const Tensor& tensor : file_.tensors()) add(tensor);
        return std::move(made_);
    }

private:
    std::int64_t count(const std::string& key) const {
        return *file_.integer(architecture_ + "." + key, 0, 1 << 30);
    }

    void add(const Tensor& tensor) {
        if (tensor.name == "rope_freqs.weight") return;
        if (tensor.name == "token_embd.weight") return plain("model.embed_tokens.weight", tensor);
        if (tensor.name == "output_norm.weight") return plain("model.norm.weight", tensor);
        if (tensor.name == "output.weight") return plain("lm_head.weight", tensor);
        const std::size_t dot = tensor.name.find('.', 4);
        const std::string prefix = "model.layers." + tensor.name.substr(4, dot - 4) + ".";
        const std::string name = tensor.name.substr(dot + 1);
        if (name.find("_exps.") != std::string::npos) return experts(prefix, name, tensor);
        if (name == "attn_v_b.weight") return; // goes with attn_k_b
        if (name == "attn_k_b.weight") return keysAndValues(prefix, tensor);
        if (name == "ffn_gate_inp.weight")
            return plain(prefix + (isMixtral_ ? "block_sparse_moe" : "mlp") + ".gate.weight", tensor);
        plain(prefix + kNames.at(name), tensor);
    }

    void plain(const std::string& name, const Tensor& tensor) {
        Floats values = floatsOf(tensor);
        if (architecture_ == "llama" && name.ends_with("q_proj.weight"))
            values = unpaired(values, tensor.rows(), tensor.columns(), count("attention.head_count"));
        if (architecture_ == "llama" && name.ends_with("k_proj.weight"))
            values = unpaired(values, tensor.rows(), tensor.columns(), count("attention.head_count_kv"));
        made_.push_back(floatTensor(name, shapeOf(tensor), values));
    }

    void experts(const std::string& prefix, const std::string& name, const Tensor& tensor) {
        const std::string part = name.substr(4, name.find("_exps") - 4); // gate, up, down
        const Floats values = floatsOf(tensor);
        const std::int64_t each = tensor.rows() * tensor.columns();
        for (std::int64_t expert = 0; expert < tensor.shape[2]; ++expert) {
            const std::string number = std::to_string(expert);
            const std::string whole = isMixtral_
                                          ? prefix + "block_sparse_moe.experts." + number +
                                                (part == "gate" ? ".w1"
                                                 : part == "up" ? ".w3"
                                                                : ".w2") +
                                                ".weight"
                                          : prefix + "mlp.experts." + number + "." + part + "_proj.weight";
            made_.push_back(
                floatTensor(whole, {tensor.rows(), tensor.columns()},
                            Floats(values.begin() + expert * each, values.begin() + (expert + 1) * each)));
        }
    }

    /// [head][key rows, then value rows][latent], from [head][latent][key] and [head][value][latent].
    void keysAndValues(const std::string& prefix, const Tensor& keys) {
        const Tensor& values = *file_.findTensor("blk." + prefix.substr(13) + "attn_v_b.weight");
        const std::int64_t key = keys.columns(), latent = keys.rows(), heads = keys.shape[2],
                           value = values.rows();
        const Floats k = floatsOf(keys), v = floatsOf(values);
        Floats both;
        for (std::int64_t head = 0; head < heads; ++head) {
            for (std::int64_t row = 0; row < key; ++row)
                for (std::int64_t column = 0; column < latent; ++column)
                    both.push_back(k[static_cast<std::size_t>((head * latent + column) * key + row)]);
            for (std::int64_t i = 0; i < value * latent; ++i)
                both.push_back(v[static_cast<std::size_t>(head * value * latent + i)]);
        }
        made_.push_back(
            floatTensor(prefix + "self_attn.kv_b_proj.weight", {heads * (key + value), latent}, both));
    }

    const GgufFile file_;
    const std::string architecture_;
    const bool isMixtral_;
    std::vector<SafetensorsTensor> made_;
};

void writeText(const std::filesystem::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

/// The tokenizer of the golden files as a tokenizer.json: byte tokens, five merges, control tokens.
std::string tokenizerJson(const GoldenFolder& model) {
    const auto file = GgufFile::open(goldenFile(model).string(), GgufFile::Access::Header);
    const auto names = *file.strings("tokenizer.ggml.tokens");
    const auto kinds = *file.integers("tokenizer.ggml.token_type");
    nlohmann::json vocabulary = nlohmann::json::object(), added = nlohmann::json::array();
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (kinds[i] == 1)
            vocabulary[std::string(names[i])] = i;
        else
            added.push_back({{"id", i}, {"content", names[i]}, {"special", true}});
    }
    const auto merges = *file.strings("tokenizer.ggml.merges");
    return nlohmann::json({{"added_tokens", added},
                           {"normalizer", nullptr},
                           {"pre_tokenizer", {{"type", "ByteLevel"}, {"add_prefix_space", false}}},
                           {"model", {{"type", "BPE"}, {"vocab", vocabulary}, {"merges", merges}}}})
        .dump();
}

} // namespace

void PrintTo(const GoldenFolder& model, std::ostream* stream) {
    *stream << model.golden;
}

const std::vector<GoldenFolder>& goldenFolders() {
    return kFolders;
}

const GoldenFolder& goldenFolder(const std::string& golden) {
    for (const GoldenFolder& model : kFolders)
        if (model.golden == golden) return model;
    throw std::runtime_error("no such model: " + golden);
}

std::filesystem::path goldenFile(const GoldenFolder& model) {
    return std::filesystem::path(PONDER_SOURCE_DIR) / "tests/golden/models" / model.golden / "model.gguf";
}

std::vector<SafetensorsTensor> tensorsOf(const GoldenFolder& model) {
    return Inverse(model).tensors();
}

void writeFolder(const GoldenFolder& model, const std::filesystem::path& folder,
                 const std::function<void(SafetensorsTensor&)>& change) {
    std::filesystem::create_directories(folder);
    SafetensorsImage halves[2];
    nlohmann::json places = nlohmann::json::object();
    for (SafetensorsTensor& tensor : tensorsOf(model)) {
        const int half = static_cast<int>(places.size() % 2);
        places[tensor.name] = "model-0000" + std::to_string(half + 1) + "-of-00002.safetensors";
        if (change) change(tensor);
        halves[half].tensors.push_back(std::move(tensor));
    }
    for (int half = 0; half < 2; ++half)
        halves[half].write(folder / ("model-0000" + std::to_string(half + 1) + "-of-00002.safetensors"));
    writeText(folder / "model.safetensors.index.json", nlohmann::json({{"weight_map", places}}).dump());
    writeText(folder / "config.json", model.config);
    writeText(folder / "tokenizer.json", tokenizerJson(model));
}

} // namespace ponder::tests
