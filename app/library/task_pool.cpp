#include "app/library/task_pool.h"

#include <utility>

namespace ponder::app {

TaskPool::TaskPool(int threads) {
    for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
}

TaskPool::~TaskPool() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_) thread.join();
}

void TaskPool::add(std::function<void()> task) {
    {
        const std::lock_guard lock(mutex_);
        tasks_.push_back(std::move(task));
        ++open_;
    }
    changed_.notify_one();
}

void TaskPool::finish() {
    std::unique_lock lock(mutex_);
    idle_.wait(lock, [this] { return open_ == 0; });
    if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
}

void TaskPool::run() {
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [this] { return ending_ || !tasks_.empty(); });
        if (tasks_.empty()) return;
        std::function<void()> task = std::move(tasks_.front());
        tasks_.pop_front();
        lock.unlock();
        std::exception_ptr failure;
        try {
            task();
        } catch (...) {
            failure = std::current_exception();
        }
        task = nullptr;
        lock.lock();
        if (failure && !failure_) failure_ = failure;
        if (--open_ == 0) idle_.notify_all();
    }
}

} // namespace ponder::app
