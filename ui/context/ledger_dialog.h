#pragma once

#include "ui/context/context_ledger.h"
#include "ui/dialogs/surface_dialog.h"

class QStackedLayout;
class QTextEdit;
class QTreeWidget;

namespace ponder::ui {

class Button;
class Label;
class ProgressBar;
class Theme;

/// What the next prompt contains, message by message, what was left out and why, and the exact text and
/// tokens.
class LedgerDialog : public SurfaceDialog {
    Q_OBJECT
public:
    explicit LedgerDialog(Theme& theme, QWidget* parent = nullptr);

    void setLedger(const ContextLedger& ledger);

private:
    enum class Page { Messages, Prompt, Tokens };

    void showPage(Page page);
    void fillRows(const ContextLedger& ledger);
    void fillPrompt(const ContextLedger& ledger);
    void fillTokens(const ContextLedger& ledger);
    QTextEdit* makeText(const QString& name);
    void takeTheme();

    Label* sum_;
    ProgressBar* bar_;
    std::vector<Button*> tabs_;
    QStackedLayout* pages_;
    QTreeWidget* rows_;
    QTextEdit* prompt_;
    QTextEdit* tokens_;
};

} // namespace ponder::ui
