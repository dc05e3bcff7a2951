#include "ui/dialogs/paragraph_field.h"

#include "ui/theme.h"
#include "ui/widgets/style_sheets.h"

#include <QScrollBar>

namespace ponder::ui {

namespace {

constexpr int kLines = 4;
constexpr int kPauseMilliseconds = 600;

} // namespace

ParagraphField::ParagraphField(Theme& theme, QWidget* parent) : QPlainTextEdit(parent), theme_(theme) {
    setTabChangesFocus(true);
    pause_.setSingleShot(true);
    pause_.setInterval(kPauseMilliseconds);
    connect(&pause_, &QTimer::timeout, this, &ParagraphField::take);
    connect(this, &QPlainTextEdit::textChanged, this, [this] { pause_.start(); });
    connect(&theme_, &Theme::changed, this, &ParagraphField::takeTheme);
    takeTheme();
}

ParagraphField::~ParagraphField() = default;

void ParagraphField::setValue(const QString& text) {
    value_ = text;
    if (text == toPlainText()) return;
    setPlainText(text);
    pause_.stop();
}

void ParagraphField::take() {
    pause_.stop();
    if (toPlainText() == value_) return;
    value_ = toPlainText();
    emit chosen(value_);
}

void ParagraphField::focusOutEvent(QFocusEvent* event) {
    take();
    QPlainTextEdit::focusOutEvent(event);
}

void ParagraphField::takeTheme() {
    setFont(theme_.font(TextStyle::Control));
    setFixedHeight(kLines * theme_.lineHeight(TextStyle::Control) + 2 * space::kMedium);
    setStyleSheet(textFieldStyle(theme_));
    verticalScrollBar()->setStyleSheet(scrollBarStyle(theme_));
}

} // namespace ponder::ui
