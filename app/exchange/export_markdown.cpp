#include "app/exchange/export.h"

namespace ponder::app {

namespace {

void appendTurn(const Turn& turn, std::string& text) {
    text += turn.role == engine::Role::User ? "### User\n\n" : "### Assistant\n\n";
    for (const Part& part : turn.parts) {
        switch (part.kind) {
        case PartKind::Reasoning:
            text += "<details>\n<summary>Thoughts</summary>\n\n" + part.text + "\n\n</details>\n\n";
            break;
        case PartKind::Attachment:
            text += "**" + part.name + "**\n\n" + part.text + "\n\n";
            break;
        case PartKind::Tool:
            text += "**" + part.name + "**\n\n" + part.input + "\n\n" + part.text + "\n\n";
            break;
        case PartKind::Text:
            text += part.text + "\n\n";
            break;
        }
    }
    if (turn.state == TurnState::Failed) text += "*" + turn.answer.failure + "*\n\n";
}

} // namespace

std::string exportMarkdown(const std::vector<Conversation>& chats, std::int64_t nowMs) {
    std::string text;
    for (const Conversation& chat : chats) {
        if (!text.empty()) text += "---\n\n";
        text += "# " + chat.header.title + "\n\nExported from Ponder on " + dayText(nowMs) + "\n\n";
        if (!chat.header.system.empty()) text += "### System\n\n" + chat.header.system + "\n\n";
        for (const int number : chat.activePath()) appendTurn(chat.turn(number), text);
    }
    while (text.ends_with("\n\n")) text.pop_back();
    return text;
}

} // namespace ponder::app
