#include "ui/finding/find_bar.h"

#include "ui/commands.h"
#include "ui/theme.h"
#include "ui/transcript_find.h"
#include "ui/transcript_view.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/search_field.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QScrollBar>
#include <QStyle>

namespace ponder::ui {

namespace {

constexpr int kWidest = 460;
constexpr int kCountWidth = 84;
constexpr int kLongestSelection = 100; // more than that is not meant to be looked for

} // namespace

FindBar::FindBar(Theme& theme, TranscriptView& view)
    : Card(theme, &view), view_(view), field_(new SearchField(theme, FieldLook::Bare, this)),
      count_(new Label(theme, TextStyle::Caption, &Colours::muted, this)),
      matchCase_(new Button(theme, ButtonLook::Outlined, this)),
      previous_(new Button(theme, ButtonLook::Quiet, this)),
      next_(new Button(theme, ButtonLook::Quiet, this)) {
    setAccessibleName(tr("Find in this chat"));
    field_->setHint(tr("Find in this chat"));
    count_->setAlignment(Qt::AlignVCenter | Qt::AlignTrailing);
    count_->setMinimumWidth(theme.scaled(kCountWidth));
    matchCase_->setText(QStringLiteral("Aa"));
    matchCase_->setCheckable(true);
    matchCase_->setToolTip(tr("Upper and lower case matter"));
    matchCase_->setAccessibleName(tr("Upper and lower case matter"));
    previous_->setGlyph(Icon::ArrowUp);
    previous_->setCommandTip(tr("Previous"), Command::FindPrevious);
    next_->setGlyph(Icon::ArrowDown);
    next_->setCommandTip(tr("Next"), Command::FindNext);
    auto* close = new Button(theme, ButtonLook::Quiet, this);
    close->setGlyph(Icon::Close);
    close->setToolTip(tr("Close (Esc)"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::kTiny, space::kTiny, space::kTiny, space::kTiny);
    row->setSpacing(2);
    row->addWidget(field_, 1);
    row->addWidget(count_);
    row->addSpacing(space::kSmall);
    for (Button* button : {matchCase_, previous_, next_, close}) row->addWidget(button);
    setCursor(Qt::ArrowCursor);
    setFocusProxy(field_);
    hide();

    connect(field_, &QLineEdit::textEdited, this, [this](const QString& text) { find({text}); });
    connect(matchCase_, &Button::toggled, this, [this] { find(words_); });
    connect(previous_, &Button::clicked, this, &FindBar::previous);
    connect(next_, &Button::clicked, this, &FindBar::next);
    connect(close, &Button::clicked, this, &FindBar::closeBar);
    connect(&view_, &TranscriptView::foundChanged, this, &FindBar::takeCount);
    connect(&theme_, &Theme::changed, this, &FindBar::place);
    view_.installEventFilter(this);
}

void FindBar::open() {
    const QString selected = view_.selectedText();
    if (!selected.isEmpty() && selected.size() <= kLongestSelection && !selected.contains(u'\n'))
        field_->setText(selected);
    appear();
    field_->selectAll();
    find({field_->text()});
}

void FindBar::openWith(const QStringList& words, int message) {
    field_->setText(words.join(u' '));
    appear();
    view_.findWords({}, LetterCase::Ignored); // what was found before does not say where to begin
    find(words, message);
}

void FindBar::appear() {
    if (!isVisible()) before_ = QApplication::focusWidget();
    place();
    show();
    raise();
    field_->setFocus(Qt::ShortcutFocusReason);
}

void FindBar::closeBar() {
    if (!isVisible()) return;
    const bool hadKeyboard = isAncestorOf(QApplication::focusWidget());
    hide();
    view_.findWords({}, LetterCase::Ignored);
    if (!hadKeyboard) return;
    QWidget* const after = before_ && before_->isVisible() ? before_.data() : &view_;
    after->setFocus(Qt::OtherFocusReason);
}

void FindBar::next() {
    if (!isVisible()) return open();
    view_.findNext();
}

void FindBar::previous() {
    if (!isVisible()) return open();
    view_.findPrevious();
}

void FindBar::find(const QStringList& words, int fromMessage) {
    words_ = words;
    view_.findWords(words, matchCase_->isChecked() ? LetterCase::Matched : LetterCase::Ignored, fromMessage);
}

void FindBar::takeCount() {
    if (!isVisible()) return;
    const FindCount count = view_.findCount();
    const bool nothing = count.all == 0;
    if (field_->text().isEmpty())
        count_->setText({});
    else if (nothing)
        count_->setText(count.complete ? tr("Not found") : QStringLiteral("…"));
    else
        count_->setText(tr("%1 of %2").arg(locale().toString(count.current), locale().toString(count.all)));
    previous_->setEnabled(!nothing);
    next_->setEnabled(!nothing);
    field_->setAccessibleDescription(count_->text());
}

void FindBar::place() {
    count_->setMinimumWidth(theme_.scaled(kCountWidth));
    const int bar = view_.verticalScrollBar()->isVisible() ? view_.verticalScrollBar()->width() : 0;
    const int room = view_.width() - bar - 2 * space::kLarge;
    resize(std::min(theme_.scaled(kWidest), room), sizeHint().height());
    const QRect place(view_.width() - bar - space::kLarge - width(), space::kSmall, width(), height());
    move(QStyle::visualRect(layoutDirection(), view_.rect(), place).topLeft());
}

bool FindBar::eventFilter(QObject*, QEvent* event) {
    if (event->type() == QEvent::Resize && isVisible()) place();
    return false;
}

void FindBar::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Escape:
        return closeBar();
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return event->modifiers() & Qt::ShiftModifier ? previous() : next();
    default:
        Card::keyPressEvent(event);
    }
}

} // namespace ponder::ui
