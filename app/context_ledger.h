#pragma once

#include <set>

#include "app/conversation.h"
#include "ui/context/context_ledger.h"

namespace ponder::app {

/// The request that the open chat would send next; its last message is what is being written.
struct NextPrompt {
    engine::ChatRequest request;
    std::set<std::size_t> withoutThoughts; ///< messages that had thoughts, which are left out
};

ui::ContextLedger ledgerOf(const NextPrompt& next, const engine::PromptPreview& preview);
/// The messages without their tokens, and why.
ui::ContextLedger emptyLedger(const NextPrompt& next, const QString& problem);

} // namespace ponder::app
