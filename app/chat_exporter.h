#pragma once

#include <filesystem>
#include <string>

#include <QObject>

#include "app/store_thread.h"
#include "ui/main_window.h"

namespace ponder::app {

/// Writes a chat of the window to a file that a person names. Window's thread.
class ChatExporter : public QObject {
    Q_OBJECT
public:
    /// `folder`: where the first file is offered.
    ChatExporter(StoreThread& store, std::filesystem::path folder, ui::MainWindow& window);

    /// Asks for the file; its ending says which kind it becomes.
    void askForFile(const std::string& chat, const QString& title);
    void write(const std::string& chat, const std::string& file);

private:
    StoreThread& store_;
    std::filesystem::path folder_;
    ui::MainWindow& window_;
};

} // namespace ponder::app
