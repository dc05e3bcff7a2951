#include "ui/dialogs/find_line.h"

#include "ui/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/search_field.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLocale>
#include <QPlainTextEdit>
#include <QStringMatcher>
#include <QTextBlock>

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr int kFieldWidth = 220;
constexpr int kMostMarked = 500; // on either side of the present one

} // namespace

FindLine::FindLine(Theme& theme, QPlainTextEdit& text, QWidget* parent)
    : QWidget(parent), theme_(theme), text_(text), field_(new SearchField(theme, FieldLook::Framed, this)),
      count_(new Label(theme, TextStyle::Caption, &Colours::muted, this)),
      previous_(new Button(theme, ButtonLook::Quiet, this)),
      next_(new Button(theme, ButtonLook::Quiet, this)) {
    field_->setHint(tr("Find in this text"));
    field_->setFixedWidth(theme.scaled(kFieldWidth));
    previous_->setGlyph(Icon::ArrowUp);
    previous_->setToolTip(tr("Previous (Shift+Enter)"));
    next_->setGlyph(Icon::ArrowDown);
    next_->setToolTip(tr("Next (Enter)"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kTiny);
    row->addWidget(field_);
    row->addWidget(previous_);
    row->addWidget(next_);
    row->addWidget(count_);
    row->addStretch(1);
    connect(field_, &QLineEdit::textChanged, this, &FindLine::look);
    connect(previous_, &Button::clicked, this, [this] { step(Direction::Previous); });
    connect(next_, &Button::clicked, this, [this] { step(Direction::Next); });
    look({});
}

void FindLine::begin() {
    field_->setFocus(Qt::ShortcutFocusReason);
    field_->selectAll();
}

void FindLine::look(const QString& words) {
    length_ = int(words.size());
    places_.clear();
    if (length_ > 0) {
        const QStringMatcher matcher(words, Qt::CaseInsensitive);
        const QString text = text_.toPlainText();
        for (qsizetype at = matcher.indexIn(text); at >= 0; at = matcher.indexIn(text, at + length_))
            places_.push_back(int(at));
    }
    // From what is seen on, as the reader has scrolled there.
    const int from = text_.cursorForPosition({0, 0}).position();
    const auto first = std::lower_bound(places_.begin(), places_.end(), from);
    current_ = places_.empty() ? -1 : first == places_.end() ? 0 : int(first - places_.begin());
    mark();
}

void FindLine::step(Direction direction) {
    if (places_.empty()) return;
    const int all = int(places_.size());
    current_ = (current_ + (direction == Direction::Next ? 1 : all - 1)) % all;
    mark();
}

void FindLine::mark() {
    const bool found = !places_.empty();
    for (Button* arrow : {previous_, next_}) {
        arrow->setVisible(length_ > 0);
        arrow->setEnabled(found);
    }
    if (length_ == 0)
        count_->setText({});
    else
        count_->setText(
            found ? tr("%1 of %2").arg(locale().toString(current_ + 1), locale().toString(places_.size()))
                  : tr("Not found"));
    field_->setAccessibleDescription(count_->text());

    QList<QTextEdit::ExtraSelection> marks;
    const auto cursorAt = [this](int place) {
        QTextCursor cursor(text_.document());
        cursor.setPosition(place);
        cursor.setPosition(place + length_, QTextCursor::KeepAnchor);
        return cursor;
    };
    const int last = std::min(int(places_.size()), current_ + kMostMarked);
    for (int i = std::max(0, current_ - kMostMarked); i < last; ++i) {
        QTextEdit::ExtraSelection place;
        place.cursor = cursorAt(places_[size_t(i)]);
        place.format.setBackground(i == current_ ? theme_.colours().currentFound : theme_.colours().found);
        marks.push_back(place);
    }
    text_.setExtraSelections(marks);
    if (!found) return;
    QTextCursor caret(text_.document());
    caret.setPosition(places_[size_t(current_)]);
    text_.setTextCursor(caret);
    text_.ensureCursorVisible();
}

void FindLine::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return step(event->modifiers() & Qt::ShiftModifier ? Direction::Previous : Direction::Next);
    case Qt::Key_Escape:
        if (!field_->text().isEmpty()) return field_->clear();
        [[fallthrough]];
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace ponder::ui
