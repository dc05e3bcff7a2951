#include "app/exchange/chat_builder.h"

#include <QByteArray>
#include <QCryptographicHash>

#include <algorithm>
#include <set>

namespace ponder::app {

namespace {

// Always the same for the same chat.
std::string idFor(std::string_view source, std::string_view id) {
    const QByteArray name = QByteArray::fromStdString(std::string(source) + "\n" + std::string(id));
    return chatIdFrom(QCryptographicHash::hash(name, QCryptographicHash::Sha256).toStdString());
}

void append(std::vector<Part>& parts, const std::vector<Part>& more) {
    for (const Part& part : more) {
        // A tool's answer belongs to what it was asked.
        const bool answers = part.kind == PartKind::Tool && part.input.empty() && !parts.empty() &&
                             parts.back().kind == PartKind::Tool && parts.back().text.empty();
        if (answers)
            parts.back().text = part.text;
        else
            parts.push_back(part);
    }
}

} // namespace

Part attachmentPart(std::string name, std::string text) {
    Part part = textPart(std::move(text));
    part.kind = PartKind::Attachment;
    part.name = std::move(name);
    return part;
}

Part toolPart(std::string name, std::string input, std::string output) {
    Part part = textPart(std::move(output));
    part.kind = PartKind::Tool;
    part.name = std::move(name);
    part.input = std::move(input);
    return part;
}

ChatBuilder::ChatBuilder(std::string_view source, std::string_view id) {
    header.id = idFor(source, id);
}

Conversation ChatBuilder::build(const std::string& current) {
    // Versions of a message are numbered as they came about, not as their ids happen to be sorted.
    std::stable_sort(messages_.begin(), messages_.end(),
                     [](const auto& a, const auto& b) { return a.createdMs < b.createdMs; });
    std::set<std::string> known;
    for (const ForeignMessage& message : messages_) known.insert(message.id);
    for (std::size_t i = 0; i < messages_.size(); ++i) children_.emplace(messages_[i].parent, i);
    for (const ForeignMessage& message : messages_)
        if (!known.contains(message.parent) && !turnOf_.contains(message.id)) addBelow(message.parent, 0);
    // Messages whose parents go round in a circle still have something to say.
    for (const ForeignMessage& message : messages_)
        if (!turnOf_.contains(message.id)) addBelow(message.parent, 0);

    int leaf = 0;
    if (const auto found = turnOf_.find(current); found != turnOf_.end()) leaf = found->second;
    if (leaf == 0 && !turns_.empty()) {
        leaf = std::max_element(turns_.begin(), turns_.end(), [](const Turn& a, const Turn& b) {
                   return a.createdMs < b.createdMs || (a.createdMs == b.createdMs && a.number < b.number);
               })->number;
    }
    for (const Turn& turn : turns_) {
        if (header.createdMs == 0) header.createdMs = turn.createdMs;
        header.updatedMs = std::max(header.updatedMs, turn.createdMs);
    }
    Conversation chat(std::move(header), std::move(turns_));
    if (leaf != 0) chat.select(leaf);
    return chat;
}

void ChatBuilder::addBelow(const std::string& parent, int turn) {
    std::vector<std::pair<std::string, int>> open{
        {parent, turn}}; // a chat may be longer than the stack is deep
    while (!open.empty()) {
        const auto [id, below] = open.back();
        open.pop_back();
        const auto [begin, end] = children_.equal_range(id);
        const std::size_t before = open.size();
        for (auto child = begin; child != end; ++child) {
            const ForeignMessage& message = messages_[child->second];
            if (turnOf_.contains(message.id)) continue;
            const int placed = place(message, below);
            turnOf_[message.id] = placed;
            open.emplace_back(message.id, placed);
        }
        std::reverse(open.begin() + static_cast<std::ptrdiff_t>(before), open.end());
    }
}

bool ChatBuilder::continuesAnswer(const ForeignMessage& message, int turn) const {
    return turn != 0 && message.role == engine::Role::Assistant &&
           turnAt(turn).role == engine::Role::Assistant && children_.count(message.parent) == 1;
}

int ChatBuilder::place(const ForeignMessage& message, int turn) {
    if (message.parts.empty()) return turn;
    if (continuesAnswer(message, turn)) {
        Turn& answer = turnAt(turn);
        append(answer.parts, message.parts);
        answer.finishedMs = std::max(answer.finishedMs, message.createdMs);
        return turn;
    }
    Turn added;
    added.number = static_cast<int>(turns_.size()) + 1;
    added.parent = turn;
    added.role = message.role;
    append(added.parts, message.parts);
    added.createdMs = message.createdMs;
    if (message.role == engine::Role::Assistant) {
        added.finishedMs = message.createdMs;
        added.answer.modelName = message.model;
    }
    (turn == 0 ? header.activeRoot : turnAt(turn).activeChild) = added.number;
    turns_.push_back(std::move(added));
    return turns_.back().number;
}

} // namespace ponder::app
