#include "app/exchange/chat_builder.h"
#include "app/exchange/import_formats.h"
#include "app/exchange/import_value.h"

namespace ponder::app {

namespace {

using nlohmann::json;

/// Exports of early 2025 have the texts side by side and no fragments; who speaks is known by the turn.
void addOldForm(const json& message, ForeignMessage& foreign) {
    if (std::string text = textOf(message, "reasoning_content"); !text.empty())
        foreign.parts.push_back(reasoningPart(std::move(text)));
    if (std::string text = textOf(message, "content"); !text.empty())
        foreign.parts.push_back(textPart(std::move(text)));
    if (textOf(message, "role") == "USER") foreign.role = engine::Role::User;
}

/// Of messages that do not say who speaks, every second one below the root is the person's.
bool isPersons(const json& nodes, std::string id) {
    std::size_t depth = 0;
    for (std::size_t i = 0; i <= nodes.size() && !memberOf(nodes, id.c_str()).is_null(); ++i) {
        if (!memberOf(memberOf(nodes, id.c_str()), "message").is_null()) ++depth;
        id = textOf(memberOf(nodes, id.c_str()), "parent");
    }
    return depth % 2 == 1;
}

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
        if (text.empty()) {
            if (type != "REQUEST" && type != "THINK" && type != "RESPONSE")
                notes.push_back("Content of an unknown kind (" + type + ") was left out.");
            continue;
        }
        if (type == "THINK") {
            foreign.parts.push_back(reasoningPart(std::move(text)));
        } else {
            if (type != "REQUEST" && type != "RESPONSE")
                notes.push_back("Content of an unknown kind (" + type + ") was kept as text.");
            foreign.parts.push_back(textPart(std::move(text)));
        }
    }
    if (memberOf(message, "fragments").is_null()) addOldForm(message, foreign);
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
    const json& nodes = memberOf(chat, "mapping");
    for (const auto& [id, node] : nodes.items()) {
        ForeignMessage message = messageOf(id, node, notes);
        const json& source = memberOf(node, "message");
        const bool saysWho = memberOf(source, "fragments").is_array() || memberOf(source, "role").is_string();
        if (!saysWho && isPersons(nodes, id)) message.role = engine::Role::User;
        builder.add(std::move(message));
    }
    return builder.build({}); // the newest leaf is the active one
}

} // namespace

const ChatFormat kDeepSeekFormat{"DeepSeek", recognises, read};

} // namespace ponder::app
