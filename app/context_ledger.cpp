#include "app/context_ledger.h"

#include <QCoreApplication>

namespace ponder::app {

namespace {

constexpr int kShownWords = 160; // characters

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ContextLedger)
};

QString whoSays(engine::Role role) {
    switch (role) {
    case engine::Role::System:
        return Words::tr("System prompt");
    case engine::Role::User:
        return Words::tr("You");
    case engine::Role::Assistant:
        return Words::tr("Model");
    }
    return {};
}

QString firstWords(const std::string& text) {
    return QString::fromStdString(text.substr(0, 4 * kShownWords)).simplified().left(kShownWords);
}

std::vector<ui::LedgerRow> rowsOf(const NextPrompt& next, const std::vector<int>& tokens) {
    std::vector<ui::LedgerRow> rows;
    for (const PromptEntry& entry : next.entries) {
        ui::LedgerRow row;
        row.leftOut = entry.message < 0;
        if (row.leftOut) {
            row.who = Words::tr("Left out");
            row.words = firstWords(entry.words);
            row.note = Words::tr("to make room");
        } else {
            const engine::Message& message = next.request.messages[std::size_t(entry.message)];
            row.who = whoSays(message.role);
            row.words = firstWords(message.text);
            if (std::size_t(entry.message) < tokens.size()) row.tokens = tokens[std::size_t(entry.message)];
            if (entry.turn == 0 && message.role == engine::Role::User)
                row.note = message.text.empty() ? Words::tr("your next message") : Words::tr("not sent yet");
            else if (entry.hasThoughts)
                row.note = Words::tr("its thoughts are left out");
            else if (!message.reasoning.empty())
                row.note = Words::tr("with its thoughts");
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace

ui::ContextLedger ledgerOf(const NextPrompt& next, const engine::PromptPreview& preview) {
    ui::ContextLedger ledger;
    ledger.rows = rowsOf(next, preview.messageTokens);
    ledger.markupTokens = preview.markupTokens;
    ledger.totalTokens = preview.totalTokens;
    ledger.cachedTokens = preview.cachedTokens;
    ledger.contextTokens = preview.contextTokens;
    for (const engine::PreviewSegment& segment : preview.segments)
        ledger.prompt.push_back(
            {QString::fromStdString(segment.text), segment.origin == engine::PromptOrigin::Markup});
    for (const engine::PreviewToken& token : preview.tokens)
        ledger.tokens.push_back({token.id, QString::fromStdString(token.text), token.message < 0});
    return ledger;
}

ui::ContextLedger emptyLedger(const NextPrompt& next, const QString& problem) {
    ui::ContextLedger ledger;
    ledger.rows = rowsOf(next, {});
    ledger.problem = problem;
    return ledger;
}

} // namespace ponder::app
