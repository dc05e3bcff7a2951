#include "app/data_places.h"

#include <QCoreApplication>

namespace ponder::app {

namespace {

struct DataPlaces {
    Q_DECLARE_TR_FUNCTIONS(DataPlaces)
};

} // namespace

std::vector<ui::DataPlace> dataPlaces(const Paths& paths) {
    const auto text = [](const std::filesystem::path& path) { return QString::fromStdString(path.string()); };
    return {
        {DataPlaces::tr("Chats"),
         DataPlaces::tr(
             "One database file with every conversation. Copy it while Ponder is closed to back it up."),
         text(paths.chatFile())},
        {DataPlaces::tr("Backups"),
         DataPlaces::tr("Before a new version changes the database, a copy is kept beside it, the last three "
                        "of them."),
         text(paths.data)},
        {DataPlaces::tr("Settings"),
         DataPlaces::tr("A text file; only what differs from the usual is in it."),
         text(paths.settingsFile())},
        {DataPlaces::tr("Models of Ponder's own"),
         DataPlaces::tr("Files that end in .gguf and lie here are found by themselves."),
         text(paths.modelsFolder())},
        {DataPlaces::tr("Snapshots"),
         DataPlaces::tr("What models have worked out of your chats, so that they go on at once. At most "
                        "2 GB; may be deleted."),
         text(paths.snapshots())},
        {DataPlaces::tr("Cache"),
         DataPlaces::tr("What can be made again. It may be deleted while Ponder is closed."),
         text(paths.cache)},
    };
}

} // namespace ponder::app
