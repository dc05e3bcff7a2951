#include "engine/sampling_defaults.h"

#include "engine/format/gguf_file.h"
#include "engine/sampling/sampler.h"

#include <cctype>
#include <limits>
#include <string>

namespace ponder::engine {

namespace {

/// One family's generation_config.json. What it does not name is off: its makers sampled without it.
struct Published {
    std::string_view architecture;
    std::string_view name; ///< part of general.name in small letters; empty: all of the architecture
    float temperature = 1;
    int topK = 0;
    float topP = 1;
    float minP = 0;
    float repetitionPenalty = 1;
};

// The first row that fits counts.
constexpr Published kPublished[] = {
    {"deepseek2", "kimi", 0.6f},
    {"deepseek2", "v2", 0.3f, 0, 0.95f},
    {"deepseek2", "v3-0324", 0.3f, 0, 0.95f},
    {"deepseek2", "r1", 0.6f, 0, 0.95f},
    {"deepseek2", "v3", 0.6f, 0, 0.95f},
    {"deepseek32", "", 0.6f, 0, 0.95f},
    {"deepseek4", "", 1.0f, 0, 1.0f},
    {"ernie4_5", "", 0.8f, 0, 0.8f},
    {"ernie4_5-moe", "", 0.8f, 0, 0.8f},
    {"gemma3", "", 1.0f, 64, 0.95f},
    {"gemma4", "", 1.0f, 64, 0.95f},
    {"glm4moe", "4.5", 0.6f, 0, 0.95f},
    {"glm4moe", "", 1.0f, 0, 0.95f},
    {"gpt-oss", "", 1.0f, 0, 1.0f},
    {"hunyuan-dense", "", 0.7f, 20, 0.8f, 0, 1.05f},
    {"hunyuan-moe", "", 0.7f, 20, 0.8f, 0, 1.05f},
    {"lfm2", "", 0.3f, 0, 1.0f, 0.15f, 1.05f},
    {"lfm2moe", "", 0.3f, 0, 1.0f, 0.15f, 1.05f},
    {"llama", "r1", 0.6f, 0, 0.95f},
    {"llama", "llama-3", 0.6f, 0, 0.9f},
    {"llama", "llama 3", 0.6f, 0, 0.9f},
    {"llama", "smollm2", 0.2f, 0, 0.9f},
    {"llama", "magistral", 0.7f, 0, 0.95f},
    {"minimax-m2", "", 1.0f, 40, 0.95f},
    {"qwen2", "r1", 0.6f, 0, 0.95f},
    {"qwen2", "qwq", 0.6f, 40, 0.95f},
    {"qwen2", "", 0.7f, 20, 0.8f, 0, 1.05f},
    {"qwen2moe", "", 0.7f, 20, 0.8f, 0, 1.05f},
    {"qwen3", "instruct", 0.7f, 20, 0.8f},
    {"qwen3", "", 0.6f, 20, 0.95f},
    {"qwen3moe", "instruct", 0.7f, 20, 0.8f},
    {"qwen3moe", "coder", 0.7f, 20, 0.8f, 0, 1.05f},
    {"qwen3moe", "", 0.6f, 20, 0.95f},
    {"qwen3next", "instruct", 0.7f, 20, 0.8f},
    {"qwen3next", "", 0.6f, 20, 0.95f},
    {"qwen35", "", 1.0f, 20, 0.95f},
    {"qwen35moe", "", 1.0f, 20, 0.95f},
    {"smollm3", "", 0.6f, 0, 0.95f},
};

std::string inSmallLetters(std::string_view text) {
    std::string small;
    for (const char c : text) small += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return small;
}

SamplingSettings publishedFor(const GgufFile& file) {
    const std::string_view architecture = file.string("general.architecture").value_or("");
    const MetadataEntry* entry = file.find("general.name");
    const bool hasName = entry && entry->type == MetadataType::String;
    const std::string name = inSmallLetters(hasName ? file.string("general.name")->substr(0, 256) : "");
    SamplingSettings settings;
    for (const Published& row : kPublished) {
        if (row.architecture != architecture || name.find(row.name) == std::string::npos) continue;
        settings.temperature = row.temperature;
        settings.topK = row.topK;
        settings.topP = row.topP;
        settings.minP = row.minP;
        settings.repetitionPenalty = row.repetitionPenalty;
        break;
    }
    return settings;
}

} // namespace

SamplingSettings defaultsFor(const GgufFile& file) {
    SamplingSettings settings = publishedFor(file);
    const auto readNumber = [&](const char* key, std::optional<float>& field) {
        if (const auto value = file.number(std::string("general.sampling.") + key)) {
            field = static_cast<float>(*value);
        }
    };
    const auto readCount = [&](const char* key, std::optional<int>& field) {
        const std::int64_t most = std::numeric_limits<int>::max();
        if (const auto value = file.integer(std::string("general.sampling.") + key, -1, most)) {
            field = static_cast<int>(*value);
        }
    };
    readNumber("temp", settings.temperature);
    readNumber("top_p", settings.topP);
    readNumber("min_p", settings.minP);
    readNumber("penalty_repeat", settings.repetitionPenalty);
    readCount("top_k", settings.topK);
    readCount("penalty_last_n", settings.penaltyTokens);
    // -1 is llama.cpp's word for the whole vocabulary and the whole context.
    if (settings.topK == -1) settings.topK = 0;
    if (settings.penaltyTokens == -1) settings.penaltyTokens = std::numeric_limits<int>::max();
    Sampler::check(settings);
    return settings;
}

} // namespace ponder::engine
