#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace ponder::app {

/// A thread and its queue of jobs, done one after the other in the order they came. The destructor does what
/// is still queued, then joins. `post` may be called from any thread.
class Worker {
public:
    /// `complain` is told, on the worker's thread, when a job throws; the next job runs all the same.
    explicit Worker(std::function<void(const std::exception&)> complain);
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    void post(std::function<void()> job);
    /// Jobs not begun yet.
    std::size_t waiting() const;

private:
    void run();

    std::function<void(const std::exception&)> complain_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> jobs_;
    bool ending_ = false;
    std::thread thread_; // last: it must not start before the rest is there
};

} // namespace ponder::app
