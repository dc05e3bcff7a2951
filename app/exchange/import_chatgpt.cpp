#include <optional>

#include "app/exchange/chat_builder.h"
#include "app/exchange/import_formats.h"
#include "app/exchange/import_value.h"

namespace ponder::app {

namespace {

using nlohmann::json;

// All texts of a value, however deep: what is left of a content type that nobody here knows.
void gatherTexts(const json& value, std::string& texts) {
    if (value.is_string()) texts += (texts.empty() ? "" : "\n") + value.get<std::string>();
    if (!value.is_array() && !value.is_object()) return;
    for (const auto& [key, member] : value.items())
        if (key != "content_type" && key != "language") gatherTexts(member, texts);
}

std::string thoughtText(const json& content) {
    std::string text;
    for (const json& thought : memberOf(content, "thoughts")) {
        for (const char* key : {"summary", "content"})
            if (const std::string piece = textOf(thought, key); !piece.empty()) text += piece + "\n\n";
    }
    return text.substr(0, text.find_last_not_of('\n') + 1);
}

/// Pictures and sounds are files of their own; spoken chats name them one level deeper.
std::string assetOf(const json& piece) {
    std::string asset = textOf(piece, "asset_pointer");
    if (asset.empty()) asset = textOf(memberOf(piece, "audio_asset_pointer"), "asset_pointer");
    return asset;
}

void addPieces(const json& content, std::vector<Part>& parts) {
    std::string text;
    for (const json& piece : memberOf(content, "parts")) {
        if (piece.is_string()) {
            text += (text.empty() ? "" : "\n") + piece.get<std::string>();
        } else if (const std::string spoken = textOf(piece, "text"); !spoken.empty()) {
            text += (text.empty() ? "" : "\n") + spoken;
        } else if (const std::string asset = assetOf(piece); !asset.empty()) {
            parts.push_back(attachmentPart(asset.substr(asset.find_last_of('/') + 1), {}));
        }
    }
    if (!text.empty()) parts.push_back(textPart(text));
}

/// What a tool is told: newer exports have it as code, older ones as text.
std::string callOf(const json& content) {
    if (std::string text = textOf(content, "text"); !text.empty()) return text;
    std::vector<Part> pieces;
    addPieces(content, pieces);
    return pieces.size() == 1 ? pieces[0].text : std::string();
}

/// A document beside the chat, which the assistant makes as it would call a tool.
std::optional<Part> canvasOf(const std::string& recipient, const json& content) {
    if (recipient != "canmore.create_textdoc") return std::nullopt;
    const json document = json::parse(callOf(content), nullptr, false);
    const std::string name = textOf(document, "name");
    if (name.empty()) return std::nullopt;
    return attachmentPart(name, textOf(document, "content"));
}

std::vector<Part> partsOf(const json& message, std::vector<std::string>& notes) {
    const json& content = memberOf(message, "content");
    const std::string type = textOf(content, "content_type");
    const std::string author = textOf(memberOf(message, "author"), "role");
    const std::string recipient = textOf(message, "recipient");
    std::vector<Part> parts;
    if (type == "thoughts") {
        if (std::string text = thoughtText(content); !text.empty())
            parts.push_back(reasoningPart(std::move(text)));
    } else if (type == "reasoning_recap") {
        if (std::string text = textOf(content, "content"); !text.empty())
            parts.push_back(reasoningPart(std::move(text)));
    } else if (author == "tool") {
        std::string output;
        gatherTexts(content, output);
        parts.push_back(toolPart(textOf(memberOf(message, "author"), "name"), {}, output));
    } else if (auto canvas = canvasOf(recipient, content)) {
        parts.push_back(std::move(*canvas));
    } else if (type == "code") {
        parts.push_back(toolPart(recipient.empty() || recipient == "all" ? "code" : recipient,
                                 textOf(content, "text"), {}));
    } else if (type == "text" || type == "multimodal_text") {
        addPieces(content, parts);
        if (author == "assistant" && !recipient.empty() && recipient != "all" && parts.size() == 1)
            parts = {toolPart(recipient, parts[0].text, {})};
    } else {
        std::string text;
        gatherTexts(content, text);
        if (!text.empty()) parts.push_back(textPart(text));
        notes.push_back("Content of an unknown kind (" + type + ") was kept as text.");
    }
    for (const json& attachment : memberOf(memberOf(message, "metadata"), "attachments")) {
        // The same file, by a name that says more.
        const std::string id = textOf(attachment, "id");
        std::erase_if(parts,
                      [&](const Part& part) { return part.kind == PartKind::Attachment && part.name == id; });
        parts.insert(parts.begin(), attachmentPart(textOf(attachment, "name"), {}));
    }
    return parts;
}

bool isHidden(const json& message) {
    if (!message.is_object()) return true; // the node at the root has none
    if (textOf(memberOf(message, "author"), "role") == "system") return true;
    // What the person told ChatGPT about itself, and what it remembers; no part of what was said here.
    const std::string type = textOf(memberOf(message, "content"), "content_type");
    if (type == "user_editable_context" || type == "model_editable_context") return true;
    return memberOf(memberOf(message, "metadata"), "is_visually_hidden_from_conversation") == json(true);
}

bool recognises(const json& chat) {
    return memberOf(chat, "mapping").is_object() && memberOf(chat, "inserted_at").is_null();
}

Conversation read(const json& chat, std::vector<std::string>& notes) {
    std::string id = textOf(chat, "conversation_id");
    if (id.empty()) id = textOf(chat, "id");
    if (id.empty()) id = textOf(chat, "title") + memberOf(chat, "create_time").dump();
    ChatBuilder builder("ChatGPT", id);
    builder.header.title = textOf(chat, "title");
    builder.header.createdMs = dateOf(memberOf(chat, "create_time"));
    builder.header.updatedMs = dateOf(memberOf(chat, "update_time"));
    const json& nodes = memberOf(chat, "mapping");
    for (const auto& [key, node] : nodes.items()) {
        const json& message = memberOf(node, "message");
        ForeignMessage foreign{.id = key,
                               .parent = textOf(node, "parent"),
                               .role = {},
                               .parts = {},
                               .createdMs = 0,
                               .model = {}};
        foreign.role = textOf(memberOf(message, "author"), "role") == "user" ? engine::Role::User
                                                                             : engine::Role::Assistant;
        if (!isHidden(message)) foreign.parts = partsOf(message, notes);
        foreign.createdMs = dateOf(memberOf(message, "create_time"));
        foreign.model = textOf(memberOf(message, "metadata"), "model_slug");
        builder.add(std::move(foreign));
    }
    return builder.build(textOf(chat, "current_node"));
}

} // namespace

const ChatFormat kChatGptFormat{"ChatGPT", recognises, read};

} // namespace ponder::app
