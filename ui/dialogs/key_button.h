#pragma once

#include "ui/widgets/button.h"

#include <QKeySequence>

namespace ponder::ui {

/// Shows the keys of a command. Pressed, it listens: the next key with its modifiers is the choice, Backspace
/// takes the keys away, Esc leaves them as they are.
class KeyButton : public Button {
    Q_OBJECT
public:
    KeyButton(Theme& theme, QString name, QWidget* parent = nullptr);

    void setKeys(const QList<QKeySequence>& keys);

signals:
    void keyPressed(const QKeySequence& key);
    void removed();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void listen();
    void rest();

    QString name_;
    QString keys_;
    bool listening_ = false;
};

} // namespace ponder::ui
