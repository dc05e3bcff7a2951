#include "ui/window_menu.h"

#include <QActionGroup>

namespace ponder::ui {

WindowMenu::WindowMenu(Theme& theme, QWidget* parent) : Menu(theme, parent), theme_(theme) {}

void WindowMenu::addWindowActions() {
    if (!isEmpty()) addSeparator();
    addCommand(*this, Icon::Settings, tr("Settings of the chat…"), Command::ChatOptions);
    addCommand(*this, Icon::Branch, tr("Versions of the chat…"), Command::BranchMap);
    addCommand(*this, Icon::Information, tr("What the model will see…"), Command::Context);
    addSeparator();
    addCommand(*this, Icon::Plus, tr("New temporary chat"), Command::TemporaryChat);
    addCommand(*this, Icon::Chip, tr("Models…"), Command::Models);
    Menu* files = addSubmenu(Icon::None, tr("Import and export"));
    addCommand(*files, Icon::ArrowDown, tr("Import chats…"), Command::ImportChats);
    connect(files->add(Icon::ArrowUp, tr("Export all chats…")), &QAction::triggered, this,
            &WindowMenu::exportAllChosen);
    addAppearances();
    addSeparator();
    addCommand(*this, Icon::Settings, tr("Settings"), Command::Settings);
    addCommand(*this, Icon::Information, tr("Keyboard shortcuts"), Command::Help);
}

void WindowMenu::addCommand(Menu& menu, Icon icon, const QString& text, Command command) {
    connect(menu.add(icon, text, shownKey(command)), &QAction::triggered, this,
            [this, command] { emit commandChosen(command); });
}

void WindowMenu::addAppearances() {
    Menu* looks = addSubmenu(Icon::None, tr("Appearance"));
    auto* group = new QActionGroup(looks);
    const std::pair<Appearance, QString> entries[] = {{Appearance::System, tr("As the desktop")},
                                                      {Appearance::Light, tr("Light")},
                                                      {Appearance::Dark, tr("Dark")},
                                                      {Appearance::HighContrast, tr("High contrast")}};
    for (const auto& [look, text] : entries) {
        const bool chosen = theme_.appearance() == look;
        QAction* action = looks->add(chosen ? Icon::Check : Icon::None, text);
        action->setCheckable(true);
        action->setChecked(chosen);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, look = look] { emit appearanceChosen(look); });
    }
    looks->addSeparator();
    addCommand(*looks, Icon::None, tr("Larger text"), Command::LargerText);
    addCommand(*looks, Icon::None, tr("Smaller text"), Command::SmallerText);
    addCommand(*looks, Icon::None, tr("Usual text size"), Command::UsualText);
}

} // namespace ponder::ui
