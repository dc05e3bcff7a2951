#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace ponder::app {

/// Tells when something in one of many folders has changed: files that come, go or grow, folders that vanish
/// or appear, disks that are plugged in. Changes are gathered for a moment and told together, on a thread of
/// the watch. `watch`, `watchFor` and `forgetOthers` may be called from any thread.
class LibraryWatch {
public:
    struct Timing {
        std::chrono::milliseconds gathered{200};  ///< after the first change
        std::chrono::milliseconds growing{2000};  ///< after the last time, for files that merely grow
        std::chrono::milliseconds polled{10'000}; ///< where the system cannot tell
    };

    /// `changed` must not end the watch.
    LibraryWatch(std::function<void()> changed, Timing timing);
    explicit LibraryWatch(std::function<void()> changed) : LibraryWatch(std::move(changed), Timing()) {}
    ~LibraryWatch();
    LibraryWatch(const LibraryWatch&) = delete;
    LibraryWatch& operator=(const LibraryWatch&) = delete;

    /// Watches what happens directly in a folder. Call it before the folder is listed, so that nothing gets
    /// lost in between.
    void watch(const std::string& folder);
    /// Waits for a folder that is not there, or that may come back.
    void watchFor(const std::string& missingFolder);
    /// Everything asked for since the last call stays, the rest is forgotten.
    void forgetOthers();

    /// Empty, or why changes are only seen every few seconds, for a person.
    std::string trouble() const;

private:
    struct Watched {
        std::set<std::string> awaited; ///< names that matter in it; empty: all
        std::uint64_t round = 0;
        bool isAll = false;
    };

    void add(const std::string& folder, const std::string* awaited);
    void wake() const;
    /// Requires: the mutex is held.
    void startPolling(const std::string& reason);
    void run();
    /// Reads what the kernel has to tell. Bits: 1 something changed, 2 something grew.
    unsigned readEvents();
    bool mustPoll() const;

    const std::function<void()> changed_;
    const Timing timing_;
    int inotify_ = -1;
    int mounts_ = -1;
    int wake_ = -1;
    mutable std::mutex mutex_;       // guards what follows
    std::map<int, Watched> watched_; // by the kernel's number
    std::uint64_t round_ = 1;
    std::string trouble_;
    std::string newTrouble_; // since forgetOthers
    std::atomic<bool> ending_ = false;
    std::thread thread_; // last: it must not start before the rest is there
};

} // namespace ponder::app
