#include "ui/context/ledger_dialog.h"

#include "ui/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/progress_bar.h"
#include "ui/widgets/style_sheets.h"
#include "ui/widgets/tab_order.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QStackedLayout>
#include <QTextEdit>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace ponder::ui {

namespace {

constexpr QSize kUsualSize(820, 620);

} // namespace

LedgerDialog::LedgerDialog(Theme& theme, QWidget* parent)
    : SurfaceDialog(theme, parent), sum_(new Label(theme, TextStyle::Control, &Colours::text, this)),
      bar_(new ProgressBar(theme, this)), pages_(new QStackedLayout), rows_(new QTreeWidget(this)),
      prompt_(makeText(tr("The exact prompt"))), tokens_(makeText(tr("The tokens of the prompt"))) {
    setWindowTitle(tr("What the model will see"));
    resize(kUsualSize);
    auto* title = new Label(theme_, TextStyle::Heading2, &Colours::text, this);
    title->setText(tr("What the model will see"));
    sum_->setWordWrap(true);
    bar_->setAccessibleName(tr("Part of the context that is used"));

    auto* tabs = new QHBoxLayout;
    tabs->setSpacing(space::kSmall);
    const std::pair<Page, QString> pages[] = {
        {Page::Messages, tr("Messages")}, {Page::Prompt, tr("Exact prompt")}, {Page::Tokens, tr("Tokens")}};
    for (const auto& [page, name] : pages) {
        auto* tab = new Button(theme_, ButtonLook::Outlined, this);
        tab->setText(name);
        tab->setCheckable(true);
        connect(tab, &Button::clicked, this, [this, page = page] { showPage(page); });
        tabs->addWidget(tab);
        tabs_.push_back(tab);
    }
    tabs->addStretch(1);

    rows_->setColumnCount(4);
    rows_->setHeaderLabels({tr("Who"), tr("Message"), tr("Tokens"), tr("Note")});
    rows_->setRootIsDecorated(false);
    rows_->setUniformRowHeights(true);
    rows_->setFrameShape(QFrame::NoFrame);
    rows_->setSelectionMode(QAbstractItemView::SingleSelection);
    rows_->setAllColumnsShowFocus(true);
    rows_->setAccessibleName(tr("Messages of the next prompt"));
    rows_->header()->setSectionResizeMode(1, QHeaderView::Stretch);
    rows_->header()->setStretchLastSection(false);
    for (const int column : {0, 2, 3})
        rows_->header()->setSectionResizeMode(column, QHeaderView::ResizeToContents);
    pages_->addWidget(rows_);
    pages_->addWidget(prompt_);
    pages_->addWidget(tokens_);

    Button* close = makeButton(ButtonLook::Filled, tr("Close"));
    connect(close, &Button::clicked, this, &QDialog::accept);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::kWide, space::kWide, space::kWide, space::kLarge);
    column->setSpacing(space::kMedium);
    column->addWidget(title);
    column->addWidget(sum_);
    column->addWidget(bar_);
    column->addLayout(tabs);
    column->addLayout(pages_, 1);
    column->addWidget(close, 0, Qt::AlignRight);
    connect(&theme_, &Theme::changed, this, &LedgerDialog::takeTheme);
    takeTheme();
    showPage(Page::Messages);
    close->setFocus();
}

QTextEdit* LedgerDialog::makeText(const QString& name) {
    auto* text = new QTextEdit(this);
    text->setReadOnly(true);
    text->setFrameShape(QFrame::NoFrame);
    text->setTabChangesFocus(true);
    text->setAccessibleName(name);
    return text;
}

void LedgerDialog::showPage(Page page) {
    pages_->setCurrentIndex(int(page));
    for (int i = 0; i < int(tabs_.size()); ++i) tabs_[size_t(i)]->setChecked(i == int(page));
    tabAsLaidOut(*this);
}

