#include "app/exchange/chat_builder.h"
#include "app/exchange/import_formats.h"
#include "app/exchange/import_value.h"
#include "app/exchange/marked_text.h"

namespace ponder::app {

namespace {

using nlohmann::json;

std::vector<Part> partsOf(const json& message) {
    std::vector<Part> parts;
    for (const json& piece : memberOf(message, "content")) {
        if (textOf(piece, "type") == "image_url") {
            parts.push_back(attachmentPart("picture", {}));
            continue;
        }
        const json& text = memberOf(piece, "text");
        const std::string value = text.is_string() ? text.get<std::string>() : textOf(text, "value");
        if (textOf(piece, "type") == "reasoning") {
            parts.push_back(reasoningPart(value));
        } else {
            for (Part& part : partsOfText(value)) parts.push_back(std::move(part));
        }
    }
    return parts;
}

// readChats puts each thread and its lines of messages.jsonl together.
bool recognises(const json& chat) {
    return memberOf(chat, "janThread").is_object();
}

Conversation read(const json& chat, std::vector<std::string>&) {
    const json& thread = memberOf(chat, "janThread");
    ChatBuilder builder("Jan", textOf(thread, "id"));
    builder.header.title = textOf(thread, "title");
    builder.header.createdMs = dateOf(memberOf(thread, "created"));
    builder.header.updatedMs = dateOf(memberOf(thread, "updated"));
    std::string model;
    if (const json& assistants = memberOf(thread, "assistants");
        assistants.is_array() && !assistants.empty()) {
        builder.header.system = textOf(assistants[0], "instructions");
        model = textOf(memberOf(assistants[0], "model"), "id");
    }
    if (model.empty()) model = textOf(memberOf(thread, "model"), "id");
    std::string last;
    int number = 0;
    for (const json& message : memberOf(chat, "janMessages")) {
        const std::string id = std::to_string(++number);
        const std::string role = textOf(message, "role");
        builder.add({.id = id,
                     .parent = last,
                     .role = role == "assistant" ? engine::Role::Assistant : engine::Role::User,
                     .parts = role == "system" ? std::vector<Part>() : partsOf(message),
                     .createdMs = dateOf(memberOf(message, "created_at")),
                     .model = model});
        last = id;
    }
    return builder.build(last);
}

} // namespace

const ChatFormat kJanFormat{"Jan", recognises, read};

} // namespace ponder::app
