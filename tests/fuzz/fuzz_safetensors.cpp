// A folder of a stranger's: headers of safetensors files, config.json and tokenizer.json. Whatever is in them
// is understood or refused with Error. The first byte of an input says which of them the rest is.

#include "engine/convert/family_settings.h"
#include "engine/convert/tokenizer_metadata.h"
#include "engine/format/safetensors_file.h"
#include "engine/support/check.h"
#include "engine/support/error.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/support/safetensors_image.h"

#include <sys/mman.h>
#include <unistd.h>

namespace ponder::fuzz {

namespace {

using namespace engine;

constexpr char kFile = 'f';
constexpr char kConfig = 'c';
constexpr char kTokenizer = 't';

class MemoryFile {
public:
    explicit MemoryFile(std::string_view content) : descriptor_(::memfd_create("weights", MFD_CLOEXEC)) {
        CHECK(descriptor_ >= 0);
        CHECK(::pwrite(descriptor_, content.data(), content.size(), 0) ==
              static_cast<ssize_t>(content.size()));
    }
    ~MemoryFile() { ::close(descriptor_); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

private:
    int descriptor_;
};

void tryFile(std::string_view content) {
    const MemoryFile memory(content);
    const SafetensorsFile file(memory.path());
    std::uint64_t bytes = 0;
    for (const SafetensorsEntry& entry : file.entries()) {
        CHECK(entry.fileOffset <= content.size() && entry.sizeBytes <= content.size() - entry.fileOffset);
        CHECK(entry.elements() >= 0);
        bytes += entry.sizeBytes;
        std::vector<std::byte> all(entry.sizeBytes);
        file.read(entry, 0, all);
    }
    CHECK(bytes <= content.size());
}

/// Throws Error where the text is none.
SettingsFile settings(std::string_view text) {
    const MemoryFile memory(text);
    return SettingsFile(memory.path(), 1 << 20);
}

void tryConfig(std::string_view text) {
    const SettingsFile config = settings(text);
    const FamilySettings family = readFamilySettings(config);
    CHECK(family.layers > 0 && family.heads > 0 && family.keyLength > 0);
    GgufMetadata metadata;
    addFamilyMetadata(config, family, metadata);
    CHECK(metadata.has(family.architecture + ".block_count"));
}

void tryTokenizer(std::string_view text) {
    constexpr int kRows = 300;
    const SettingsFile tokenizer = settings(text);
    // The same object once more as the other files: they are looked through for other keys.
    GgufMetadata metadata;
    addTokenizerMetadata({.tokenizer = tokenizer,
                          .tokenizerConfig = tokenizer,
                          .generation = tokenizer,
                          .config = tokenizer,
                          .chatTemplate = {}},
                         kRows, metadata);
    CHECK(metadata.has("tokenizer.ggml.tokens"));
}

} // namespace

void tryInput(std::string_view input) {
    if (input.empty()) return;
    const std::string_view rest = input.substr(1);
    try {
        if (input[0] == kFile) tryFile(rest);
        if (input[0] == kConfig) tryConfig(rest);
        if (input[0] == kTokenizer) tryTokenizer(rest);
    } catch (const Error&) {
        // Refused, as it should be.
    }
}

std::vector<std::string> seeds() {
    tests::SafetensorsImage image;
    image.tensors = {tests::floatTensor("a", {2, 3}, {1, 2, 3, 4, 5, 6}),
                     tests::floatTensor("b", {2}, {7, 8}),
                     {.name = "c", .type = "F8_E4M3", .shape = {3, 1, 1}, .data = "xyz"}};
    return {
        kFile + image.bytes(),
        kConfig +
            std::string(
                R"({"model_type":"llama","hidden_size":64,"intermediate_size":160,"num_attention_heads":4,)"
                R"("num_hidden_layers":3,"num_key_value_heads":2,"max_position_embeddings":4096,"rms_norm_eps":1e-6,)"
                R"("rope_scaling":{"rope_type":"llama3","factor":8.0,"low_freq_factor":1.0,"high_freq_factor":4.0,)"
                R"("original_max_position_embeddings":64},"tie_word_embeddings":true})"),
        kConfig +
            std::string(
                R"({"model_type":"deepseek_v3","hidden_size":64,"intermediate_size":160,"num_attention_heads":4,)"
                R"("num_hidden_layers":3,"max_position_embeddings":4096,"kv_lora_rank":32,"q_lora_rank":48,)"
                R"("qk_nope_head_dim":24,"qk_rope_head_dim":16,"v_head_dim":24,"n_routed_experts":8,)"
                R"("num_experts_per_tok":2,"n_group":2,"topk_group":1,"moe_intermediate_size":8,)"
                R"("rope_parameters":{"rope_type":"yarn","factor":40,"mscale_all_dim":1.0}})"),
        kTokenizer +
            std::string(
                R"({"model":{"type":"BPE","vocab":{"a":0,"b":1,"ab":2},"merges":["a b",["a","b"]]},)"
                R"("pre_tokenizer":{"type":"Sequence","pretokenizers":[{"type":"ByteLevel","use_regex":true}]},)"
                R"("added_tokens":[{"id":3,"content":"<s>","special":true}],"bos_token":"<s>",)"
                R"("eos_token":{"content":"<s>"},"eos_token_id":[1,2],"add_bos_token":null,)"
                R"("chat_template":[{"name":"default","template":"x"},{"name":"tool","template":"y"}],)"
                R"("post_processor":{"single":[{"SpecialToken":{"id":"<s>"}}]}})"),
        kTokenizer +
            std::string(
                R"({"model":{"type":"BPE","byte_fallback":true,"unk_token":"<unk>",)"
                R"("vocab":{"<unk>":0,"<0x0A>":1,"▁":2,"a":3,"▁a":4},"merges":["▁ a"]},)"
                R"("normalizer":{"type":"Sequence","normalizers":[{"type":"Prepend","prepend":"▁"}]}})")};
}

} // namespace ponder::fuzz