void LedgerDialog::setLedger(const ContextLedger& ledger) {
    const QLocale locale;
    const bool there = ledger.problem.isEmpty();
    bar_->setVisible(there && ledger.contextTokens > 0);
    bar_->setRange(0, qMax(1, ledger.contextTokens));
    bar_->setValue(qMin(ledger.totalTokens, ledger.contextTokens));
    QString sum = !there
                      ? ledger.problem
                      : tr("%1 of %2 tokens. %3 of them are the template's own, %4 need not be read again.")
                            .arg(locale.toString(ledger.totalTokens), locale.toString(ledger.contextTokens),
                                 locale.toString(ledger.markupTokens), locale.toString(ledger.cachedTokens));
    if (!ledger.news.isEmpty()) sum += ' ' + ledger.news;
    sum_->setText(sum);
    fillRows(ledger);
    fillPrompt(ledger);
    fillTokens(ledger);
}

void LedgerDialog::fillRows(const ContextLedger& ledger) {
    const QLocale locale;
    rows_->clear();
    for (const LedgerRow& row : ledger.rows) {
        auto* item = new QTreeWidgetItem(rows_);
        item->setText(0, row.who);
        item->setText(1, row.words);
        item->setToolTip(1, row.words.toHtmlEscaped());
        if (ledger.problem.isEmpty()) item->setText(2, locale.toString(row.tokens));
        item->setTextAlignment(2, Qt::AlignTrailing | Qt::AlignVCenter);
        item->setText(3, row.note);
        const Colours& colours = theme_.colours();
        for (int column = 0; column < 4; ++column)
            item->setForeground(column, row.isLeftOut ? colours.muted : colours.text);
    }
}

void LedgerDialog::fillPrompt(const ContextLedger& ledger) {
    prompt_->clear();
    QTextCursor cursor(prompt_->document());
    for (const PromptRun& run : ledger.prompt) {
        QTextCharFormat format;
        format.setForeground(run.markup ? theme_.colours().link : theme_.colours().text);
        if (run.markup) format.setBackground(theme_.colours().bubble);
        cursor.insertText(run.text, format);
    }
    prompt_->moveCursor(QTextCursor::Start);
}

void LedgerDialog::fillTokens(const ContextLedger& ledger) {
    tokens_->clear();
    QTextCursor cursor(tokens_->document());
    QTextCharFormat number;
    number.setForeground(theme_.colours().muted);
    for (const PromptToken& token : ledger.tokens) {
        QTextCharFormat format;
        format.setForeground(token.markup ? theme_.colours().link : theme_.colours().text);
        QString text = token.text;
        text.replace('\n', QStringLiteral("⏎"));
        cursor.insertText(QString::number(token.id).rightJustified(7) + "  ", number);
        cursor.insertText(text + "\n", format);
    }
    tokens_->moveCursor(QTextCursor::Start);
}

void LedgerDialog::takeTheme() {
    const Colours& colours = theme_.colours();
    prompt_->setFont(theme_.font(TextStyle::Code));
    tokens_->setFont(theme_.font(TextStyle::Code));
    rows_->setFont(theme_.font(TextStyle::Control));
    rows_->header()->setFont(theme_.font(TextStyle::Label));
    const QString bars = scrollBarStyle(theme_);
    const QString text =
        QString("QTextEdit { background: %1; color: %2; padding: 8px; border-radius: %3px; }")
            .arg(colours.code.name(), colours.text.name())
            .arg(radius::kCode);
    prompt_->setStyleSheet(text + bars);
    tokens_->setStyleSheet(text + bars);
    rows_->setStyleSheet(
        QString("QTreeWidget { background: transparent; color: %1; }"
                "QTreeWidget::item { height: %5px; padding: 0 8px; border-bottom: 1px solid %2; }"
                "QTreeWidget::item:selected { background: %3; color: %1; }"
                "QHeaderView::section { background: %4; color: %1; border: none; padding: 6px 8px; }")
            .arg(colours.text.name(), colours.border.name(), colours.selectedRow.name(),
                 colours.codeHeader.name())
            .arg(theme_.scaled(32)) +
        bars);
    update();
}

} // namespace ponder::ui
