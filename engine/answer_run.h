#pragma once

#include "engine/answer_constraint.h"
#include "engine/prompt.h"
#include "engine/sampling/stop_texts.h"
#include "engine/timeline/timeline.h"

#include <optional>

namespace ponder::engine {

/// One answer from an evaluated prompt to its end: token after token, told apart as thought and text, cut off
/// by stop texts, limits and the thinking budget. One thread.
class AnswerRun {
public:
    /// `schema`: of the request's JSON schema, null where it has none. All but the prompt must outlive the
    /// run. Throws Error: a setting out of range, or an answer to go on from that does not follow the schema.
    AnswerRun(const LoadedModel& loaded, Timeline& timeline, const ChatRequest& request, Prompt prompt,
              const AnswerSink& sink, GrammarMasks* schema = nullptr);

    const std::vector<TokenId>& promptTokens() const { return prompt_.tokens; }

    /// Completes `summary`, whose prompt's part is known. Throws Error when the model's numbers are broken.
    /// Requires: the timeline holds the prompt.
    AnswerSummary run(AnswerSummary summary, const std::stop_token& stop);

private:
    bool goesOn(AnswerSummary& summary, const std::stop_token& stop);
    bool isWhole(const AnswerSummary& summary) const;
    bool isOverBudget(const AnswerSummary& summary) const;
    void closeThought(AnswerSummary& summary);
    void take(TokenId token, AnswerSummary& summary);
    void handOut(const std::vector<AnswerPiece>& pieces);
    void emit(const AnswerPiece& piece) const;

    const LoadedModel& loaded_;
    Timeline& timeline_;
    const ChatRequest& request_;
    const AnswerSink& sink_;
    Prompt prompt_;
    std::optional<AnswerConstraint> constraint_;
    Sampler sampler_;
    StopTexts stopTexts_;
    int mostTokens_ = 0;
};

} // namespace ponder::engine
