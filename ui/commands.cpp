#include "ui/commands.h"

#include "ui/key_bindings.h"

#include <QCoreApplication>

namespace ponder::ui {

namespace {

/// Gives the words of the table a context of their own.
struct Commands {
    Q_DECLARE_TR_FUNCTIONS(Commands)
};

} // namespace

std::vector<CommandKeys> commandTable() {
    using enum CommandGroup;
    const auto keys = [](std::initializer_list<const char*> texts) {
        QList<QKeySequence> list;
        for (const char* text : texts) list << QKeySequence(text);
        return list;
    };
    return {
        {Command::NewChat, "newChat", Chats, keys({"Ctrl+N"}), Commands::tr("New chat")},
        {Command::TemporaryChat, "temporaryChat", Chats, keys({"Ctrl+Shift+T"}),
         Commands::tr("New temporary chat")},
        {Command::NewFolder, "newFolder", Chats, keys({"Ctrl+Shift+N"}), Commands::tr("New folder")},
        {Command::RenameChat, "renameChat", Chats, keys({"F2"}), Commands::tr("Rename the chat")},
        {Command::ChatOptions, "chatOptions", Chats, keys({"Ctrl+Shift+,"}),
         Commands::tr("Settings of the chat")},
        {Command::Context, "context", Chats, keys({"Ctrl+Shift+I"}), Commands::tr("What the model will see")},
        {Command::BranchMap, "versions", Chats, keys({"Ctrl+Shift+B"}), Commands::tr("Versions of the chat")},
        {Command::PinChat, "pinChat", Chats, {}, Commands::tr("Pin or unpin the chat")},
        {Command::DeleteChat, "deleteChat", Chats, {}, Commands::tr("Delete the chat")},
        {Command::ExportChat, "exportChat", Chats, keys({"Ctrl+E"}), Commands::tr("Export the chat")},
        {Command::ImportChats, "importChats", Chats, keys({"Ctrl+I"}), Commands::tr("Import chats")},

        {Command::FocusPrompt, "focusPrompt", Messages, keys({"Ctrl+L", "Shift+Esc"}),
         Commands::tr("Write a message")},
        {Command::StopAnswer, "stopAnswer", Messages, {}, Commands::tr("Stop the answer")},
        {Command::RegenerateAnswer, "regenerateAnswer", Messages, keys({"Ctrl+R"}),
         Commands::tr("Answer again")},
        {Command::CopyLastAnswer, "copyLastAnswer", Messages, keys({"Ctrl+Shift+C"}),
         Commands::tr("Copy the last answer")},
        {Command::ChooseModel, "chooseModel", Messages, keys({"Ctrl+M"}), Commands::tr("Choose a model")},
        {Command::OpenModelFile, "openModelFile", Messages, keys({"Ctrl+O"}),
         Commands::tr("Open a model file")},
        {Command::Models, "models", Messages, keys({"Ctrl+Shift+M"}),
         Commands::tr("Models on this computer")},
        {Command::GetModel, "getModel", Messages, {}, Commands::tr("Get a model")},

        {Command::OpenPalette, "palette", Window, keys({"Ctrl+K"}), Commands::tr("Find anything")},
        {Command::SearchChats, "searchChats", Window, keys({"Ctrl+Shift+F"}),
         Commands::tr("Search all chats")},
        {Command::FindInChat, "findInChat", Window, keys({"Ctrl+F"}), Commands::tr("Find in this chat")},
        {Command::FindNext, "findNext", Window, keys({"F3", "Ctrl+G"}), Commands::tr("Next place found")},
        {Command::FindPrevious, "findPrevious", Window, keys({"Shift+F3", "Ctrl+Shift+G"}),
         Commands::tr("Previous place found")},
        {Command::ToggleSidebar, "toggleSidebar", Window, keys({"Ctrl+B", "Ctrl+Shift+S"}),
         Commands::tr("Show or hide the sidebar")},
        {Command::LargerText, "largerText", Window, keys({"Ctrl++", "Ctrl+="}), Commands::tr("Larger text")},
        {Command::SmallerText, "smallerText", Window, keys({"Ctrl+-"}), Commands::tr("Smaller text")},
        {Command::UsualText, "usualText", Window, keys({"Ctrl+0"}), Commands::tr("Usual text size")},
        {Command::Settings, "settings", Window, keys({"Ctrl+,"}), Commands::tr("Settings")},
        {Command::Help, "shortcuts", Window, keys({"F1", "Ctrl+/"}), Commands::tr("Keyboard shortcuts")},
        {Command::Quit, "quit", Window, keys({"Ctrl+Q", "Ctrl+W"}), Commands::tr("Close Ponder")},
    };
}

QString titleOf(CommandGroup group) {
    switch (group) {
    case CommandGroup::Chats:
        return Commands::tr("Chats");
    case CommandGroup::Messages:
        return Commands::tr("Messages and models");
    case CommandGroup::Window:
        return Commands::tr("Window");
    }
    return {};
}

QKeySequence shownKey(Command command) {
    const QList<QKeySequence> keys = KeyBindings::ofProgram().keys(command);
    return keys.isEmpty() ? QKeySequence() : keys.first();
}

std::vector<FixedKey> fixedKeys() {
    using enum CommandGroup;
    return {
        {Chats, Commands::tr("Del"), Commands::tr("Delete the chat chosen in the list")},
        {Chats, Commands::tr("Ctrl+Z"), Commands::tr("Take that back, in the list")},
        {Messages, Commands::tr("Enter"), Commands::tr("Send the message")},
        {Messages, Commands::tr("Shift+Enter"), Commands::tr("New line")},
        {Messages, Commands::tr("Esc"), Commands::tr("Stop the answer")},
        {Messages, Commands::tr("Up"), Commands::tr("Edit the last message, when nothing is written")},
    };
}

} // namespace ponder::ui
