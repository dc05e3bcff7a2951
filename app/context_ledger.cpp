#include "app/context_ledger.h"

#include <QCoreApplication>

#include "app/shown_message.h"

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

QString noteOn(const NextPrompt& next, std::size_t place) {
    const engine::Message& message = next.request.messages[place];
    if (place + 1 == next.request.messages.size())
        return message.text.empty() ? Words::tr("your next message") : Words::tr("not sent yet");
    if (next.withoutThoughts.contains(place)) return Words::tr("its thoughts are left out");
    return message.reasoning.empty() ? QString() : Words::tr("with its thoughts");
}

std::vector<ui::LedgerRow> rowsOf(const NextPrompt& next, const std::vector<int>& tokens) {
    std::vector<ui::LedgerRow> rows;
    for (std::size_t place = 0; place < next.request.messages.size(); ++place) {
        const engine::Message& message = next.request.messages[place];
        rows.push_back({.who = whoSays(message.role),
                        .words = shownBeginning(message.text, kShownWords),
                        .tokens = place < tokens.size() ? tokens[place] : 0,
                        .note = noteOn(next, place)});
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
