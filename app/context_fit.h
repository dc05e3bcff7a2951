#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/engine.h"

namespace ponder::app {

/// What each message of a request takes of the model's context, in tokens, the template's markup before it
/// included.
struct PromptCost {
    std::vector<int> messages = {};
    int around = 0;    ///< before the first message and behind the last one: in every prompt
    int continued = 0; ///< of an answer that goes on
    int context = 0;   ///< what there is

    int total() const;
};

/// The part of a request that is to be counted: all of it, but of extremely long chats the newest messages.
engine::ChatRequest countedPart(const engine::ChatRequest& request);
/// The cost of the whole request; what has not been counted is estimated.
PromptCost costOf(const engine::ChatRequest& request, const engine::PromptPreview& countedPart);

/// True where nothing has to be counted to know that prompt and answer fit: no token is shorter than a byte.
bool surelyFits(const engine::ChatRequest& request, int contextTokens);
/// How much of the context is kept for the answer.
int answerRoom(const engine::ChatRequest& request, int contextTokens);
bool leavesRoom(const engine::ChatRequest& request, const PromptCost& cost);

/// How long a summary of what is left out may be.
int summaryTokens(int contextTokens);
/// What it takes of the context at most, with the words around it.
int summaryRoom(int contextTokens);

/// Messages that stand before everything else and are never left out.
std::size_t systemMessages(const engine::ChatRequest& request);

/// How many of the oldest messages behind the system prompt have to be left out: whole questions with their
/// answers, never the last question. `reserved`: tokens that what takes their place needs. It looks back at
/// how the chat grew: each time it had become too long, so much was left out that it could grow by half
/// again. So the cut moves rarely, and what the engine has in its cache stays of use. The same chat has the
/// same cut.
std::size_t leftOutOf(const engine::ChatRequest& request, const PromptCost& cost, int reserved);

engine::ChatRequest withoutOldest(engine::ChatRequest request, std::size_t count);
/// The same with a summary in their place, kSummaryMessages long.
engine::ChatRequest withSummary(engine::ChatRequest request, std::size_t count, const std::string& summary);
constexpr std::size_t kSummaryMessages = 2;

} // namespace ponder::app
