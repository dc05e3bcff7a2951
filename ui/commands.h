#pragma once

#include <QKeySequence>
#include <QList>
#include <QString>

#include <vector>

namespace ponder::ui {

/// What can be done from anywhere in the window. A new one gets a row in commandTable and a case in
/// MainWindow::run.
enum class Command {
    NewChat,
    TemporaryChat,
    NewFolder,
    RenameChat,
    PinChat,
    DeleteChat,
    ExportChat,
    ImportChats,
    FocusPrompt,
    StopAnswer,
    RegenerateAnswer,
    CopyLastAnswer,
    ChooseModel,
    OpenModelFile,
    Models,
    GetModel,
    BranchMap,
    ChatOptions,
    Context,
    FindInChat,
    FindNext,
    FindPrevious,
    SearchChats,
    OpenPalette,
    ToggleSidebar,
    LargerText,
    SmallerText,
    UsualText,
    Settings,
    Help,
    Quit,
};

/// The parts of the list of shortcuts.
enum class CommandGroup { Chats, Messages, Window };

struct CommandKeys {
    Command command;
    QString id; ///< in the settings file
    CommandGroup group;
    QList<QKeySequence> keys; ///< unless the person chose others; the first is the one shown
    QString text;
};

/// All commands, in the order in which the list of shortcuts shows them.
std::vector<CommandKeys> commandTable();

QString titleOf(CommandGroup group);

/// The key of a command that is in force, as a menu shows it; empty: it has none.
QKeySequence shownKey(Command command);

/// A key that is always the same.
struct FixedKey {
    CommandGroup group;
    QString keys;
    QString text;
};

/// What single widgets do with keys.
std::vector<FixedKey> fixedKeys();

} // namespace ponder::ui
