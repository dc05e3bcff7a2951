#include "ui/window_shortcuts.h"

#include "ui/key_bindings.h"

#include <QShortcut>
#include <QWidget>

namespace ponder::ui {

WindowShortcuts::WindowShortcuts(QWidget* window) : QObject(window), window_(window) {
    connect(&KeyBindings::ofProgram(), &KeyBindings::changed, this, &WindowShortcuts::rebuild);
    rebuild();
}

void WindowShortcuts::rebuild() {
    // One of them may be what was pressed just now.
    for (QShortcut* shortcut : shortcuts_) {
        shortcut->setEnabled(false);
        shortcut->deleteLater();
    }
    shortcuts_.clear();
    for (const CommandKeys& entry : commandTable()) {
        for (const QKeySequence& key : KeyBindings::ofProgram().keys(entry.command)) {
            auto* shortcut = new QShortcut(key, window_);
            connect(shortcut, &QShortcut::activated, this,
                    [this, command = entry.command] { emit pressed(command); });
            shortcuts_.push_back(shortcut);
        }
    }
}

} // namespace ponder::ui
