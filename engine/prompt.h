#pragma once

#include "engine/loaded_model.h"
#include "engine/text/answer_splitter.h"

#include <vector>

namespace ponder::engine {

/// What the model is given before it answers, as text.
struct PromptText {
    std::vector<PromptSegment> segments;
    AnswerSplitter::Start start = AnswerSplitter::Start::InText;
    /// The first segment that is not the template's: where an answer that is continued begins.
    std::size_t answerSegment = 0;
};

/// The same as tokens, and whether the first token that follows is a thought.
struct Prompt {
    std::vector<TokenId> tokens;
    AnswerSplitter::Start start = AnswerSplitter::Start::InText;
};

/// Messages → template → segments, with a half-finished answer appended where one is continued, and the
/// thought closed before it begins where reasoning is switched off. The answer counts as one message more.
/// Throws Error: the template failed.
PromptText composePrompt(const LoadedModel& loaded, const ChatRequest& request);

/// The composed prompt → tokens. Throws Error as `composePrompt` does.
Prompt buildPrompt(const LoadedModel& loaded, const ChatRequest& request);

} // namespace ponder::engine
