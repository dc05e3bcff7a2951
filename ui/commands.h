#pragma once

#include <QKeySequence>
#include <QList>
#include <QString>

#include <vector>

namespace ponder::ui {

/// What can be done from anywhere in the window by a key.
enum class Command {
    NewChat,
    TemporaryChat,
    NewFolder,
    FocusPrompt,
    ToggleSidebar,
    ChooseModel,
    OpenModelFile,
    CopyLastAnswer,
    RegenerateAnswer,
    RenameChat,
    BranchMap,
    LargerText,
    SmallerText,
    UsualText,
    Help,
    Quit,
};

struct CommandKeys {
    Command command;
    QList<QKeySequence> keys; ///< the first is the one shown
    QString text;
};

/// All commands, in the order in which the list of shortcuts shows them.
std::vector<CommandKeys> commandTable();

/// The key of a command, as a menu shows it.
QKeySequence shownKey(Command command);

/// One line of the list of shortcuts.
struct KeyText {
    QString keys;
    QString text;
};

/// Every key of the window: the commands, and what single widgets do.
std::vector<KeyText> keyTexts();

} // namespace ponder::ui
