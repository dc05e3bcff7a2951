#pragma once

#include "ui/commands.h"

#include <QMap>
#include <QObject>

#include <optional>

namespace ponder::ui {

/// The keys of the commands: the table's, except where the person chose others. There is one for the program,
/// as there is one clipboard, so that every menu and tool tip shows what is in force. UI thread only.
class KeyBindings : public QObject {
    Q_OBJECT
public:
    static KeyBindings& ofProgram();

    QList<QKeySequence> keys(Command command) const;
    bool isOwn(Command command) const;
    void choose(Command command, const QList<QKeySequence>& keys);
    void reset(Command command);
    void resetAll();

    /// Who has the key already.
    std::optional<Command> holderOf(const QKeySequence& key) const;

    /// The person's own keys as the settings keep them: a command's id and its keys. Ids this version does
    /// not know are kept.
    const QMap<QString, QString>& own() const { return own_; }
    void setOwn(const QMap<QString, QString>& own);

signals:
    void changed();

private:
    KeyBindings() = default;

    QMap<QString, QString> own_;
};

/// Why the key cannot be a command's ("Letters are for writing. Add Ctrl or Alt."); empty: it can.
QString whyUnfit(const QKeySequence& key);

/// As people read them: "Ctrl+L, Shift+Esc"; empty without keys.
QString shownKeys(const QList<QKeySequence>& keys);

/// "Choose a model (Ctrl+M)"; without a key only the text.
QString textWithKey(const QString& text, Command command);

} // namespace ponder::ui
