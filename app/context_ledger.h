#pragma once

#include <string>
#include <vector>

#include "app/conversation.h"
#include "ui/context/context_ledger.h"

namespace ponder::app {

/// What a message of the next prompt is, beside what the engine is told of it.
struct PromptEntry {
    int turn = 0;             ///< 0: the system prompt, or what is being written
    int message = -1;         ///< place in the request; -1: left out
    std::string words = {};   ///< of those left out
    bool hasThoughts = false; ///< which are left out
};

/// The request that the open chat would send next, and where its messages come from.
struct NextPrompt {
    engine::ChatRequest request;
    std::vector<PromptEntry> entries; ///< oldest first
};

ui::ContextLedger ledgerOf(const NextPrompt& next, const engine::PromptPreview& preview);
/// The messages without their tokens, and why.
ui::ContextLedger emptyLedger(const NextPrompt& next, const QString& problem);

} // namespace ponder::app
