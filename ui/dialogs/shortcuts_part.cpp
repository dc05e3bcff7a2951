#include "ui/dialogs/shortcuts_part.h"

#include "ui/dialogs/dialog_line.h"
#include "ui/dialogs/key_button.h"
#include "ui/key_bindings.h"
#include "ui/widgets/label.h"

namespace ponder::ui {

ShortcutsPart::ShortcutsPart(Theme& theme, const QString& title, QWidget* parent)
    : SettingsPart(theme, title, parent) {
    const std::vector<CommandKeys> table = commandTable();
    for (CommandGroup group : {CommandGroup::Chats, CommandGroup::Messages, CommandGroup::Window}) {
        auto* heading = new Label(theme, TextStyle::Label, &Colours::muted, this);
        heading->setText(titleOf(group));
        heading->setContentsMargins(0, space::kMedium, 0, space::kTiny);
        QStringList words{titleOf(group)};
        for (const CommandKeys& entry : table) {
            if (entry.group == group) words << entry.text;
        }
        addLine(heading, words.join(' '));
        for (const CommandKeys& entry : table) {
            if (entry.group == group) addCommand(entry);
        }
    }
    connect(&KeyBindings::ofProgram(), &KeyBindings::changed, this, &ShortcutsPart::refresh);
    refresh();
}

void ShortcutsPart::addCommand(const CommandKeys& entry) {
    auto* line = new DialogLine(theme_, entry.text, {}, this);
    auto* keys = new KeyButton(theme_, entry.text, line);
    line->addControl(keys);
    line->addReset();
    commands_[entry.command] = {line, keys};
    connect(keys, &KeyButton::keyPressed, this,
            [this, command = entry.command](const QKeySequence& key) { choose(command, key); });
    connect(keys, &KeyButton::removed, this,
            [command = entry.command] { KeyBindings::ofProgram().choose(command, {}); });
    connect(line, &DialogLine::resetRequested, this,
            [command = entry.command] { KeyBindings::ofProgram().reset(command); });
    addLine(line, titleOf(entry.group) + ' ' + entry.text + ' ' + shownKeys(entry.keys));
}

void ShortcutsPart::choose(Command command, const QKeySequence& key) {
    KeyBindings& bindings = KeyBindings::ofProgram();
    DialogLine& line = *commands_.at(command).line;
    if (const QString why = whyUnfit(key); !why.isEmpty()) return line.setExplanation(why, &Colours::danger);
    const std::optional<Command> holder = bindings.holderOf(key);
    if (holder && *holder != command) {
        for (const CommandKeys& entry : commandTable()) {
            if (entry.command != *holder) continue;
            line.setExplanation(tr("%1 is taken by “%2”. Choose other keys, or change those first.")
                                    .arg(shownKeys({key}), entry.text),
                                &Colours::danger);
        }
        return;
    }
    line.setExplanation({});
    bindings.choose(command, {key});
}

void ShortcutsPart::refresh() {
    const KeyBindings& bindings = KeyBindings::ofProgram();
    for (const auto& [command, line] : commands_) {
        line.keys->setKeys(bindings.keys(command));
        line.line->setResetShown(bindings.isOwn(command));
        line.line->setExplanation({});
    }
}

} // namespace ponder::ui
