#include <cstdlib>

#include "app/exchange/import_formats.h"
#include "app/exchange/import_value.h"

namespace ponder::app {

namespace {

using nlohmann::json;

int nodeNumber(const json& object, const char* key) {
    return std::atoi(textOf(object, key).c_str());
}

Part partFrom(const json& object) {
    Part part;
    part.kind = partKindFromName(textOf(object, "type"));
    part.name = textOf(object, "name");
    part.input = textOf(object, "input");
    part.text = textOf(object, part.kind == PartKind::Tool ? "output" : "text");
    part.tokens = static_cast<int>(numberOf(object, "tokens"));
    part.startedMs = dateOf(memberOf(object, "t_start"));
    part.endedMs = dateOf(memberOf(object, "t_end"));
    return part;
}

std::string settingsText(const json& settings) {
    return settings.is_object() && !settings.empty() ? settings.dump() : std::string();
}

AnswerRecord answerFrom(const json& node) {
    const json& model = memberOf(node, "model");
    const json& timings = memberOf(node, "timings");
    const auto count = [&](const char* key) { return static_cast<int>(numberOf(timings, key)); };
    return {.modelName = textOf(model, "name"),
            .modelIdentity = textOf(model, "sha256"),
            .modelPath = textOf(model, "path"),
            .engineVersion = textOf(model, "engine"),
            .settings = settingsText(memberOf(node, "params")),
            .stop = textOf(node, "stop_reason"),
            .failure = textOf(node, "failure"),
            .promptTokens = count("prompt_tokens"),
            .reusedTokens = count("reused_tokens"),
            .reasoningTokens = count("reasoning_tokens"),
            .answerTokens = count("answer_tokens"),
            .loadSeconds = secondsOf(timings, "load_seconds"),
            .promptSeconds = secondsOf(timings, "prompt_seconds"),
            .answerSeconds = secondsOf(timings, "answer_seconds")};
}

Turn turnFrom(int number, const json& node) {
    Turn turn;
    turn.number = number;
    turn.parent = nodeNumber(node, "parent");
    turn.activeChild = nodeNumber(node, "active_child");
    turn.role = engine::Role::User;
    if (textOf(node, "role") == roleName(engine::Role::Assistant)) turn.role = engine::Role::Assistant;
    turn.createdMs = dateOf(memberOf(node, "created"));
    for (const json& part : memberOf(node, "parts")) turn.parts.push_back(partFrom(part));
    if (turn.role != engine::Role::Assistant) return turn;
    turn.finishedMs = dateOf(memberOf(node, "finished"));
    turn.state = turnStateFromName(textOf(node, "state"));
    // Nobody is writing an answer that comes out of a file.
    if (turn.state == TurnState::Streaming) turn.state = TurnState::Interrupted;
    turn.answer = answerFrom(node);
    return turn;
}

bool recognises(const json& chat) {
    return memberOf(chat, "nodes").is_object() && memberOf(chat, "root").is_string();
}

Conversation read(const json& chat, std::vector<std::string>&) {
    ChatHeader header;
    header.id = textOf(chat, "id");
    if (header.id.empty()) throw engine::Error("The chat has no id.");
    header.title = textOf(chat, "title");
    header.titleOrigin =
        memberOf(chat, "title_by_person") == json(true) ? TitleOrigin::Person : TitleOrigin::Automatic;
    header.system = textOf(chat, "system");
    header.modelPath = textOf(memberOf(chat, "model"), "path");
    header.folder = textOf(chat, "folder");
    header.settings = settingsText(memberOf(chat, "settings"));
    header.createdMs = dateOf(memberOf(chat, "created"));
    header.updatedMs = dateOf(memberOf(chat, "updated"));
    header.archivedMs = dateOf(memberOf(chat, "archived"));
    header.pinned = memberOf(chat, "pinned") == json(true);
    header.activeRoot = nodeNumber(memberOf(memberOf(chat, "nodes"), "0"), "active_child");
    header.readingTurn = nodeNumber(chat, "reading");
    std::vector<Turn> turns;
    for (const auto& [key, node] : memberOf(chat, "nodes").items()) {
        const int number = std::atoi(key.c_str());
        if (number > 0) turns.push_back(turnFrom(number, node));
    }
    return Conversation(std::move(header), std::move(turns));
}

} // namespace

const ChatFormat kPonderFormat{"Ponder", recognises, read};

} // namespace ponder::app
