#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <thread>
#include <vector>

namespace ponder::engine {

/// A fixed team of threads for one engine. The caller works too, so a pool of one starts no thread. Between
/// two loops a worker spins for some ten microseconds before it sleeps: a decode step has hundreds of short
/// loops. One caller at a time.
class ThreadPool {
public:
    explicit ThreadPool(int threads);
    ~ThreadPool();
    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;

    int threads() const { return static_cast<int>(workers_.size()) + 1; }
    /// How many loops were handed to the team so far: each is a hand-over and a wait for the last.
    std::int64_t loops() const { return loops_; }

    /// Calls `body(begin, end)` on disjoint ranges that cover [0, count), each a multiple of `grain` long but
    /// the last, and returns when all are done. The body must not throw.
    void forRanges(std::int64_t count, std::int64_t grain,
                   const std::function<void(std::int64_t, std::int64_t)>& body);

private:
    void workerLoop();
    void takeRanges();

    std::vector<std::jthread> workers_;
    const std::function<void(std::int64_t, std::int64_t)>* body_ = nullptr;
    std::int64_t loops_ = 0;
    std::int64_t count_ = 0;
    std::int64_t chunk_ = 1;
    std::atomic<std::int64_t> next_{0};
    std::atomic<int> unfinished_{0};
    std::atomic<std::uint32_t> generation_{0};
    std::atomic<bool> stopping_{false};
};

} // namespace ponder::engine
