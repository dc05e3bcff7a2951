#include "engine/engine.h"
#include "engine/loaded_model.h"
#include "engine/model/kv_cache.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ponder::engine {

namespace {

using Json = nlohmann::ordered_json;

// Longer lists (vocabularies) are counted, not printed.
constexpr std::uint64_t kLongestList = 64;
constexpr std::size_t kLongestText = 4000;

Json metadataValue(const GgufFile& file, const MetadataEntry& entry) {
    switch (entry.type) {
    case MetadataType::String:
        return cleanForDisplay(*file.string(entry.key, 2 * kLongestText), kLongestText);
    case MetadataType::Bool:
        return *file.boolean(entry.key);
    case MetadataType::F32:
    case MetadataType::F64:
        return *file.number(entry.key);
    case MetadataType::Array:
        break;
    case MetadataType::U64: {
        const double value = *file.number(entry.key);
        if (value > 9e18) return value;
        return *file.integer(entry.key, INT64_MIN, INT64_MAX);
    }
    default:
        return *file.integer(entry.key, INT64_MIN, INT64_MAX);
    }
    if (entry.count > kLongestList) return "list of " + std::to_string(entry.count);
    if (entry.elementType == MetadataType::String) {
        Json list = Json::array();
        const std::vector<std::string_view> texts = *file.strings(entry.key);
        for (std::string_view text : texts) list.push_back(cleanForDisplay(text, kLongestText));
        return list;
    }
    if (entry.elementType == MetadataType::F32 || entry.elementType == MetadataType::F64) {
        return *file.numbers(entry.key);
    }
    if (entry.elementType == MetadataType::Bool) return "list of " + std::to_string(entry.count);
    return *file.integers(entry.key);
}

Json samplingJson(const SamplingSettings& sampling) {
    Json json = Json::object();
    if (sampling.temperature) json["temperature"] = *sampling.temperature;
    if (sampling.topK) json["topK"] = *sampling.topK;
    if (sampling.topP) json["topP"] = *sampling.topP;
    if (sampling.minP) json["minP"] = *sampling.minP;
    if (sampling.repetitionPenalty) json["repetitionPenalty"] = *sampling.repetitionPenalty;
    if (sampling.presencePenalty) json["presencePenalty"] = *sampling.presencePenalty;
    if (sampling.frequencyPenalty) json["frequencyPenalty"] = *sampling.frequencyPenalty;
    return json;
}

/// How many layers there are of each kind.
Json layersJson(const ModelConfig& config) {
    const auto count = [&config](LayerKind kind) {
        return std::count_if(config.layer.begin(), config.layer.begin() + config.layers,
                             [kind](const LayerSettings& layer) { return layer.kind == kind; });
    };
    Json json{{"attention", count(LayerKind::Attention)}};
    if (const auto layers = count(LayerKind::Convolution); layers > 0) json["short convolution"] = layers;
    if (const auto layers = count(LayerKind::Delta); layers > 0) json["gated delta net"] = layers;
    return json;
}

/// What a conversation takes of memory, keys and values as half-precision numbers.
std::vector<MemoryPart> contextParts(const ModelConfig& config) {
    const auto windows = KvCache::windows(config, kernels::CacheType::F16);
    std::uint64_t windowBytes = 0;
    std::uint64_t perToken = KvCache::bytesPerToken(config, kernels::CacheType::F16);
    for (const KvCache::WindowBytes& each : windows) {
        windowBytes += static_cast<std::uint64_t>(each.window) * each.perToken;
        perToken -= each.perToken;
    }
    std::vector<MemoryPart> parts{{"Context, for a token", perToken}};
    for (const KvCache::WindowBytes& each : windows) {
        const auto rows = static_cast<std::uint64_t>(WindowLimits{}.mostRows(each.window, windowBytes));
        const std::string name = "Context, windows of " + std::to_string(each.window) + ", ";
        parts.push_back({name + "for a token", each.perToken});
        parts.push_back({name + "at most", each.perToken * rows});
    }
    if (const std::uint64_t fixed = KvCache::fixedBytes(config); fixed > 0)
        parts.push_back({"Context, however short", fixed});
    return parts;
}

} // namespace

std::string inspectModelJson(const std::string& path) {
    const LoadedModel loaded(path, GgufFile::Access::Header);
    const ModelInfo info = loaded.describe();
    Json json{{"path", info.path},
              {"name", info.name},
              {"architecture", info.architecture},
              {"quantisation", info.quantisation},
              {"license", info.license},
              {"description", info.description},
              {"identity", info.identity},
              {"sizeBytes", info.sizeBytes},
              {"parameters", info.parameters},
              {"contextTokens", info.trainedContextTokens},
              {"experts", info.experts},
              {"expertsUsed", info.expertsUsed},
              {"reasoningFormat", info.reasoningFormat},
              {"reasoningSwitchable", info.reasoningSwitchable},
              {"reasoningBudgetable", info.reasoningBudgetable},
              {"reasoningEfforts", info.reasoningEfforts},
              {"sampling", samplingJson(info.sampling)},
              {"chatTemplate", loaded.templateSource},
              {"notices", info.notices}};
    json["memory"] = Json::array();
    for (const MemoryPart& part : info.memory)
        json["memory"].push_back({{"name", part.name}, {"bytes", part.bytes}});
    for (const MemoryPart& part : contextParts(loaded.model.config()))
        json["memory"].push_back({{"name", part.name}, {"bytes", part.bytes}});
    json["layers"] = layersJson(loaded.model.config());
    json["metadata"] = Json::object();
    for (const MetadataEntry& entry : loaded.model.file().metadata()) {
        json["metadata"][entry.key] = metadataValue(loaded.model.file(), entry);
    }
    json["tensors"] = Json::array();
    for (const Tensor& tensor : loaded.model.file().tensors()) {
        Json shape = Json::array();
        for (int i = 0; i < tensor.dimensions; ++i)
            shape.push_back(tensor.shape[static_cast<std::size_t>(i)]);
        json["tensors"].push_back({{"name", tensor.name},
                                   {"type", kernels::typeLayout(tensor.type).name},
                                   {"shape", shape},
                                   {"bytes", tensor.sizeBytes}});
    }
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

} // namespace ponder::engine
