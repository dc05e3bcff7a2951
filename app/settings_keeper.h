#pragma once

#include <filesystem>
#include <functional>

#include <QObject>
#include <QTimer>

#include "app/settings.h"
#include "app/worker.h"

namespace ponder::app {

/// The settings in use and their file: read once, written on a thread of their own a moment after a change.
/// The destructor writes what is still to be written. Window's thread.
class SettingsKeeper : public QObject {
    Q_OBJECT
public:
    explicit SettingsKeeper(std::filesystem::path file, QObject* parent = nullptr);
    ~SettingsKeeper() override;

    const Settings& settings() const { return settings_; }
    /// What was odd in the file, one sentence each.
    const std::vector<std::string>& notices() const { return notices_; }

    void change(const std::function<void(Settings&)>& edit);
    /// Hands what has changed to the writing thread now.
    void flush();

signals:
    void changed();
    /// The file could not be written; the settings hold until the program ends.
    void failed(const QString& message);

private:
    std::filesystem::path file_;
    Settings settings_;
    std::vector<std::string> notices_;
    QTimer timer_;
    Worker writer_;
};

} // namespace ponder::app
