#include "app/exchange/export.h"
#include "app/exchange/plain_text.h"

namespace ponder::app {

namespace {

std::string speaker(const Turn& turn) {
    if (turn.role == engine::Role::User) return "You";
    return turn.answer.modelName.empty() ? "Assistant" : turn.answer.modelName;
}

void appendTurn(const Turn& turn, std::string& text) {
    text += speaker(turn) + ":\n";
    for (const Part& part : turn.parts) {
        if (part.kind == PartKind::Reasoning) continue;
        if (!part.name.empty()) text += "[" + part.name + "]\n";
        if (!part.input.empty()) text += part.input + "\n";
        text += (part.kind == PartKind::Text && turn.role == engine::Role::Assistant ? plainText(part.text)
                                                                                     : part.text);
        if (!text.ends_with('\n')) text += "\n";
    }
    if (turn.state == TurnState::Failed) text += turn.answer.failure + "\n";
    text += "\n";
}

} // namespace

std::string exportText(const std::vector<Conversation>& chats) {
    std::string text;
    for (const Conversation& chat : chats) {
        if (!text.empty()) text += "\n\n";
        text += chat.header.title + "\n\n";
        for (const int number : chat.activePath()) appendTurn(chat.turn(number), text);
        text.pop_back();
    }
    return text;
}

} // namespace ponder::app
