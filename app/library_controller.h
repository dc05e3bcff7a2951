#pragma once

#include <QObject>

#include "app/download_controller.h"
#include "app/library/hash_keeper.h"
#include "app/library/library_keeper.h"
#include "app/model_card_controller.h"
#include "app/model_controller.h"
#include "app/settings_keeper.h"

namespace ponder::app {

/// The library in the window: the list of models, kept true, the folders it comes from, and who shows the
/// rest of the page. Window's thread.
class LibraryController : public QObject {
    Q_OBJECT
public:
    LibraryController(LibraryKeeper& library, ModelController& models, RunChoices& choices,
                      ChatController& chats, SettingsKeeper& settings, const Paths& paths, ui::Theme& theme,
                      ui::MainWindow& window);

    /// Begins to look for models.
    void begin();
    ModelCardController& card() { return card_; }

private:
    void showList();
    void showState();
    void changeFolders(const std::function<void(std::vector<std::string>&)>& change);

    LibraryKeeper& library_;
    ModelController& models_;
    SettingsKeeper& settings_;
    const Paths& paths_;
    ui::MainWindow& window_;
    HashKeeper hashes_;
    ModelCardController card_;
    DownloadController downloads_;
    std::string awaited_; ///< its card is shown once it is found
};

} // namespace ponder::app
