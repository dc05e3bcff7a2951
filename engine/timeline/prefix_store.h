#pragma once

#include "engine/timeline/snapshot_file.h"
#include "engine/timeline/snapshot_folder.h"
#include "engine/timeline/timeline.h"

#include <atomic>
#include <map>
#include <mutex>
#include <span>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace ponder::engine {

struct PrefixStoreOptions {
    std::string folder = {};     ///< empty: nothing is kept, nothing found
    std::uint64_t mostBytes = 0; ///< see SnapshotFolder::limit
    int leastTokens = 256;       ///< shorter conversations are evaluated sooner than they are worth a file
    int leastGain = 32;          ///< tokens; fewer are evaluated sooner than the disk answers
};

/// What was evaluated once, on the disk: after an answer the conversation's part of the cache is written by
/// a thread of the store's own while nothing else uses it, before an answer the longest part that a prompt
/// shares with any of them is taken over. A longer conversation extends its file, another branch of it cuts
/// the file back first. Whatever the disk or a file does costs time, never an answer. Engine thread only, but
/// for `settle`.
class PrefixStore {
public:
    /// For timelines of `model` like this one. `timeline` must outlive the store.
    PrefixStore(const Model& model, const Timeline& timeline, const PrefixStoreOptions& options);
    /// Finishes what is being written.
    ~PrefixStore();
    PrefixStore(const PrefixStore&) = delete;
    PrefixStore& operator=(const PrefixStore&) = delete;

    /// How many of `tokens` `load` could spare a timeline that is empty.
    int reusable(std::span<const TokenId> tokens) const;
    /// To be called before `timeline` is used for `tokens`, even where nothing will be found: ends the
    /// writing, for another conversation half a second later. Where a snapshot has clearly more of them than
    /// the timeline, it becomes the history; `sync` goes on from there.
    void load(Timeline& timeline, std::span<const TokenId> tokens, const std::stop_token& stop);
    /// Begins to write what `timeline` has evaluated under the name `chat`; empty: nothing is written. The
    /// timeline may be read meanwhile, and changed only after `load`.
    void keep(const Timeline& timeline, const std::string& chat);
    /// Returns when nothing is being written. Any thread.
    void settle() const;

private:
    /// A segment to be written.
    struct Part {
        int end = 0; // position
        bool carries = false;
    };
    struct Writing {
        std::string name = {};
        FileDescriptor descriptor = {};
        SnapshotFile file = {};
        bool isNew = false;
        std::vector<TokenId> tokens = {}; // all that are evaluated
        std::vector<Part> parts = {};     // behind the file's
    };

    using Files = std::map<std::string, SnapshotFile>;

    void readFolder();
    int usable(const SnapshotFile& file, std::span<const TokenId> tokens) const;
    void takeOver(Timeline& timeline, const Files::value_type& found, int wanted,
                  const std::stop_token& stop);
    std::vector<Part> partsBehind(int length) const;
    SnapshotFile startingWith(const std::string& name, const std::vector<TokenId>& tokens);
    bool openFor(Writing& writing);
    void fitIntoLimit(Writing& writing);
    void write(Writing& writing, const std::stop_token& stop);
    void waitForWriter() const;
    void release();

    const KvCache& cache_;
    SnapshotFolder folder_;
    SnapshotKey key_;
    std::uint64_t mostBytes_ = 0;
    int leastTokens_ = 0;
    int leastGain_ = 0;
    mutable std::mutex mutex_;
    Files files_;                       // by name, behind the mutex; not the one being written
    std::atomic<bool> reading_ = false; // the writer looks at the cache
    std::atomic<bool> writing_ = false;
    std::jthread writer_; // last: it uses the members above
};

} // namespace ponder::engine
