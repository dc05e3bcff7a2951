#include <algorithm>
#include <ctime>
#include <nlohmann/json.hpp>

#include "app/exchange/export.h"

namespace ponder::app {

namespace {

using nlohmann::ordered_json;

ordered_json dateOrNull(std::int64_t milliseconds) {
    return milliseconds == 0 ? ordered_json() : ordered_json(dateText(milliseconds));
}

ordered_json numbersAsKeys(const std::vector<int>& numbers) {
    ordered_json keys = ordered_json::array();
    for (const int number : numbers) keys.push_back(std::to_string(number));
    return keys;
}

ordered_json keyOrNull(int number) {
    return number == 0 ? ordered_json() : ordered_json(std::to_string(number));
}

// Keys in the alphabet's order, which is the one the importer writes.
ordered_json settingsObject(const std::string& text) {
    const nlohmann::json settings = nlohmann::json::parse(text, nullptr, false);
    return settings.is_object() ? ordered_json(settings) : ordered_json::object();
}

ordered_json toJson(const Part& part) {
    ordered_json object{{"type", partKindName(part.kind)}};
    if (part.kind == PartKind::Tool) {
        object["name"] = part.name;
        object["input"] = part.input;
        object["output"] = part.text;
    } else {
        if (part.kind == PartKind::Attachment) object["name"] = part.name;
        object["text"] = part.text;
    }
    if (part.tokens > 0) object["tokens"] = part.tokens;
    if (part.startedMs > 0) object["t_start"] = dateText(part.startedMs);
    if (part.endedMs > 0) object["t_end"] = dateText(part.endedMs);
    return object;
}

ordered_json timings(const Turn& turn) {
    const AnswerRecord& answer = turn.answer;
    return {{"prompt_tokens", answer.promptTokens},       {"reused_tokens", answer.reusedTokens},
            {"reasoning_tokens", answer.reasoningTokens}, {"answer_tokens", answer.answerTokens},
            {"load_seconds", answer.loadSeconds},         {"prompt_seconds", answer.promptSeconds},
            {"answer_seconds", answer.answerSeconds}};
}

ordered_json toJson(const Turn& turn, const Conversation& chat) {
    ordered_json node{{"parent", std::to_string(turn.parent)},
                      {"children", numbersAsKeys(chat.children(turn.number))},
                      {"active_child", keyOrNull(turn.activeChild)},
                      {"role", roleName(turn.role)},
                      {"created", dateOrNull(turn.createdMs)}};
    ordered_json parts = ordered_json::array();
    for (const Part& part : turn.parts) parts.push_back(toJson(part));
    node["parts"] = parts;
    if (turn.role != engine::Role::Assistant) return node;
    node["finished"] = dateOrNull(turn.finishedMs);
    node["state"] = turnStateName(turn.state);
    node["stop_reason"] = turn.answer.stop;
    if (!turn.answer.failure.empty()) node["failure"] = turn.answer.failure;
    node["model"] = {{"name", turn.answer.modelName},
                     {"sha256", turn.answer.modelIdentity},
                     {"path", turn.answer.modelPath},
                     {"engine", turn.answer.engineVersion}};
    node["params"] = settingsObject(turn.answer.settings);
    node["timings"] = timings(turn);
    return node;
}

// The root "0" stands for the chat itself, so that a first prompt can have versions too.
ordered_json toJson(const Conversation& chat) {
    const ChatHeader& header = chat.header;
    ordered_json nodes = ordered_json::object();
    nodes["0"] = {{"parent", nullptr},
                  {"children", numbersAsKeys(chat.children(0))},
                  {"active_child", keyOrNull(header.activeRoot)},
                  {"role", "root"},
                  {"parts", ordered_json::array()}};
    for (const Turn& turn : chat.turns()) nodes[std::to_string(turn.number)] = toJson(turn, chat);
    const std::vector<int> path = chat.activePath();
    return {{"id", header.id},
            {"title", header.title},
            {"title_by_person", header.titleOrigin == TitleOrigin::Person},
            {"created", dateOrNull(header.createdMs)},
            {"updated", dateOrNull(header.updatedMs)},
            {"folder", header.folder},
            {"tags", ordered_json::array()},
            {"pinned", header.pinned},
            {"archived", dateOrNull(header.archivedMs)},
            {"system", header.system},
            {"settings", settingsObject(header.settings)},
            {"model", {{"path", header.modelPath}}},
            {"root", "0"},
            {"active_leaf", std::to_string(path.empty() ? 0 : path.back())},
            {"reading", keyOrNull(header.readingTurn)},
            {"nodes", nodes}};
}

} // namespace

std::string exportJson(const std::vector<Conversation>& chats, std::int64_t nowMs) {
    ordered_json list = ordered_json::array();
    for (const Conversation& chat : chats) list.push_back(toJson(chat));
    const ordered_json document{{"format", "ponder-chats"},
                                {"version", 1},
                                {"app", "Ponder " PONDER_VERSION},
                                {"exported_at", dateText(nowMs)},
                                {"chats", list}};
    return document.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

std::string dateText(std::int64_t milliseconds) {
    if (milliseconds == 0) return {};
    const std::time_t seconds = milliseconds / 1000;
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    char date[32];
    std::strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S", &utc);
    char fraction[16];
    std::snprintf(fraction, sizeof fraction, ".%03dZ", static_cast<int>(milliseconds % 1000));
    return std::string(date) + fraction;
}

std::string dayText(std::int64_t milliseconds) {
    const std::time_t seconds = milliseconds / 1000;
    std::tm local{};
    localtime_r(&seconds, &local);
    char date[32];
    std::strftime(date, sizeof date, "%Y-%m-%d", &local);
    return date;
}

} // namespace ponder::app
