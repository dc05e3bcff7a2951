#include "ui/library/prompt_view.h"

#include "ui/theme.h"
#include "ui/widgets/style_sheets.h"

#include <QKeyEvent>
#include <QScrollBar>

namespace ponder::ui {

namespace {

constexpr int kHeight = 220;

} // namespace

PromptView::PromptView(Theme& theme, QWidget* parent) : QPlainTextEdit(parent), theme_(theme) {
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("The exact prompt"));
    connect(&theme_, &Theme::changed, this, &PromptView::takeTheme);
    takeTheme();
}

QSize PromptView::sizeHint() const {
    return {400, theme_.scaled(kHeight)};
}

void PromptView::setStretches(const std::vector<PromptStretch>& stretches) {
    if (stretches == stretches_) return;
    stretches_ = stretches;
    takeTheme();
}

void PromptView::takeTheme() {
    setFont(theme_.font(TextStyle::Code));
    setStyleSheet(textFieldStyle(theme_));
    verticalScrollBar()->setStyleSheet(scrollBarStyle(theme_));
    clear();
    QTextCursor cursor(document());
    for (const PromptStretch& stretch : stretches_) {
        QTextCharFormat format;
        format.setForeground(stretch.isMarkup ? theme_.colours().accent : theme_.colours().text);
        cursor.insertText(stretch.text, format);
    }
    moveCursor(QTextCursor::Start);
}

void PromptView::keyPressEvent(QKeyEvent* event) {
    // Leaves the page, whatever an editor would do with it.
    if (event->key() == Qt::Key_Escape) return event->ignore();
    QPlainTextEdit::keyPressEvent(event);
}

} // namespace ponder::ui
