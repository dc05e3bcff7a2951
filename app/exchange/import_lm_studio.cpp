#include "app/exchange/chat_builder.h"
#include "app/exchange/import_formats.h"
#include "app/exchange/import_value.h"
#include "app/exchange/marked_text.h"

namespace ponder::app {

namespace {

using nlohmann::json;

/// A result belongs to the call before it.
void addTool(Part tool, std::vector<Part>& parts) {
    const bool answers = tool.name.empty() && !parts.empty() && parts.back().kind == PartKind::Tool;
    if (answers)
        parts.back().text = std::move(tool.text);
    else
        parts.push_back(std::move(tool));
}

void addContent(const json& content, bool isThought, std::vector<Part>& parts) {
    for (const json& piece : content) {
        const std::string type = textOf(piece, "type");
        if (type == "toolCallRequest") {
            const json& given = memberOf(piece, "parameters");
            addTool(toolPart(textOf(piece, "name"), given.is_null() ? "" : given.dump(), {}), parts);
        } else if (type == "toolCallResult") {
            const json& result = memberOf(piece, "content");
            addTool(toolPart({}, {}, result.is_string() ? result.get<std::string>() : result.dump()), parts);
        } else if (std::string name = textOf(piece, "fileIdentifier"); !name.empty()) {
            parts.push_back(attachmentPart(std::move(name), {}));
        } else if (std::string text = textOf(piece, "text"); !text.empty()) {
            Part part = isThought ? reasoningPart(std::move(text)) : textPart(std::move(text));
            part.tokens = static_cast<int>(numberOf(piece, "tokensCount"));
            parts.push_back(std::move(part));
        }
    }
}

std::vector<Part> partsOf(const json& version) {
    std::vector<Part> parts;
    addContent(memberOf(version, "content"), false, parts);
    for (const json& step : memberOf(version, "steps"))
        addContent(memberOf(step, "content"), textOf(memberOf(step, "style"), "type") == "thinking", parts);
    // Older versions keep the thoughts within the text.
    if (textOf(version, "role") == "assistant" && parts.size() == 1 && parts[0].kind == PartKind::Text)
        parts = partsOfText(parts[0].text);
    return parts;
}

std::string systemPrompt(const json& chat) {
    for (const json& field : memberOf(memberOf(chat, "perChatPredictionConfig"), "fields"))
        if (textOf(field, "key") == "llm.prediction.systemPrompt") return textOf(field, "value");
    return textOf(chat, "systemPrompt");
}

bool recognises(const json& chat) {
    const json& messages = memberOf(chat, "messages");
    if (!messages.is_array() || memberOf(chat, "createdAt").is_null()) return false;
    return messages.empty() || memberOf(messages[0], "versions").is_array();
}

Conversation read(const json& chat, std::vector<std::string>&) {
    const json& created = memberOf(chat, "createdAt");
    ChatBuilder builder("LM Studio", created.dump());
    builder.header.title = textOf(chat, "name");
    builder.header.pinned = memberOf(chat, "pinned") == json(true);
    builder.header.createdMs = dateOf(created);
    builder.header.system = systemPrompt(chat);
    std::string selected;
    int number = 0;
    for (const json& message : memberOf(chat, "messages")) {
        const json& versions = memberOf(message, "versions");
        const std::string place = std::to_string(number++) + ".";
        for (std::size_t i = 0; i < versions.size(); ++i) {
            const bool isAnswer = textOf(versions[i], "role") == "assistant";
            builder.add({.id = place + std::to_string(i),
                         .parent = selected,
                         .role = isAnswer ? engine::Role::Assistant : engine::Role::User,
                         .parts = textOf(versions[i], "role") == "system" ? std::vector<Part>()
                                                                          : partsOf(versions[i]),
                         .createdMs = 0,
                         .model = textOf(memberOf(versions[i], "senderInfo"), "senderName")});
        }
        const auto chosen = static_cast<std::size_t>(numberOf(message, "currentlySelected"));
        if (!versions.empty()) selected = place + std::to_string(chosen < versions.size() ? chosen : 0);
    }
    return builder.build(selected);
}

} // namespace

const ChatFormat kLmStudioFormat{"LM Studio", recognises, read};

} // namespace ponder::app
