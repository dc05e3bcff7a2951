#include "app/exchange/chat_builder.h"
#include "app/exchange/import_formats.h"
#include "app/exchange/import_value.h"

namespace ponder::app {

namespace {

using nlohmann::json;

ForeignMessage messageOf(const std::string& id, const json& node, std::vector<std::string>& notes) {
    const json& message = memberOf(node, "message");
    ForeignMessage foreign{.id = id,
                           .parent = textOf(node, "parent"),
                           .role = engine::Role::Assistant,
                           .parts = {},
                           .createdMs = dateOf(memberOf(message, "inserted_at")),
                           .model = textOf(message, "model")};
    for (const json& file : memberOf(message, "files")) {
        std::string name = textOf(file, "file_name");
        foreign.parts.push_back(
            attachmentPart(name.empty() ? textOf(file, "name") : name, textOf(file, "content")));
    }
    for (const json& fragment : memberOf(message, "fragments")) {
        const std::string type = textOf(fragment, "type");
        std::string text = textOf(fragment, "content");
        if (type == "REQUEST") foreign.role = engine::Role::User;
        if (text.empty()) continue;
        if (type == "THINK") {
            foreign.parts.push_back(reasoningPart(std::move(text)));
        } else {
            if (type != "REQUEST" && type != "RESPONSE")
                notes.push_back("Content of an unknown kind (" + type + ") was kept as text.");
            foreign.parts.push_back(textPart(std::move(text)));
        }
    }
    return foreign;
}

bool recognises(const json& chat) {
    return memberOf(chat, "mapping").is_object() && !memberOf(chat, "inserted_at").is_null();
}

Conversation read(const json& chat, std::vector<std::string>& notes) {
    ChatBuilder builder("DeepSeek", textOf(chat, "id"));
    builder.header.title = textOf(chat, "title");
    builder.header.createdMs = dateOf(memberOf(chat, "inserted_at"));
    builder.header.updatedMs = dateOf(memberOf(chat, "updated_at"));
    for (const auto& [id, node] : memberOf(chat, "mapping").items()) builder.add(messageOf(id, node, notes));
    return builder.build({}); // the newest leaf is the active one
}

} // namespace

const ChatFormat kDeepSeekFormat{"DeepSeek", recognises, read};

} // namespace ponder::app
