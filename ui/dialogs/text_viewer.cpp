#include "ui/dialogs/text_viewer.h"

#include "ui/dialogs/find_line.h"
#include "ui/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/style_sheets.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLocale>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QVBoxLayout>

namespace ponder::ui {

namespace {

constexpr QSize kSize(760, 600);

QString paperStyle(const Theme& theme) {
    const Colours& colours = theme.colours();
    return QStringLiteral("QPlainTextEdit { background: %1; border: %2; border-radius: %3px; }")
        .arg(colours.code.name(), theme.isHighContrast()
                                      ? QStringLiteral("1px solid ") + colours.border.name()
                                      : QStringLiteral("none"))
        .arg(radius::kCode);
}

} // namespace

TextViewer::TextViewer(Theme& theme, const ViewedText& viewed, QWidget* parent)
    : SurfaceDialog(theme, parent), viewed_(viewed),
      facts_(new Label(theme, TextStyle::Caption, &Colours::muted, this)), paper_(new QPlainTextEdit(this)),
      find_(new FindLine(theme, *paper_, this)) {
    setWindowTitle(viewed.name);
    resize(kSize.boundedTo(parent ? parent->size() - QSize(space::kHuge, space::kHuge) : kSize));
    auto* title = new Label(theme_, TextStyle::Title, &Colours::text, this);
    title->setElided(viewed.name);
    paper_->setReadOnly(true);
    paper_->setAccessibleName(viewed.name);
    paper_->setPlainText(viewed.text);
    paper_->setPlaceholderText(
        tr("Only the name of this file is here: the chat was imported without what is in it."));
    paper_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    paper_->document()->setDocumentMargin(space::kMedium);
    connect(&theme_, &Theme::changed, this, &TextViewer::takeTheme);
    takeTheme();
    find_->setVisible(!viewed.text.isEmpty());
    refreshFacts();

    auto* copy = makeButton(ButtonLook::Outlined, tr("Copy all"));
    copy->setEnabled(!viewed.text.isEmpty());
    connect(copy, &Button::clicked, this,
            [text = viewed.text] { QGuiApplication::clipboard()->setText(text); });
    auto* close = makeButton(ButtonLook::Filled, tr("Close"));
    connect(close, &Button::clicked, this, &QDialog::accept);
    auto* foot = new QHBoxLayout;
    foot->setSpacing(space::kSmall);
    foot->addWidget(find_, 1);
    foot->addStretch();
    foot->addWidget(copy);
    foot->addWidget(close);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::kWide, space::kWide, space::kWide, space::kLarge);
    column->setSpacing(space::kTiny);
    column->addWidget(title);
    column->addWidget(facts_);
    column->addSpacing(space::kSmall);
    column->addWidget(paper_, 1);
    column->addSpacing(space::kSmall);
    column->addLayout(foot);
    close->setFocus();
}

void TextViewer::takeTheme() {
    const Colours& colours = theme_.colours();
    QPalette palette = paper_->palette();
    palette.setColor(QPalette::Text, colours.text);
    palette.setColor(QPalette::PlaceholderText, colours.muted);
    palette.setColor(QPalette::Highlight, colours.selection);
    palette.setColor(QPalette::HighlightedText, colours.text);
    paper_->setPalette(palette);
    paper_->setFont(theme_.font(TextStyle::Code));
    paper_->setStyleSheet(paperStyle(theme_));
    paper_->verticalScrollBar()->setStyleSheet(scrollBarStyle(theme_));
    paper_->horizontalScrollBar()->setStyleSheet(scrollBarStyle(theme_));
}

void TextViewer::setTokens(const TokenFigure& tokens) {
    viewed_.tokens = tokens;
    refreshFacts();
}

void TextViewer::refreshFacts() {
    QStringList facts{viewed_.kind};
    QStringList spoken = facts;
    if (!viewed_.text.isEmpty()) {
        const int lines = int(viewed_.text.count(u'\n')) + (viewed_.text.endsWith(u'\n') ? 0 : 1);
        facts << viewed_.size << tr("%Ln line(s)", nullptr, lines);
        spoken = facts;
        facts << shownTokens(viewed_.tokens);
        spoken << spokenTokens(viewed_.tokens);
    }
    facts_->setElided(facts.join(QStringLiteral(" · ")));
    facts_->setAccessibleName(spoken.join(QStringLiteral(", ")));
}

void TextViewer::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Find) && find_->isVisible()) return find_->begin();
    if (event->matches(QKeySequence::FindNext)) return find_->step(FindLine::Direction::Next);
    if (event->matches(QKeySequence::FindPrevious)) return find_->step(FindLine::Direction::Previous);
    SurfaceDialog::keyPressEvent(event);
}

} // namespace ponder::ui
