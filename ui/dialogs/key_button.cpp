#include "ui/dialogs/key_button.h"

#include "ui/key_bindings.h"

#include <QKeyEvent>

namespace ponder::ui {

namespace {

bool isModifier(int key) {
    return key == Qt::Key_Control || key == Qt::Key_Shift || key == Qt::Key_Alt || key == Qt::Key_Meta ||
           key == Qt::Key_AltGr || key == 0 || key == Qt::Key_unknown;
}

/// Shift is part of the character where there is one: Ctrl+Shift+; is pressed as Ctrl+:.
QKeySequence sequenceOf(const QKeyEvent& event) {
    Qt::KeyboardModifiers modifiers = event.modifiers() & ~(Qt::KeypadModifier | Qt::GroupSwitchModifier);
    const bool isSymbol =
        event.key() > Qt::Key_Space && event.key() < Qt::Key_Escape && !QChar(event.key()).isLetterOrNumber();
    if (isSymbol) modifiers &= ~Qt::ShiftModifier;
    return QKeySequence(QKeyCombination(modifiers, Qt::Key(event.key())));
}

} // namespace

KeyButton::KeyButton(Theme& theme, QString name, QWidget* parent)
    : Button(theme, ButtonLook::Outlined, parent), name_(std::move(name)) {
    setTextStyle(TextStyle::Control);
    setToolTip(tr("Change the keys"));
    setCheckable(true);
    connect(this, &Button::clicked, this, &KeyButton::listen);
}

void KeyButton::setKeys(const QList<QKeySequence>& keys) {
    keys_ = shownKeys(keys);
    rest();
}

void KeyButton::listen() {
    listening_ = true;
    setChecked(true);
    setText(tr("Press the keys…"));
    setAccessibleName(tr("%1: press the new keys").arg(name_));
    setFocus(Qt::OtherFocusReason);
}

void KeyButton::rest() {
    listening_ = false;
    setChecked(false);
    setText(keys_.isEmpty() ? tr("None", "no key") : keys_);
    setAccessibleName(tr("%1: %2", "command, keys").arg(name_, text()));
}

bool KeyButton::event(QEvent* event) {
    // Tab and the keys of other commands are also keys a person may press here.
    if (listening_ && event->type() == QEvent::ShortcutOverride) {
        event->accept();
        return true;
    }
    if (listening_ && event->type() == QEvent::KeyPress) {
        keyPressEvent(static_cast<QKeyEvent*>(event));
        return true;
    }
    return Button::event(event);
}

void KeyButton::keyPressEvent(QKeyEvent* event) {
    if (!listening_) return Button::keyPressEvent(event);
    event->accept();
    if (isModifier(event->key())) return;
    rest();
    const bool plain = event->modifiers() == Qt::NoModifier;
    if (plain && event->key() == Qt::Key_Escape) return;
    if (plain && (event->key() == Qt::Key_Backspace || event->key() == Qt::Key_Delete))
        emit removed();
    else
        emit keyPressed(sequenceOf(*event));
}

void KeyButton::focusOutEvent(QFocusEvent* event) {
    if (listening_) rest();
    Button::focusOutEvent(event);
}

} // namespace ponder::ui
