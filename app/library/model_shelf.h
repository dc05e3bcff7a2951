#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/library/model_card.h"
#include "app/library/model_library.h"

namespace ponder::app {

/// How models are read: the engine, or a stand-in for tests. Any thread; all throw Error.
struct ModelReaders {
    std::function<engine::ModelInfo(const std::string& path)> summarise = engine::summariseModel;
    std::function<engine::ModelInfo(const std::string& path)> inspect = engine::inspectModel;
    std::function<std::optional<std::uint64_t>(const std::string& path)> describedBytes =
        engine::describedBytes;
};

/// Somebody waits for the result, or nobody does and everybody else goes first.
enum class ReadingPace { Quick, Modest };

/// The cards of all models of this computer: at once as they were last time, then as they are. One thread at
/// a time; it starts others for as long as a call takes.
class ModelShelf {
public:
    /// The starter model may be empty; the cache is made where there is none.
    ModelShelf(std::filesystem::path starter, std::filesystem::path cacheFile, ModelReaders readers = {});

    const std::vector<ModelCard>& cards() const { return cards_; }
    const std::vector<FolderState>& folders() const { return folders_; }

    /// Takes the cards from the cache, however old they are.
    void recall();
    /// Looks through the roots and reads the header of every model that is new or has changed. True if the
    /// list is another one now. After a stop request it is as it was.
    bool scan(const std::vector<ModelRoot>& roots, const SearchWatch& watch = {});
    /// Models whose vocabulary and template were not looked at yet.
    std::size_t unread() const;
    /// Looks at them until `time` is over or all are done, modestly one at a time, quickly as many as there
    /// are cores. True if a card is another one now.
    bool readOn(std::chrono::milliseconds time, ReadingPace pace, std::stop_token stop = {});
    /// Takes note of a file's SHA-256: files that are alike in header and size are copies no more where these
    /// differ.
    void setDigest(const std::string& path, const std::string& sha256);
    /// Writes what has changed since the last time to the cache.
    void keep();

private:
    void joinCopies();
    bool areCopies(const ModelCard& a, const FoundModel& b) const;

    std::filesystem::path starter_;
    std::filesystem::path cacheFile_;
    ModelReaders readers_;
    std::vector<ModelCard> cards_;
    std::vector<FolderState> folders_;
    std::map<std::string, std::string> digests_; ///< by path of a file
    bool isKept_ = true;
};

} // namespace ponder::app
