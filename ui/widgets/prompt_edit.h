#pragma once

#include "ui/composer.h"

#include <QTextEdit>

namespace ponder::ui {

/// The text of a prompt while it is written: plain, grows from one line to eight, then scrolls.
class PromptEdit : public QTextEdit {
    Q_OBJECT
public:
    explicit PromptEdit(Theme& theme, QWidget* parent = nullptr);

    /// Without emitting textChanged.
    void put(const QString& text);
    void setHint(const QString& hint);
    void setSendKey(SendKey key) { sendKey_ = key; }

signals:
    void sendRequested();
    void editLastRequested();
    void focusChanged();
    void filesGiven(const QStringList& files); ///< pasted
    void longTextPasted(const QString& text);  ///< instead of being inserted
    void longPasteUndone();                    ///< and inserted after all, by Undo

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool canInsertFromMimeData(const QMimeData* source) const override;
    void insertFromMimeData(const QMimeData* source) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void inputMethodEvent(QInputMethodEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void takeTheme();
    void spaceLines();
    void fitHeight();

    Theme& theme_;
    QString hint_;
    SendKey sendKey_ = SendKey::Enter;
    QString setAside_;       ///< the long text pasted last, until something else is written
    bool composing_ = false; ///< an input method is still at a word
};

} // namespace ponder::ui
