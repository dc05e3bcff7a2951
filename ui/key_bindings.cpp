#include "ui/key_bindings.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace ponder::ui {

namespace {

/// Gives the words of this file a context.
struct Keys {
    Q_DECLARE_TR_FUNCTIONS(Keys)
};

const CommandKeys& entryOf(Command command) {
    static const std::vector<CommandKeys> table = commandTable();
    return *std::find_if(table.begin(), table.end(),
                         [&](const CommandKeys& entry) { return entry.command == command; });
}

bool isFunctionKey(int key) {
    return key >= Qt::Key_F1 && key <= Qt::Key_F35;
}

/// What text fields and lists do with keys that have a modifier.
bool isOfText(const QKeySequence& key) {
    static const std::array kinds{QKeySequence::Copy,
                                  QKeySequence::Cut,
                                  QKeySequence::Paste,
                                  QKeySequence::Undo,
                                  QKeySequence::Redo,
                                  QKeySequence::SelectAll,
                                  QKeySequence::DeleteEndOfWord,
                                  QKeySequence::DeleteStartOfWord,
                                  QKeySequence::MoveToNextWord,
                                  QKeySequence::MoveToPreviousWord};
    return std::any_of(kinds.begin(), kinds.end(), [&](QKeySequence::StandardKey kind) {
        return QKeySequence::keyBindings(kind).contains(key);
    });
}

} // namespace

KeyBindings& KeyBindings::ofProgram() {
    static KeyBindings bindings;
    return bindings;
}

QList<QKeySequence> KeyBindings::keys(Command command) const {
    const CommandKeys& entry = entryOf(command);
    const auto own = own_.find(entry.id);
    if (own == own_.end()) return entry.keys;
    if (own->isEmpty()) return {}; // which Qt would read as one empty key
    return QKeySequence::listFromString(*own, QKeySequence::PortableText);
}

bool KeyBindings::isOwn(Command command) const {
    return own_.contains(entryOf(command).id);
}

void KeyBindings::choose(Command command, const QList<QKeySequence>& keys) {
    const CommandKeys& entry = entryOf(command);
    if (keys == entry.keys) return reset(command);
    own_[entry.id] = QKeySequence::listToString(keys, QKeySequence::PortableText);
    emit changed();
}

void KeyBindings::reset(Command command) {
    if (own_.remove(entryOf(command).id)) emit changed();
}

void KeyBindings::resetAll() {
    setOwn({});
}

std::optional<Command> KeyBindings::holderOf(const QKeySequence& key) const {
    for (const CommandKeys& entry : commandTable()) {
        if (keys(entry.command).contains(key)) return entry.command;
    }
    return std::nullopt;
}

void KeyBindings::setOwn(const QMap<QString, QString>& own) {
    if (own == own_) return;
    own_ = own;
    emit changed();
}

QString whyUnfit(const QKeySequence& key) {
    const int code = key[0].key();
    const Qt::KeyboardModifiers modifiers = key[0].keyboardModifiers();
    if (isOfText(key)) return Keys::tr("%1 belongs to the text you write.").arg(shownKeys({key}));
    if (isFunctionKey(code) || modifiers & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))
        return {};
    if (code == Qt::Key_Escape && modifiers & Qt::ShiftModifier) return {};
    return Keys::tr("%1 alone is for writing. Add Ctrl or Alt.").arg(shownKeys({key}));
}

QString shownKeys(const QList<QKeySequence>& keys) {
    QStringList shown;
    for (const QKeySequence& key : keys) shown << key.toString(QKeySequence::NativeText);
    return shown.join(", ");
}

QString textWithKey(const QString& text, Command command) {
    const QList<QKeySequence> keys = KeyBindings::ofProgram().keys(command);
    return keys.isEmpty() ? text : Keys::tr("%1 (%2)", "text, key").arg(text, shownKeys({keys.first()}));
}

} // namespace ponder::ui
