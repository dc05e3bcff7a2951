#pragma once

#include <string>
#include <vector>

#include "app/conversation.h"
#include "ui/message_content.h"

namespace ponder::app {

/// What the window shows of one turn.
ui::MessageContent shownMessage(const Conversation& conversation, const Turn& turn);
/// Where the model's view of the chat begins.
struct ShownCut {
    int below = 0; ///< the turn; 0: it sees all of it
    QString words;

    bool operator==(const ShownCut&) const = default;
};
/// As it was for the latest answer that has begun.
ShownCut shownCut(const Conversation& conversation);

/// The active path, oldest first.
std::vector<ui::MessageContent> shownMessages(const Conversation& conversation);

/// How a finished turn ends in the view.
ui::AnswerEnd shownEnd(const Turn& turn);
ui::AnswerFigures shownFigures(const AnswerRecord& answer);

/// The first characters of a text on one line, at most so many.
QString shownBeginning(const std::string& text, int characters);

/// "What happened. What to do." as two lines.
ui::Failure shownFailure(const QString& message);

} // namespace ponder::app
