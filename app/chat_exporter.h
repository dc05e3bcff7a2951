#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <QObject>

#include "app/exchange/export_bundle.h"
#include "app/store_thread.h"
#include "app/worker.h"
#include "ui/main_window.h"

namespace ponder::app {

/// Writes chats of the window to a place that a person names: read one by one where the store lives, written
/// on a thread of its own, so that answers are saved meanwhile. Window's thread.
class ChatExporter : public QObject {
    Q_OBJECT
public:
    /// `folder`: where the first file is offered.
    ChatExporter(StoreThread& store, std::filesystem::path folder, ui::MainWindow& window);

    /// Asks for the file of one chat; its ending says which kind it becomes.
    void askForFile(const std::string& chat, const QString& title);
    /// The same for the chats in a folder; empty: for all there are.
    void askForFolder(const QString& folder);
    /// Asks what several chats become: a file each, in a zip called after `name`, or JSON with all of them.
    void askForZip(std::vector<std::string> chats, const QString& name);
    void write(std::vector<std::string> chats, const std::string& out, const ExportFormat& format);

private:
    struct Job;
    void next(const std::shared_ptr<Job>& job);
    void end(const std::shared_ptr<Job>& job);
    void showProgress(Job& job);

    StoreThread& store_;
    std::filesystem::path folder_;
    ui::MainWindow& window_;
    std::shared_ptr<Job> running_;
    Worker writer_; // last: its jobs speak to this object
};

} // namespace ponder::app
