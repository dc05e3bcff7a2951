#include "app/library/model_card.h"

#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "app/atomic_file.h"
#include "app/paths.h"

namespace ponder::app {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr int kCacheVersion = 1; // a cache of another version is made anew
constexpr std::size_t kLargestCache = 64 << 20;

json toJson(const engine::ModelInfo& info) {
    json memory = json::array();
    for (const engine::MemoryPart& part : info.memory)
        memory.push_back({{"name", part.name}, {"bytes", part.bytes}});
    return {{"name", info.name},
            {"architecture", info.architecture},
            {"quantisation", info.quantisation},
            {"license", info.license},
            {"description", info.description},
            {"identity", info.identity},
            {"reasoningFormat", info.reasoningFormat},
            {"reasoningSwitchable", info.reasoningSwitchable},
            {"sizeBytes", info.sizeBytes},
            {"parameters", info.parameters},
            {"contextTokens", info.contextTokens},
            {"trainedContextTokens", info.trainedContextTokens},
            {"experts", info.experts},
            {"expertsUsed", info.expertsUsed},
            {"memory", memory},
            {"notices", info.notices}};
}

engine::ModelInfo infoFrom(const json& object, const std::string& path) {
    engine::ModelInfo info;
    info.path = path;
    info.name = object.at("name");
    info.architecture = object.at("architecture");
    info.quantisation = object.at("quantisation");
    info.license = object.at("license");
    info.description = object.at("description");
    info.identity = object.at("identity");
    info.reasoningFormat = object.at("reasoningFormat");
    info.reasoningSwitchable = object.at("reasoningSwitchable");
    info.sizeBytes = object.at("sizeBytes");
    info.parameters = object.at("parameters");
    info.contextTokens = object.at("contextTokens");
    info.trainedContextTokens = object.at("trainedContextTokens");
    info.experts = object.at("experts");
    info.expertsUsed = object.at("expertsUsed");
    for (const json& part : object.at("memory")) info.memory.push_back({part.at("name"), part.at("bytes")});
    for (const json& notice : object.at("notices")) info.notices.push_back(notice);
    return info;
}

/// Changes whenever the file's content may have.
std::string fingerprint(const FoundModel& model) {
    std::error_code error;
    const auto written = fs::last_write_time(model.path, error).time_since_epoch().count();
    return std::to_string(model.sizeBytes) + "/" + std::to_string(written) + "/" + PONDER_VERSION;
}

json readCache(const fs::path& file) {
    std::error_code error;
    if (!fs::exists(file, error)) return json::object();
    try {
        json cache = json::parse(readFile(file, kLargestCache), nullptr, false);
        if (cache.is_object() && cache.value("version", 0) == kCacheVersion && cache["cards"].is_object())
            return cache["cards"];
    } catch (const std::exception&) {
        // Made anew below.
    }
    return json::object();
}

void writeCache(const fs::path& file, const json& cards) {
    try {
        makePrivateFolder(file.parent_path());
        const json cache{{"version", kCacheVersion}, {"cards", cards}};
        writeFileAtomically(file, cache.dump(-1, ' ', false, json::error_handler_t::replace));
    } catch (const engine::Error&) {
        // Next time the headers are read again.
    }
}

ModelCard cardFromCache(const FoundModel& model, const json& entry) {
    ModelCard card{.found = model, .info = {}, .problem = entry.at("problem")};
    if (card.problem.empty()) card.info = infoFrom(entry.at("info"), model.path.string());
    return card;
}

std::string oneDecimal(double value, const char* unit) {
    char text[64];
    std::snprintf(text, sizeof text, value < 9.95 ? "%.1f %s" : "%.0f %s", value, unit);
    return text;
}

} // namespace

std::vector<ModelCard> makeCards(const std::vector<FoundModel>& models, const fs::path& cacheFile,
                                 const ModelInspector& inspect) {
    const json known = readCache(cacheFile);
    json kept = json::object();
    std::vector<ModelCard> cards;
    for (const FoundModel& model : models) {
        if (!model.problem.empty()) {
            cards.push_back({.found = model, .info = {}, .problem = model.problem});
            continue;
        }
        const std::string path = model.path.string();
        const std::string print = fingerprint(model);
        if (const auto entry = known.find(path);
            entry != known.end() && entry->value("fingerprint", "") == print) {
            try {
                cards.push_back(cardFromCache(model, *entry));
                kept[path] = *entry;
                continue;
            } catch (const json::exception&) {
                // A card of an odd shape is read from the model again.
            }
        }
        ModelCard card{.found = model, .info = {}, .problem = {}};
        try {
            card.info = inspect(path);
        } catch (const engine::Error& error) {
            card.problem = error.what();
        }
        kept[path] = {{"fingerprint", print}, {"problem", card.problem}, {"info", toJson(card.info)}};
        cards.push_back(std::move(card));
    }
    if (kept != known) writeCache(cacheFile, kept);
    return cards;
}

std::string sizeText(std::uint64_t bytes) {
    const auto value = static_cast<double>(bytes);
    if (bytes >= 1'000'000'000) return oneDecimal(value / 1e9, "GB");
    if (bytes >= 1'000'000) return oneDecimal(value / 1e6, "MB");
    return oneDecimal(value / 1e3, "KB");
}

std::string countText(std::uint64_t count) {
    const auto value = static_cast<double>(count);
    if (count >= 1'000'000'000) return oneDecimal(value / 1e9, "billion");
    if (count >= 1'000'000) return oneDecimal(value / 1e6, "million");
    return std::to_string(count);
}

std::string cardLine(const engine::ModelInfo& info) {
    std::string line = info.architecture;
    if (info.parameters > 0) line += " · " + countText(info.parameters) + " parameters";
    if (!info.quantisation.empty()) line += " · " + info.quantisation;
    if (info.sizeBytes > 0) line += " · " + sizeText(info.sizeBytes);
    return line;
}

} // namespace ponder::app
