#pragma once

#include <atomic>
#include <memory>
#include <stop_token>
#include <string>

#include <QObject>
#include <QTimer>

#include "app/chat_controller.h"
#include "app/exchange/import.h"
#include "app/store_thread.h"
#include "app/worker.h"
#include "ui/main_window.h"

namespace ponder::app {

/// Brings chats of other programs into the window: a file, a look at what is in it, and only then the import.
/// A large export is read on a thread of its own, so that answers are saved meanwhile; it says how far it is
/// and can be cancelled until the last moment, with nothing left of it. Window's thread.
class ChatImporter : public QObject {
    Q_OBJECT
public:
    ChatImporter(StoreThread& store, ChatController& chats, ui::MainWindow& window);
    ~ChatImporter() override;

    void askForFile();
    /// Reads the file and shows what would come in.
    void preview(const std::string& file);

private:
    /// One reading or one import, from its beginning to its end.
    struct Step {
        std::stop_source stop;
        std::atomic<double> fraction = 0;

        ImportWatch watch();
    };

    std::shared_ptr<Step> begin(const QString& doing);
    void end(const std::shared_ptr<Step>& step);
    void showProgress();
    void show(std::shared_ptr<const ImportedChats> read);
    void bringIn();

    StoreThread& store_;
    ChatController& chats_;
    ui::MainWindow& window_;
    std::shared_ptr<const ImportedChats> waiting_; // previewed, and not taken yet
    std::shared_ptr<Step> step_;
    QString doing_; // "Reading export.zip"
    QTimer timer_;
    Worker reader_; // last: its jobs speak to this object
};

} // namespace ponder::app
