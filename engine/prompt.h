#pragma once

#include "engine/loaded_model.h"
#include "engine/text/answer_splitter.h"

#include <span>
#include <string>
#include <vector>

namespace ponder::engine {

/// What the model is given before it answers, as text.
struct PromptText {
    std::vector<PromptSegment> segments;
    AnswerSplitter::Start start = AnswerSplitter::Start::InText;
    /// The first segment that is not the template's: where an answer that is continued begins. No token
    /// reaches across its beginning, for none did when the answer was given.
    std::size_t answerSegment = std::string::npos;
    AnswerSplitter::Start templateStart = AnswerSplitter::Start::InText; ///< before that segment
};

/// The same as tokens, with the splitter that takes what follows them.
struct Prompt {
    std::vector<TokenId> tokens;
    AnswerSplitter splitter;
    std::vector<AnswerPiece> pieces = {}; ///< of tokens that were asked for, to be handed out first
    bool ended = false;                   ///< the last of those ends the answer
};

/// Messages → template → segments, with a half-finished answer appended where one is continued, and the
/// thought closed before it begins where reasoning is switched off. The answer counts as one message more.
/// Throws Error: the template failed.
PromptText composePrompt(const LoadedModel& loaded, const ChatRequest& request);

/// The composed prompt → tokens. `history` are the tokens last evaluated: an answer at their end that is to
/// be continued keeps its own. Throws Error as `composePrompt` does, and for tokens that do not exist.
Prompt buildPrompt(const LoadedModel& loaded, const ChatRequest& request, std::span<const TokenId> history);

/// Markup that closes a thought whose text ends with `before`.
std::vector<TokenId> closingTokens(const LoadedModel& loaded, std::string_view before);

/// Lets `splitter` take a token as the answer's next one.
std::vector<AnswerPiece> takeToken(const LoadedModel& loaded, AnswerSplitter& splitter, TokenId token);

} // namespace ponder::engine
