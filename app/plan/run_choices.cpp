#include "app/plan/run_choices.h"

#include <nlohmann/json.hpp>

#include "app/atomic_file.h"
#include "app/paths.h"

namespace ponder::app {

namespace {

using nlohmann::json;

constexpr std::size_t kLargestFile = 4 << 20;
constexpr int kMostTokens = 1 << 24;

RunChoice choiceFrom(const json& entry) {
    RunChoice choice;
    if (const auto tokens = entry.find("contextTokens");
        tokens != entry.end() && tokens->is_number_integer()) {
        const auto count = tokens->get<std::int64_t>();
        if (count > 0 && count <= kMostTokens) choice.contextTokens = static_cast<int>(count);
    }
    if (const auto type = entry.find("cacheType"); type != entry.end() && type->is_string()) {
        for (const engine::CacheType known : engine::kCacheTypes) {
            if (type->get<std::string>() == engine::cacheTypeName(known)) choice.cacheType = known;
        }
    }
    if (const auto share = entry.find("expertsInMemory"); share != entry.end() && share->is_number()) {
        const double part = share->get<double>();
        if (part >= 0 && part <= 1) choice.expertsInMemory = part;
    }
    return choice;
}

} // namespace

engine::PlanRequest planRequest(const RunChoice& choice, int threads) {
    return {.contextTokens = choice.contextTokens,
            .cacheType = choice.cacheType.value_or(engine::CacheType::F16),
            .expertsInMemory = choice.expertsInMemory,
            .threads = threads};
}

RunChoices::RunChoices(std::filesystem::path file) : file_(std::move(file)) {
    std::error_code error;
    if (!std::filesystem::exists(file_, error)) return;
    try {
        choices_ = parse(readFile(file_, kLargestFile));
    } catch (const engine::Error&) {
        // What cannot be read is chosen anew.
    }
}

RunChoice RunChoices::of(const std::string& model) const {
    const auto found = choices_.find(model);
    return found == choices_.end() ? RunChoice() : found->second;
}

void RunChoices::set(const std::string& model, const RunChoice& choice) {
    if (choice == RunChoice())
        choices_.erase(model);
    else
        choices_[model] = choice;
}

void RunChoices::save() const {
    makePrivateFolder(file_.parent_path());
    writeFileAtomically(file_, toJson(choices_));
}

std::string RunChoices::toJson(const std::map<std::string, RunChoice>& choices) {
    json object = json::object();
    for (const auto& [model, choice] : choices) {
        json entry = json::object();
        if (choice.contextTokens > 0) entry["contextTokens"] = choice.contextTokens;
        if (choice.cacheType) entry["cacheType"] = engine::cacheTypeName(*choice.cacheType);
        if (choice.expertsInMemory) entry["expertsInMemory"] = *choice.expertsInMemory;
        object[model] = entry;
    }
    return object.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

std::map<std::string, RunChoice> RunChoices::parse(std::string_view text) {
    std::map<std::string, RunChoice> choices;
    const json object = json::parse(text, nullptr, false);
    if (!object.is_object()) return choices;
    for (const auto& [model, entry] : object.items()) {
        if (!entry.is_object()) continue;
        const RunChoice choice = choiceFrom(entry);
        if (choice != RunChoice()) choices[model] = choice;
    }
    return choices;
}

} // namespace ponder::app
