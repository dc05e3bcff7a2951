#include "app/exchange/chat_builder.h"
#include "app/exchange/import_formats.h"
#include "app/exchange/import_value.h"
#include "app/exchange/marked_text.h"

namespace ponder::app {

namespace {

using nlohmann::json;

// Ids are texts today and were numbers once.
std::string idOf(const json& object, const char* key) {
    const json& id = memberOf(object, key);
    if (id.is_string()) return id.get<std::string>();
    return id.is_number() ? id.dump() : std::string();
}

std::vector<Part> partsOf(const json& message) {
    std::vector<Part> parts;
    for (const json& extra : memberOf(message, "extra"))
        parts.push_back(attachmentPart(textOf(extra, "name"), textOf(extra, "content")));
    for (const char* key : {"reasoningContent", "thinking"})
        if (std::string text = textOf(message, key); !text.empty())
            parts.push_back(reasoningPart(std::move(text)));
    if (textOf(message, "role") == "assistant") {
        for (Part& part : partsOfText(textOf(message, "content"))) parts.push_back(std::move(part));
        if (std::string calls = textOf(message, "toolCalls"); !calls.empty())
            parts.push_back(toolPart("tool calls", std::move(calls), {}));
    } else if (std::string text = textOf(message, "content"); !text.empty()) {
        parts.push_back(textPart(std::move(text)));
    }
    return parts;
}

bool recognises(const json& chat) {
    return memberOf(chat, "conv").is_object() && memberOf(chat, "messages").is_array();
}

Conversation read(const json& chat, std::vector<std::string>&) {
    const json& about = memberOf(chat, "conv");
    ChatBuilder builder("llama.cpp", idOf(about, "id"));
    builder.header.title = textOf(about, "name");
    builder.header.updatedMs = dateOf(memberOf(about, "lastModified"));
    for (const json& message : memberOf(chat, "messages")) {
        const std::string role = textOf(message, "role");
        const bool shown = textOf(message, "type") != "root" && role != "system";
        if (role == "system" && builder.header.system.empty())
            builder.header.system = textOf(message, "content");
        builder.add({.id = idOf(message, "id"),
                     .parent = idOf(message, "parent"),
                     .role = role == "user" ? engine::Role::User : engine::Role::Assistant,
                     .parts = shown ? partsOf(message) : std::vector<Part>(),
                     .createdMs = dateOf(memberOf(message, "timestamp")),
                     .model = textOf(message, "model")});
    }
    return builder.build(idOf(about, "currNode"));
}

} // namespace

const ChatFormat kLlamaCppFormat{"llama.cpp", recognises, read};

} // namespace ponder::app
