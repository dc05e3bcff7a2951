#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include <QObject>
#include <QTimer>

#include "app/library/library_watch.h"
#include "app/library/model_shelf.h"
#include "app/worker.h"

namespace ponder::app {

/// The list of models as the window has it, kept true: at once as it was last time, soon as it is, and again
/// whenever something changes in the folders. Everything slow happens on a thread of its own. Window's
/// thread.
class LibraryKeeper : public QObject {
    Q_OBJECT
public:
    struct Places {
        std::filesystem::path starter;   ///< may be empty
        std::filesystem::path cacheFile; ///< Paths::modelCards
    };
    struct State {
        bool scanning = false;
        bool readingOn = false;      ///< vocabularies and templates are being looked at; the list can be used
        std::size_t entriesSeen = 0; ///< names of files and folders, in this scan or the last one
        std::string trouble; ///< why changes are only seen every few seconds; empty: they are seen at once

        bool operator==(const State&) const = default;
    };

    explicit LibraryKeeper(Places places, ModelReaders readers = {}, QObject* parent = nullptr);
    ~LibraryKeeper() override;

    /// From now on these are searched; the first call begins it all.
    void setRoots(std::vector<ModelRoot> roots);
    void rescan();
    /// A file's SHA-256 has become known: copies are told from files that are only alike.
    void noteDigest(const std::string& path, const std::string& sha256);

    const std::vector<ModelCard>& cards() const { return cards_; }
    const std::vector<FolderState>& folders() const { return folders_; }
    const State& state() const { return state_; }
    const std::vector<ModelRoot>& roots() const { return roots_; }

signals:
    /// cards() or folders() are others now.
    void changed();
    void stateChanged();

private:
    struct Background; // what the worker's jobs use

    void showState(const State& state);
    void beginScan();

    std::vector<ModelRoot> roots_;
    std::vector<ModelCard> cards_;
    std::vector<FolderState> folders_;
    State state_;
    bool hasRecalled_ = false;
    std::stop_source stop_;
    std::unique_ptr<Background> background_;
    LibraryWatch watch_;
    Worker worker_; // last: its jobs use what stands above
};

} // namespace ponder::app
