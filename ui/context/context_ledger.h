#pragma once

#include <QString>

#include <vector>

namespace ponder::ui {

/// A message as the model will see it.
struct LedgerRow {
    QString who;
    QString words;
    int tokens = 0;
    QString note;           ///< what of it is left out, or where it comes from
    bool isLeftOut = false; ///< the model will not see it
};

/// A stretch of the exact prompt.
struct PromptRun {
    QString text;
    bool markup = false; ///< the template's, not anybody's words
};

struct PromptToken {
    int id = 0;
    QString text;
    bool markup = false;
};

/// Everything the next prompt is made of.
struct ContextLedger {
    std::vector<LedgerRow> rows;
    std::vector<PromptRun> prompt;
    std::vector<PromptToken> tokens;
    int markupTokens = 0;
    int totalTokens = 0;
    int cachedTokens = 0;
    int contextTokens = 0;
    QString news;    ///< what will happen because the context is full; empty: nothing
    QString problem; ///< why there is none; the rest is empty then
};

} // namespace ponder::ui
