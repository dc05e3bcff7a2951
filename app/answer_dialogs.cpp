#include "app/answer_dialogs.h"

#include <memory>

#include "app/context_ledger.h"
#include "ui/context/ledger_dialog.h"
#include "ui/tokens/token_view.h"

namespace ponder::app {

namespace {

constexpr int kListedTokens = 4096;

ui::TokenPart shownPart(engine::PromptOrigin part) {
    switch (part) {
    case engine::PromptOrigin::Markup:
        return ui::TokenPart::Markup;
    case engine::PromptOrigin::Reasoning:
        return ui::TokenPart::Thought;
    case engine::PromptOrigin::Text:
        break;
    }
    return ui::TokenPart::Answer;
}

ui::ShownToken shownToken(const engine::ExaminedToken& token) {
    ui::ShownToken shown;
    shown.text = QString::fromStdString(token.text);
    shown.part = shownPart(token.part);
    shown.probability = token.probability;
    for (const engine::TokenAlternative& choice : token.alternatives)
        shown.choices.push_back({QString::fromStdString(choice.text), choice.probability});
    return shown;
}

} // namespace

AnswerDialogs::AnswerDialogs(EngineClient& engine, ModelController& models, ChatController& chats,
                             ui::Theme& theme, ui::MainWindow& window)
    : engine_(engine), models_(models), chats_(chats), theme_(theme), window_(window) {
    connect(&window_, &ui::MainWindow::contextRequested, this, &AnswerDialogs::showContext);
    connect(&window_, &ui::MainWindow::tokensRequested, this, &AnswerDialogs::showTokens);
}

void AnswerDialogs::showContext() {
    auto* dialog = new ui::LedgerDialog(theme_, &window_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const std::string draft = window_.composer().draft().trimmed().toStdString();
    auto next = std::make_shared<NextPrompt>(chats_.nextPrompt(draft));
    dialog->setLedger(emptyLedger(*next, tr("The model is being asked…")));
    dialog->open();
    const QPointer<ui::LedgerDialog> open = dialog;
    // Once to know what fits, and once for what is sent of it.
    preview(open, next, countedPart(next->request), [this, open, next](const engine::PromptPreview& seen) {
        const PromptCost cost = costOf(next->request, seen);
        const bool isCounted = seen.messageTokens.size() == next->request.messages.size();
        next->tokens = isCounted ? seen.messageTokens : cost.messages;
        chats_.foresee(*next, cost);
        preview(open, next, next->sent,
                [open, next](const engine::PromptPreview& sent) { open->setLedger(ledgerOf(*next, sent)); });
    });
}

void AnswerDialogs::preview(const QPointer<ui::LedgerDialog>& open, const std::shared_ptr<NextPrompt>& next,
                            const engine::ChatRequest& request,
                            const std::function<void(const engine::PromptPreview&)>& then) {
    engine_.preview(
        models_.engineOptions(), request, {0, kListedTokens}, [open, next, then](const EngineEvent& event) {
            if (!open) return;
            if (const auto* seen = std::get_if<PromptPreviewed>(&event)) {
                if (seen->preview) return then(*seen->preview);
                open->setLedger(emptyLedger(*next, tr("The model is not in memory. It is loaded with "
                                                      "the next message, and can be asked then.")));
            } else if (const auto* failed = std::get_if<AnswerFailed>(&event)) {
                open->setLedger(emptyLedger(*next, QString::fromStdString(failed->message)));
            }
        });
}

void AnswerDialogs::showTokens(int answer) {
    const Turn* turn = chats_.openConversation().find(answer);
    if (!turn || turn->role != engine::Role::Assistant || turn->parent == 0) return;
    auto* view = new ui::TokenView(theme_, &window_);
    view->setAttribute(Qt::WA_DeleteOnClose);
    view->open();
    auto tokens = std::make_shared<std::vector<engine::ExaminedToken>>();
    const QPointer<ui::TokenView> open = view;
    const RequestId request = engine_.examine(models_.engineOptions(), {chats_.requestWith(answer)},
                                              [this, open, tokens](const EngineEvent& event) {
                                                  models_.note(0, event);
                                                  if (open) onExamined(*open, *tokens, event);
                                              });
    connect(view, &QDialog::finished, &engine_, [this, request] { engine_.cancel(request); });
    connect(view, &ui::TokenView::branchWanted, this, [this, view, tokens, answer](int token, int choice) {
        std::vector<std::int32_t> ids;
        for (int i = 0; i < token; ++i) ids.push_back((*tokens)[std::size_t(i)].id);
        ids.push_back((*tokens)[std::size_t(token)].alternatives[std::size_t(choice)].id);
        view->accept();
        chats_.branchAt(answer, std::move(ids));
    });
}

void AnswerDialogs::onExamined(ui::TokenView& view, std::vector<engine::ExaminedToken>& tokens,
                               const EngineEvent& event) {
    if (const auto* some = std::get_if<TokensExamined>(&event)) {
        std::vector<ui::ShownToken> shown;
        for (const engine::ExaminedToken& token : some->tokens) shown.push_back(shownToken(token));
        tokens.insert(tokens.end(), some->tokens.begin(), some->tokens.end());
        view.add(shown);
    } else if (const auto* progress = std::get_if<PromptProgress>(&event)) {
        view.setProgress(progress->done, progress->total);
    } else if (std::holds_alternative<ExamineFinished>(event)) {
        view.finish(tr("Likelihoods are the model's own, before any setting of temperature or the like."));
    } else if (const auto* failed = std::get_if<AnswerFailed>(&event)) {
        view.fail(QString::fromStdString(failed->message));
    } else if (const auto* load = std::get_if<LoadFailed>(&event)) {
        view.fail(QString::fromStdString(load->message));
    }
}

} // namespace ponder::app
