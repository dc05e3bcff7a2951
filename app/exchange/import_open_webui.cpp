#include "app/exchange/chat_builder.h"
#include "app/exchange/import_formats.h"
#include "app/exchange/import_value.h"
#include "app/exchange/marked_text.h"

namespace ponder::app {

namespace {

using nlohmann::json;

// Older exports have the chat without what the server keeps about it.
const json& chatOf(const json& entry) {
    return memberOf(entry, "chat").is_object() ? memberOf(entry, "chat") : entry;
}

std::vector<Part> partsOf(const json& message) {
    std::vector<Part> parts;
    for (const json& file : memberOf(message, "files")) {
        const json& data = memberOf(memberOf(file, "file"), "data");
        parts.push_back(attachmentPart(textOf(file, "name"), textOf(data, "content")));
    }
    for (const char* key : {"reasoning_content", "reasoning"})
        if (std::string text = textOf(message, key); !text.empty())
            parts.push_back(reasoningPart(std::move(text)));
    std::vector<Part> text = textOf(message, "role") == "assistant"
                                 ? partsOfText(textOf(message, "content"))
                                 : std::vector<Part>{textPart(textOf(message, "content"))};
    if (text.size() == 1 && text[0].text.empty()) text.clear();
    parts.insert(parts.end(), text.begin(), text.end());
    return parts;
}

bool recognises(const json& entry) {
    return memberOf(memberOf(chatOf(entry), "history"), "messages").is_object();
}

Conversation read(const json& entry, std::vector<std::string>&) {
    const json& chat = chatOf(entry);
    const json& history = memberOf(chat, "history");
    std::string id = textOf(entry, "id");
    if (id.empty()) id = textOf(chat, "id");
    if (id.empty()) id = textOf(chat, "title") + memberOf(chat, "timestamp").dump();
    ChatBuilder builder("Open WebUI", id);
    builder.header.title = textOf(chat, "title");
    if (builder.header.title.empty()) builder.header.title = textOf(entry, "title");
    builder.header.pinned = memberOf(entry, "pinned") == json(true);
    builder.header.createdMs = dateOf(memberOf(entry, "created_at"));
    builder.header.updatedMs = dateOf(memberOf(entry, "updated_at"));
    builder.header.system = textOf(memberOf(chat, "params"), "system");
    if (builder.header.system.empty()) builder.header.system = textOf(chat, "system");
    for (const auto& [key, message] : memberOf(history, "messages").items()) {
        const std::string role = textOf(message, "role");
        builder.add({.id = key,
                     .parent = textOf(message, "parentId"),
                     .role = role == "assistant" ? engine::Role::Assistant : engine::Role::User,
                     .parts = role == "system" ? std::vector<Part>() : partsOf(message),
                     .createdMs = dateOf(memberOf(message, "timestamp")),
                     .model = textOf(message, "model")});
    }
    return builder.build(textOf(history, "currentId"));
}

} // namespace

const ChatFormat kOpenWebUiFormat{"Open WebUI", recognises, read};

} // namespace ponder::app
