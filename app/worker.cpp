#include "app/worker.h"

#include <exception>
#include <utility>

namespace ponder::app {

Worker::Worker(std::function<void(const std::exception&)> complain)
    : complain_(std::move(complain)), thread_([this] { run(); }) {}

Worker::~Worker() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    changed_.notify_one();
    thread_.join();
}

void Worker::post(std::function<void()> job) {
    {
        const std::lock_guard lock(mutex_);
        jobs_.push_back(std::move(job));
    }
    changed_.notify_one();
}

std::size_t Worker::waiting() const {
    const std::lock_guard lock(mutex_);
    return jobs_.size();
}

void Worker::run() {
    for (;;) {
        std::function<void()> job;
        {
            std::unique_lock lock(mutex_);
            changed_.wait(lock, [this] { return ending_ || !jobs_.empty(); });
            if (jobs_.empty()) return;
            job = std::move(jobs_.front());
            jobs_.pop_front();
        }
        try {
            job();
        } catch (const std::exception& error) {
            complain_(error);
        }
    }
}

} // namespace ponder::app
