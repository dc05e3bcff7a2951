#pragma once

#include <string>

#include "app/conversation.h"

namespace ponder::app {

/// Lets an assistant turn grow by the pieces of an answer, in the window and in the terminal.
void appendPiece(Turn& turn, const engine::AnswerPiece& piece);
void finishAnswer(Turn& turn, const engine::AnswerSummary& summary);
/// The answer ends here without a summary; what there is of it is kept.
void endAnswer(Turn& turn, TurnState state);
/// A closed answer grows again; the pause does not count as thinking.
void reopenAnswer(Turn& turn);
/// The answer ended with an Error; what there is of it is kept.
void failAnswer(Turn& turn, const std::string& message);

/// Which model answers, before its first piece.
void recordModel(Turn& turn, const engine::ModelInfo& info, double loadSeconds);

/// The settings of a request as the store keeps them: a JSON object.
std::string settingsJson(const engine::ChatRequest& request);

/// What of an unfinished answer the engine is to go on from.
engine::PartialAnswer partialAnswer(const Turn& turn);

} // namespace ponder::app
