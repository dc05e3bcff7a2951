#pragma once

#include <optional>
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

/// How the oldest messages of a chat that had become too long were kept from the model.
enum class LeftOutWay { Dropped, Summarised, NotSummarised };

/// What the prompt of an answer did not have because the context was full.
struct LeftOut {
    int through = 0; ///< the last turn of what was left out
    int messages = 0;
    int tokens = 0;
    LeftOutWay way = LeftOutWay::Dropped; ///< NotSummarised: dropped because the summary failed

    bool operator==(const LeftOut&) const = default;
};

/// Kept with the answer's settings; nullopt: nothing was left out.
void recordLeftOut(Turn& turn, const std::optional<LeftOut>& leftOut);
std::optional<LeftOut> recordedLeftOut(const Turn& turn);

/// The settings of a request as the store keeps them: a JSON object.
std::string settingsJson(const engine::ChatRequest& request);

/// What of an unfinished answer the engine is to go on from.
engine::PartialAnswer partialAnswer(const Turn& turn);

} // namespace ponder::app
