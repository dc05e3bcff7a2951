#include "ui/widgets/prompt_edit.h"

#include "ui/file_drop.h"
#include "ui/theme.h"
#include "ui/widgets/style_sheets.h"

#include <QAbstractTextDocumentLayout>
#include <QDragEnterEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QTextBlock>

namespace ponder::ui {

namespace {

constexpr int kMostLines = 8;
constexpr int kLongestPaste = 4000; // characters; more is easier to read as an attachment

} // namespace

PromptEdit::PromptEdit(Theme& theme, QWidget* parent) : QTextEdit(parent), theme_(theme) {
    setAcceptRichText(false);
    setFrameShape(QFrame::NoFrame);
    setTabChangesFocus(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    viewport()->setAutoFillBackground(false);
    document()->setDocumentMargin(0);
    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            &PromptEdit::fitHeight);
    connect(this, &QTextEdit::textChanged, this, [this] { setAside_.clear(); });
    takeTheme();
    connect(&theme_, &Theme::changed, this, &PromptEdit::takeTheme);
}

void PromptEdit::put(const QString& text) {
    const QSignalBlocker quiet(this);
    setPlainText(text);
    spaceLines();
    moveCursor(QTextCursor::End);
    fitHeight();
    viewport()->update();
}

void PromptEdit::setHint(const QString& hint) {
    hint_ = hint;
    setAccessibleName(hint);
    viewport()->update();
}

void PromptEdit::takeTheme() {
    setFont(theme_.font(TextStyle::Body));
    QPalette colours = palette();
    colours.setColor(QPalette::Text, theme_.colours().text);
    colours.setColor(QPalette::Highlight, theme_.colours().selection);
    colours.setColor(QPalette::HighlightedText, theme_.colours().text);
    setPalette(colours);
    verticalScrollBar()->setStyleSheet(scrollBarStyle(theme_));
    const QSignalBlocker quiet(this);
    spaceLines();
    fitHeight();
}

// New paragraphs take the format of the one they are split from, so this is needed for fresh documents only.
void PromptEdit::spaceLines() {
    const bool undoable = document()->isUndoRedoEnabled();
    document()->setUndoRedoEnabled(false);
    QTextCursor all(document());
    all.select(QTextCursor::Document);
    QTextBlockFormat format;
    format.setLineHeight(theme_.lineHeight(TextStyle::Body), QTextBlockFormat::FixedHeight);
    all.mergeBlockFormat(format);
    document()->setUndoRedoEnabled(undoable);
}

void PromptEdit::fitHeight() {
    const int line = theme_.lineHeight(TextStyle::Body);
    const int wanted = int(document()->size().height() + 0.5);
    const bool scrolls = wanted > kMostLines * line;
    setVerticalScrollBarPolicy(scrolls ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    const int height = qBound(line, wanted, kMostLines * line);
    if (height != minimumHeight() || height != maximumHeight()) setFixedHeight(height);
}

void PromptEdit::keyPressEvent(QKeyEvent* event) {
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const Qt::KeyboardModifiers keys = event->modifiers() & ~Qt::KeypadModifier;
    if (isEnter) {
        // Of the input method, which is not done with the word.
        if (composing_) return;
        const bool sends = sendKey_ == SendKey::Enter ? keys == Qt::NoModifier || keys == Qt::ControlModifier
                                                      : keys == Qt::ControlModifier;
        if (sends) {
            emit sendRequested();
        } else {
            // Not the line separator QTextEdit makes of Shift+Enter: what is copied out has plain line ends.
            textCursor().insertBlock();
            ensureCursorVisible();
        }
        return;
    }
    if (event->matches(QKeySequence::Undo) && !setAside_.isEmpty()) {
        textCursor().insertText(std::exchange(setAside_, {}));
        ensureCursorVisible();
        emit longPasteUndone();
        return;
    }
    if (event->key() == Qt::Key_Up && keys == Qt::NoModifier && document()->isEmpty()) {
        emit editLastRequested();
        return;
    }
    QTextEdit::keyPressEvent(event);
}

bool PromptEdit::canInsertFromMimeData(const QMimeData* source) const {
    return !filesIn(*source).isEmpty() || QTextEdit::canInsertFromMimeData(source);
}

void PromptEdit::insertFromMimeData(const QMimeData* source) {
    if (const QStringList files = filesIn(*source); !files.isEmpty()) {
        emit filesGiven(files);
    } else if (source->text().size() > kLongestPaste) {
        emit longTextPasted(source->text());
        setAside_ = source->text();
    } else {
        QTextEdit::insertFromMimeData(source);
    }
}

void PromptEdit::dragEnterEvent(QDragEnterEvent* event) {
    // Files are the window's, wherever they are dropped.
    if (!filesIn(*event->mimeData()).isEmpty()) return event->ignore();
    QTextEdit::dragEnterEvent(event);
}

void PromptEdit::inputMethodEvent(QInputMethodEvent* event) {
    composing_ = !event->preeditString().isEmpty();
    QTextEdit::inputMethodEvent(event);
    viewport()->update();
}

void PromptEdit::paintEvent(QPaintEvent* event) {
    QTextEdit::paintEvent(event);
    if (!document()->isEmpty() || composing_) return;
    const QTextLayout* layout = document()->firstBlock().layout();
    if (layout->lineCount() == 0) return;
    const QTextLine line = layout->lineAt(0);
    QPainter painter(viewport());
    painter.setFont(font());
    painter.setPen(theme_.colours().muted);
    const qreal baseline = layout->position().y() + line.y() + line.ascent();
    const QString hint = fontMetrics().elidedText(hint_, Qt::ElideRight, viewport()->width());
    const int x = layoutDirection() == Qt::RightToLeft
                      ? viewport()->width() - fontMetrics().horizontalAdvance(hint)
                      : 0;
    painter.drawText(QPointF(x, baseline), hint);
}

void PromptEdit::resizeEvent(QResizeEvent* event) {
    QTextEdit::resizeEvent(event);
    fitHeight();
}

void PromptEdit::focusInEvent(QFocusEvent* event) {
    QTextEdit::focusInEvent(event);
    emit focusChanged();
}

void PromptEdit::focusOutEvent(QFocusEvent* event) {
    QTextEdit::focusOutEvent(event);
    emit focusChanged();
}

void PromptEdit::changeEvent(QEvent* event) {
    QTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange) fitHeight();
}

} // namespace ponder::ui
