#pragma once

#include "engine/loaded_model.h"
#include "engine/text/answer_splitter.h"

#include <vector>

namespace ponder::engine {

/// What the model is given before it answers, and whether its first token is a thought.
struct Prompt {
    std::vector<TokenId> tokens;
    AnswerSplitter::Start start = AnswerSplitter::Start::InText;
};

/// Messages → template → segments → tokens, with a half-finished answer appended where one is continued, and
/// the thought closed before it begins where reasoning is switched off. Throws Error: the template failed.
Prompt buildPrompt(const LoadedModel& loaded, const ChatRequest& request);

} // namespace ponder::engine
