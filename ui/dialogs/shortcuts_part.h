#pragma once

#include "ui/commands.h"
#include "ui/dialogs/settings_part.h"

#include <map>

namespace ponder::ui {

class DialogLine;
class KeyButton;

/// Every command with its keys, which can be changed here.
class ShortcutsPart : public SettingsPart {
    Q_OBJECT
public:
    ShortcutsPart(Theme& theme, const QString& title, QWidget* parent = nullptr);

private:
    struct Line {
        DialogLine* line;
        KeyButton* keys;
    };

    void addCommand(const CommandKeys& entry);
    void choose(Command command, const QKeySequence& key);
    void refresh();

    std::map<Command, Line> commands_;
};

} // namespace ponder::ui
