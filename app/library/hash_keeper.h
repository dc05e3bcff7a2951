#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <stop_token>
#include <string>

#include <QObject>

#include "app/library/file_hash.h"
#include "app/library/found_model.h"
#include "app/library/hash_cache.h"
#include "app/worker.h"

namespace ponder::app {

/// What is known of the SHA-256 of a file, or of a whole model.
struct HashState {
    enum class Stage { NotAsked, Waiting, Running, Known, Failed };
    Stage stage = Stage::NotAsked;
    std::string sha256;   ///< of a model in parts: of the first one
    std::string expected; ///< what it should be, as far as its place says
    HashVerdict verdict = HashVerdict::Unknown;
    std::uint64_t doneBytes = 0;
    std::uint64_t totalBytes = 0;
    std::string problem; ///< of Failed
};

/// Computes the SHA-256 of model files in the background, one after the other, once for each: the result is
/// kept. Its thread lets everybody else go first. Window's thread.
class HashKeeper : public QObject {
    Q_OBJECT
public:
    /// `cacheFile` is Paths::modelHashes.
    explicit HashKeeper(std::filesystem::path cacheFile, QObject* parent = nullptr);
    ~HashKeeper() override;

    /// Computes the hashes of all its files unless they are known; `changed` follows in any case. A model
    /// that is being written has none.
    void want(const FoundModel& model);
    /// What has not begun never will, what is running ends soon.
    void cancel(const FoundModel& model);

    /// Of one file.
    HashState state(const std::string& path) const;
    /// Of all files of a model: Differs if one does, Verified if all are.
    HashState state(const FoundModel& model) const;

signals:
    /// More is known of the file at `path`.
    void changed(const std::string& path);

private:
    struct Wanted {
        HashState state;
        FileStamp stamp;
        std::stop_source stop;
    };

    void begin(const ModelFile& file);
    void show(const std::string& path, const HashState& state);

    std::map<std::string, Wanted> wanted_;
    std::unique_ptr<HashCache> cache_; // the worker's
    Worker worker_;                    // last: its jobs end in this object
};

} // namespace ponder::app
