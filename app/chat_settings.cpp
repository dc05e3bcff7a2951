#include "app/chat_settings.h"

#include <array>
#include <cmath>
#include <utility>

#include <nlohmann/json.hpp>

namespace ponder::app {

namespace {

using nlohmann::json;

constexpr int kMostTokens = 1 << 24;

constexpr std::array<std::pair<ContextPolicy, const char*>, 4> kPolicies{{
    {ContextPolicy::Ask, "ask"},
    {ContextPolicy::DropOldest, "drop oldest"},
    {ContextPolicy::Summarise, "summarise"},
    {ContextPolicy::Stop, "stop"},
}};

void read(const json& object, const char* name, std::optional<float>& value, float least, float most) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_number()) return;
    const auto number = found->get<float>();
    if (number >= least && number <= most) value = number;
}

std::optional<std::int64_t> readWhole(const json& object, const char* name, std::int64_t most) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_number_integer()) return std::nullopt;
    if (found->is_number_unsigned() && found->get<std::uint64_t>() > std::uint64_t(most)) return std::nullopt;
    const auto number = found->get<std::int64_t>();
    if (number < 0) return std::nullopt;
    return number;
}

std::string readWord(const json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

template <typename Value>
void write(json& object, const char* name, const std::optional<Value>& value) {
    if (value) object[name] = *value;
}

} // namespace

std::string chatSettingsText(const ChatSettings& settings) {
    json object = json::object();
    write(object, "temperature", settings.temperature);
    write(object, "topP", settings.topP);
    write(object, "minP", settings.minP);
    write(object, "repetitionPenalty", settings.repetitionPenalty);
    write(object, "topK", settings.topK);
    // A number of 64 bits does not survive every reader of JSON.
    if (settings.seed) object["seed"] = std::to_string(*settings.seed);
    if (settings.maximumTokens > 0) object["maximumTokens"] = settings.maximumTokens;
    if (settings.reasoning != engine::ReasoningMode::ModelDefault)
        object["reasoning"] = settings.reasoning == engine::ReasoningMode::On;
    if (!settings.reasoningEffort.empty()) object["reasoningEffort"] = settings.reasoningEffort;
    if (settings.reasoningBudget > 0) object["reasoningBudget"] = settings.reasoningBudget;
    if (settings.pastThoughts)
        object["pastThoughts"] = *settings.pastThoughts == PastThoughts::Keep ? "keep" : "leave out";
    for (const auto& [policy, word] : kPolicies)
        if (settings.whenFull == policy) object["whenFull"] = word;
    return object.empty() ? std::string() : object.dump(-1, ' ', false, json::error_handler_t::replace);
}

ChatSettings chatSettingsFrom(std::string_view text) {
    ChatSettings settings;
    const json object = json::parse(text, nullptr, false);
    if (!object.is_object()) return settings;
    read(object, "temperature", settings.temperature, 0, 5);
    read(object, "topP", settings.topP, 0, 1);
    read(object, "minP", settings.minP, 0, 1);
    read(object, "repetitionPenalty", settings.repetitionPenalty, 0.1f, 5);
    if (const auto topK = readWhole(object, "topK", kMostTokens)) settings.topK = int(*topK);
    if (const std::string seed = readWord(object, "seed"); !seed.empty() && seed.size() <= 20) {
        char* end = nullptr;
        const std::uint64_t number = std::strtoull(seed.c_str(), &end, 10);
        if (*end == '\0') settings.seed = number;
    }
    settings.maximumTokens = int(readWhole(object, "maximumTokens", kMostTokens).value_or(0));
    settings.reasoningBudget = int(readWhole(object, "reasoningBudget", kMostTokens).value_or(0));
    if (const auto on = object.find("reasoning"); on != object.end() && on->is_boolean())
        settings.reasoning = on->get<bool>() ? engine::ReasoningMode::On : engine::ReasoningMode::Off;
    settings.reasoningEffort = readWord(object, "reasoningEffort").substr(0, 32);
    const std::string thoughts = readWord(object, "pastThoughts");
    if (thoughts == "keep") settings.pastThoughts = PastThoughts::Keep;
    if (thoughts == "leave out") settings.pastThoughts = PastThoughts::LeaveOut;
    const std::string whenFull = readWord(object, "whenFull");
    for (const auto& [policy, word] : kPolicies)
        if (whenFull == word) settings.whenFull = policy;
    return settings;
}

void applySettings(engine::ChatRequest& request, const ChatSettings& chat, const Settings& program) {
    engine::SamplingSettings& sampling = request.sampling;
    sampling.temperature = chat.temperature ? chat.temperature : program.temperature;
    sampling.topP = chat.topP ? chat.topP : program.topP;
    sampling.minP = chat.minP;
    sampling.repetitionPenalty = chat.repetitionPenalty;
    sampling.topK = chat.topK;
    sampling.seed = chat.seed;
    request.maximumTokens = chat.maximumTokens > 0 ? chat.maximumTokens : program.maximumTokens;
    request.reasoning = chat.reasoning;
    request.reasoningEffort = chat.reasoningEffort;
    request.reasoningBudget = chat.reasoningBudget;
}

PastThoughts pastThoughtsOf(const ChatSettings& chat, const Settings& program) {
    return chat.pastThoughts.value_or(program.pastThoughts);
}

} // namespace ponder::app
