#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace ponder::app {

/// Does many small jobs on a few threads, in no order; a job may add others. `add` from any thread.
class TaskPool {
public:
    explicit TaskPool(int threads);
    ~TaskPool();
    TaskPool(const TaskPool&) = delete;
    TaskPool& operator=(const TaskPool&) = delete;

    void add(std::function<void()> task);
    /// Waits until no job is left; throws again what the first one that failed threw.
    void finish();

private:
    void run();

    std::mutex mutex_;
    std::condition_variable changed_;
    std::condition_variable idle_;
    std::deque<std::function<void()>> tasks_;
    std::size_t open_ = 0; // waiting or being done
    bool ending_ = false;
    std::exception_ptr failure_;
    std::vector<std::thread> threads_;
};

} // namespace ponder::app
