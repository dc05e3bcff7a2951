#include "app/settings_keeper.h"

#include <utility>

#include "ui/run_later.h"

namespace ponder::app {

namespace {

constexpr int kWriteAfterMilliseconds = 300; // Ctrl+Plus held down is one change

} // namespace

SettingsKeeper::SettingsKeeper(std::filesystem::path file, QObject* parent)
    : QObject(parent), file_(std::move(file)), writer_([this](const std::exception& error) {
          const QString message = QString::fromUtf8(error.what());
          ui::runLater(this, [this, message] { emit failed(message); });
      }) {
    LoadedSettings loaded = loadSettings(file_);
    settings_ = std::move(loaded.settings);
    notices_ = std::move(loaded.notices);
    timer_.setSingleShot(true);
    timer_.setInterval(kWriteAfterMilliseconds);
    connect(&timer_, &QTimer::timeout, this, &SettingsKeeper::flush);
}

SettingsKeeper::~SettingsKeeper() {
    if (timer_.isActive()) flush();
}

void SettingsKeeper::change(const std::function<void(Settings&)>& edit) {
    Settings edited = settings_;
    edit(edited);
    if (edited == settings_) return;
    settings_ = std::move(edited);
    timer_.start();
    emit changed();
}

void SettingsKeeper::flush() {
    timer_.stop();
    writer_.post([file = file_, settings = settings_] { saveSettings(file, settings); });
}

} // namespace ponder::app
