#pragma once

#include <QObject>

#include "app/chat_controller.h"

namespace ponder::app {

/// The map of the open chat's versions, and two of them side by side. Window's thread.
class BranchDialogs : public QObject {
    Q_OBJECT
public:
    BranchDialogs(ChatController& chats, ui::Theme& theme, ui::MainWindow& window);

    void showMap();
    void compare(int firstTurn, int secondTurn);

private:
    /// With the version beside it: the one before, or the next one of the first.
    void compareWithNeighbour(int turn);

    ChatController& chats_;
    ui::Theme& theme_;
    ui::MainWindow& window_;
};

} // namespace ponder::app
