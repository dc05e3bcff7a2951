#pragma once

#include <QObject>

#include "app/paths.h"
#include "app/settings_keeper.h"
#include "app/worker.h"
#include "ui/main_window.h"
#include "ui/theme.h"

namespace ponder::app {

/// Settings in the window: each takes effect as soon as it is chosen, in the dialog, a menu or by a key, and
/// is kept. Also fills the dialog's pages about where the data lies and what the processes have open.
/// Window's thread.
class SettingsController : public QObject {
    Q_OBJECT
public:
    SettingsController(SettingsKeeper& keeper, const Paths& paths, ui::Theme& theme, ui::MainWindow& window);

    /// How the engine is confined, in its own words; empty until a model is loaded.
    void setConfinement(const std::string& sentence);

private:
    void takeOver();
    void readOfflineFacts();

    SettingsKeeper& keeper_;
    ui::Theme& theme_;
    ui::MainWindow& window_;
    QString confinement_;
    Worker reader_; // last: its jobs end in this object
};

} // namespace ponder::app
