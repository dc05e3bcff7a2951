#pragma once

#include <set>

#include "app/context_fit.h"
#include "app/conversation.h"
#include "ui/context/context_ledger.h"

namespace ponder::app {

/// The request that the open chat would send next; its last message is what is being written.
struct NextPrompt {
    engine::ChatRequest request;
    std::set<std::size_t> withoutThoughts; ///< messages that had thoughts, which are left out
    std::vector<int> tokens = {};          ///< of each message, once they are known
    engine::ChatRequest sent = {};         ///< what of it reaches the model
    std::size_t leftOut = 0;               ///< the oldest messages, because the context is full
    std::string summary = {};              ///< stands in their place; empty: nothing does
    QString news = {};                     ///< what will happen because the context is full
};

/// `preview`: of `next.sent`.
ui::ContextLedger ledgerOf(const NextPrompt& next, const engine::PromptPreview& preview);
/// The messages without their tokens, and why.
ui::ContextLedger emptyLedger(const NextPrompt& next, const QString& problem);

} // namespace ponder::app
