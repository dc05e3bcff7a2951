#pragma once

#include <vector>

#include <QObject>

#include "app/chat_controller.h"
#include "app/chat_option_rows.h"

namespace ponder::ui {
class ChatOptionsDialog;
}

namespace ponder::app {

/// The dialog with the open chat's own settings, and the presets it offers. Window's thread.
class ChatOptionsController : public QObject {
    Q_OBJECT
public:
    ChatOptionsController(StoreThread& store, ModelController& models, ChatController& chats,
                          ui::Theme& theme, ui::MainWindow& window);

    void open();

private:
    ChatOptions here() const;
    void change(ui::ChatOptionsDialog& dialog, const ChatOptions& options);
    void keep(ui::ChatOptionsDialog& dialog, std::vector<Preset> presets);
    QStringList names() const;

    StoreThread& store_;
    ModelController& models_;
    ChatController& chats_;
    ui::Theme& theme_;
    ui::MainWindow& window_;
    std::vector<Preset> presets_;
};

} // namespace ponder::app
