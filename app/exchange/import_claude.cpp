#include "app/exchange/chat_builder.h"
#include "app/exchange/import_formats.h"
#include "app/exchange/import_value.h"

namespace ponder::app {

namespace {

using nlohmann::json;

std::string outputOf(const json& block) {
    const json& content = memberOf(block, "content");
    if (content.is_string()) return content.get<std::string>();
    std::string output;
    for (const json& piece : content)
        if (const std::string text = textOf(piece, "text"); !text.empty())
            output += (output.empty() ? "" : "\n") + text;
    return output;
}

std::vector<Part> partsOf(const json& message, std::vector<std::string>& notes) {
    std::vector<Part> parts;
    for (const json& file : memberOf(message, "attachments"))
        parts.push_back(attachmentPart(textOf(file, "file_name"), textOf(file, "extracted_content")));
    for (const json& file : memberOf(message, "files"))
        parts.push_back(attachmentPart(textOf(file, "file_name"), {}));
    const std::size_t attachments = parts.size();
    for (const json& block : memberOf(message, "content")) {
        const std::string type = textOf(block, "type");
        if (type == "thinking") {
            parts.push_back(reasoningPart(textOf(block, "thinking")));
        } else if (type == "tool_use") {
            const json& input = memberOf(block, "input");
            parts.push_back(toolPart(textOf(block, "name"), input.is_null() ? "" : input.dump(), {}));
        } else if (type == "tool_result") {
            parts.push_back(toolPart(textOf(block, "name"), {}, outputOf(block)));
        } else if (std::string text = textOf(block, "text"); !text.empty()) {
            parts.push_back(textPart(std::move(text)));
            if (type != "text")
                notes.push_back("Content of an unknown kind (" + type + ") was kept as text.");
        }
    }
    if (parts.size() == attachments) // older exports have the text alone
        if (std::string text = textOf(message, "text"); !text.empty())
            parts.push_back(textPart(std::move(text)));
    return parts;
}

bool recognises(const json& chat) {
    return memberOf(chat, "chat_messages").is_array();
}

Conversation read(const json& chat, std::vector<std::string>& notes) {
    ChatBuilder builder("Claude", textOf(chat, "uuid"));
    builder.header.title = textOf(chat, "name");
    builder.header.createdMs = dateOf(memberOf(chat, "created_at"));
    builder.header.updatedMs = dateOf(memberOf(chat, "updated_at"));
    std::string last;
    for (const json& message : memberOf(chat, "chat_messages")) {
        ForeignMessage foreign{.id = textOf(message, "uuid"),
                               .parent = last,
                               .role = engine::Role::User,
                               .parts = partsOf(message, notes),
                               .createdMs = dateOf(memberOf(message, "created_at")),
                               .model = textOf(chat, "model")};
        if (foreign.id.empty())
            foreign.id = "message " + std::to_string(&message - &memberOf(chat, "chat_messages")[0]);
        if (textOf(message, "sender") != "human") foreign.role = engine::Role::Assistant;
        // Newer exports say where an edited prompt branches off.
        if (const std::string parent = textOf(message, "parent_message_uuid"); !parent.empty())
            foreign.parent = parent;
        last = foreign.id;
        builder.add(std::move(foreign));
    }
    return builder.build(textOf(chat, "current_leaf_message_uuid"));
}

} // namespace

const ChatFormat kClaudeFormat{"Claude", recognises, read};

} // namespace ponder::app
