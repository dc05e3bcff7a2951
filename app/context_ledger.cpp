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

ui::LedgerRow rowOf(const NextPrompt& next, std::size_t place) {
    const engine::Message& message = next.request.messages[place];
    return {.who = whoSays(message.role),
            .words = shownBeginning(message.text, kShownWords),
            .tokens = 0,
            .note = noteOn(next, place),
            .isLeftOut = false};
}

/// `tokens`: of each message that is sent.
std::vector<ui::LedgerRow> rowsOf(const NextPrompt& next, const std::vector<int>& tokens) {
    const auto at = [&](std::size_t place) { return place < tokens.size() ? tokens[place] : 0; };
    const std::size_t first = systemMessages(next.request);
    std::vector<ui::LedgerRow> rows;
    std::size_t sent = 0;
    for (std::size_t place = 0; place < next.request.messages.size(); ++place) {
        ui::LedgerRow row = rowOf(next, place);
        row.isLeftOut = place >= first && place < first + next.leftOut;
        if (row.isLeftOut) {
            row.note = Words::tr("left out: the context is full");
            row.tokens = place < next.tokens.size() ? next.tokens[place] : 0;
        } else {
            if (place == first + next.leftOut && !next.summary.empty()) {
                rows.push_back({.who = Words::tr("Summary"),
                                .words = shownBeginning(next.summary, kShownWords),
                                .tokens = at(sent) + at(sent + 1),
                                .note = Words::tr("of what is left out"),
                                .isLeftOut = false});
                sent += kSummaryMessages;
            }
            row.tokens = at(sent++);
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
    ledger.news = next.news;
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
