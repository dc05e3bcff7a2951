#pragma once

#include "ui/commands.h"
#include "ui/theme.h"
#include "ui/widgets/menu.h"

namespace ponder::ui {

/// What the dots in the header open, behind the actions of the open chat: how the window looks, a model file,
/// help. Made when it is opened.
class WindowMenu : public Menu {
    Q_OBJECT
public:
    explicit WindowMenu(Theme& theme, QWidget* parent = nullptr);

    /// To be called once the actions of the chat, if any, are in.
    void addWindowActions();

signals:
    void commandChosen(Command command);
    void exportAllChosen();
    void appearanceChosen(Appearance appearance);

private:
    void addCommand(Menu& menu, Icon icon, const QString& text, Command command);
    void addAppearances();

    Theme& theme_;
};

} // namespace ponder::ui
