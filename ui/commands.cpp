#include "ui/commands.h"

#include <QCoreApplication>

namespace ponder::ui {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("ponder::ui::Commands", text);
}

} // namespace

std::vector<CommandKeys> commandTable() {
    return {
        {Command::NewChat, {QKeySequence("Ctrl+N")}, tr("New chat")},
        {Command::TemporaryChat, {QKeySequence("Ctrl+Shift+T")}, tr("New temporary chat")},
        {Command::NewFolder, {QKeySequence("Ctrl+Shift+N")}, tr("New folder")},
        {Command::FocusPrompt, {QKeySequence("Ctrl+L"), QKeySequence("Shift+Esc")}, tr("Write a message")},
        {Command::ToggleSidebar,
         {QKeySequence("Ctrl+B"), QKeySequence("Ctrl+Shift+S")},
         tr("Show or hide the sidebar")},
        {Command::ChooseModel, {QKeySequence("Ctrl+M")}, tr("Choose a model")},
        {Command::OpenModelFile, {QKeySequence("Ctrl+O")}, tr("Open a model file")},
        {Command::CopyLastAnswer, {QKeySequence("Ctrl+Shift+C")}, tr("Copy the last answer")},
        {Command::RegenerateAnswer, {QKeySequence("Ctrl+R")}, tr("Answer again")},
        {Command::RenameChat, {QKeySequence("F2")}, tr("Rename the chat")},
        {Command::BranchMap, {QKeySequence("Ctrl+Shift+B")}, tr("Versions of the chat")},
        {Command::LargerText, {QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")}, tr("Larger text")},
        {Command::SmallerText, {QKeySequence("Ctrl+-")}, tr("Smaller text")},
        {Command::UsualText, {QKeySequence("Ctrl+0")}, tr("Usual text size")},
        {Command::Help, {QKeySequence("F1"), QKeySequence("Ctrl+/")}, tr("This list")},
        {Command::Quit, {QKeySequence("Ctrl+Q"), QKeySequence("Ctrl+W")}, tr("Close Ponder")},
    };
}

QKeySequence shownKey(Command command) {
    for (const CommandKeys& entry : commandTable()) {
        if (entry.command == command) return entry.keys.first();
    }
    return {};
}

std::vector<KeyText> keyTexts() {
    std::vector<KeyText> texts{
        {tr("Enter"), tr("Send the message")},
        {tr("Shift+Enter"), tr("New line")},
        {tr("Esc"), tr("Stop the answer")},
        {tr("Up"), tr("Edit the last message, when nothing is written")},
    };
    for (const CommandKeys& entry : commandTable()) {
        texts.push_back({entry.keys.first().toString(QKeySequence::NativeText), entry.text});
    }
    texts.push_back({tr("Del"), tr("Delete the chat chosen in the list")});
    texts.push_back({tr("Ctrl+Z"), tr("Take that back, in the list")});
    return texts;
}

} // namespace ponder::ui
