#include "app/library_controller.h"

#include <algorithm>

#include "app/library/library_view.h"
#include "ui/library/folders_part.h"
#include "ui/library/library_page.h"

namespace ponder::app {

LibraryController::LibraryController(LibraryKeeper& library, ModelController& models, RunChoices& choices,
                                     ChatController& chats, SettingsKeeper& settings, const Paths& paths,
                                     ui::Theme& theme, ui::MainWindow& window)
    : library_(library), models_(models), settings_(settings), paths_(paths), window_(window),
      hashes_(paths.modelHashes()),
      card_(library, hashes_, models, choices, chats, settings.settings(), paths, theme, window),
      downloads_(library, paths, window) {
    using ui::FoldersPart;
    ui::LibraryPage& page = window_.library();
    connect(&library_, &LibraryKeeper::changed, this, &LibraryController::showList);
    connect(&library_, &LibraryKeeper::stateChanged, this, &LibraryController::showState);
    connect(&models_, &ModelController::residenceChanged, this, &LibraryController::showList);
    connect(&models_, &ModelController::answered, &card_, &ModelCardController::noteAnswer);
    connect(&hashes_, &HashKeeper::changed, this, [this](const std::string& path) {
        const HashState state = hashes_.state(path);
        if (state.stage == HashState::Stage::Known) library_.noteDigest(path, state.sha256);
    });
    connect(&page, &ui::LibraryPage::chosen, this,
            [this](const QString& path) { card_.show(path.toStdString()); });
    connect(&page, &ui::LibraryPage::opened, this, [this] {
        card_.measure();
        card_.refresh(); // memory and what was measured have changed since
    });
    connect(&page.folders(), &FoldersPart::added, this, [this](const QString& path) {
        changeFolders([&](std::vector<std::string>& folders) {
            const std::string folder = path.toStdString();
            if (std::find(folders.begin(), folders.end(), folder) == folders.end()) folders.push_back(folder);
        });
    });
    connect(&page.folders(), &FoldersPart::takenOff, this, [this](const QString& path) {
        changeFolders([&](std::vector<std::string>& folders) { std::erase(folders, path.toStdString()); });
    });
    connect(&page.folders(), &FoldersPart::rescanRequested, &library_, &LibraryKeeper::rescan);
    connect(&downloads_, &DownloadController::cardWanted, this, [this](const std::string& path) {
        awaited_ = path;
        window_.library().open(ui::LibraryTab::Here);
        showList();
    });
    connect(&settings_, &SettingsKeeper::changed, this, &LibraryController::begin);
}

void LibraryController::begin() {
    const auto roots = modelRoots(paths_.modelsFolder(), settings_.settings().modelFolders, paths_.home);
    if (roots != library_.roots()) library_.setRoots(roots);
}

void LibraryController::showList() {
    const CurrentModel current = models_.inUse();
    std::vector<ui::LibraryRow> rows;
    for (const ModelCard& card : library_.cards()) rows.push_back(libraryRow(card, current));
    const auto isAwaited = [this](const ui::LibraryRow& row) { return row.path.toStdString() == awaited_; };
    const bool hasCome = !awaited_.empty() && std::any_of(rows.begin(), rows.end(), isAwaited);
    ui::LibraryPage& page = window_.library();
    page.setRows(std::move(rows));
    page.folders().setFolders(
        modelFolders(library_.folders(), library_.cards(), settings_.settings().modelFolders));
    if (hasCome) {
        page.choose(QString::fromStdString(awaited_));
        card_.show(std::exchange(awaited_, {}));
    }
    models_.refresh();
    card_.refresh();
    downloads_.showOffers();
}

void LibraryController::showState() {
    const LibraryKeeper::State& state = library_.state();
    ui::LibraryPage& page = window_.library();
    page.setScanning(state.scanning && library_.cards().empty()
                         ? tr("Looking through %Ln file(s)…", nullptr, static_cast<int>(state.entriesSeen))
                         : QString());
    page.folders().setWatching(
        !state.trouble.empty() ? QString::fromStdString(state.trouble)
        : state.scanning       ? tr("Looking…")
                         : tr("%Ln file(s) and folder(s) looked through. Changes are seen as they happen.",
                              nullptr, static_cast<int>(state.entriesSeen)));
}

void LibraryController::changeFolders(const std::function<void(std::vector<std::string>&)>& change) {
    settings_.change([&](Settings& settings) { change(settings.modelFolders); });
}

} // namespace ponder::app
