#pragma once

#include <memory>
#include <string>

#include <QObject>

#include "app/chat_controller.h"
#include "app/exchange/import.h"
#include "app/store_thread.h"
#include "app/worker.h"
#include "ui/main_window.h"

namespace ponder::app {

/// Brings chats of other programs into the window: a file, a look at what is in it, and only then the import.
/// A large export is read on a thread of its own, so that answers are saved meanwhile. Window's thread.
class ChatImporter : public QObject {
    Q_OBJECT
public:
    ChatImporter(StoreThread& store, ChatController& chats, ui::MainWindow& window);

    void askForFile();
    /// Reads the file and shows what would come in.
    void preview(const std::string& file);

private:
    void show(std::shared_ptr<const ImportedChats> read);
    void bringIn();

    StoreThread& store_;
    ChatController& chats_;
    ui::MainWindow& window_;
    std::shared_ptr<const ImportedChats> waiting_; // previewed, and not taken yet
    Worker reader_;
};

} // namespace ponder::app
