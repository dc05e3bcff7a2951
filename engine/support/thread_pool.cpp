#include "engine/support/thread_pool.h"

#include "engine/support/check.h"

#include <algorithm>

namespace ponder::engine {

namespace {

// Longer than the gap between two loops of a decode step, far shorter than anybody notices.
constexpr int kSpins = 4000;

inline void relax() {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
}

} // namespace

ThreadPool::ThreadPool(int threads) {
    CHECK(threads >= 1);
    for (int i = 1; i < threads; ++i) workers_.emplace_back([this] { workerLoop(); });
}

ThreadPool::~ThreadPool() {
    stopping_ = true;
    generation_.fetch_add(1);
    generation_.notify_all();
}

void ThreadPool::forRanges(std::int64_t count, std::int64_t grain,
                           const std::function<void(std::int64_t, std::int64_t)>& body) {
    if (count <= 0) return;
    grain = std::max<std::int64_t>(grain, 1);
    if (workers_.empty() || count <= grain) {
        body(0, count);
        return;
    }
    // Four ranges a thread: a core that is busy elsewhere gives its share to the others.
    const std::int64_t ranges = 4 * threads();
    const std::int64_t even = (count + ranges - 1) / ranges;
    ++loops_;
    body_ = &body;
    count_ = count;
    chunk_ = (even + grain - 1) / grain * grain;
    next_.store(0, std::memory_order_relaxed);
    unfinished_.store(static_cast<int>(workers_.size()), std::memory_order_relaxed);
    generation_.fetch_add(1, std::memory_order_release);
    generation_.notify_all();
    takeRanges();
    for (int spins = 0; unfinished_.load(std::memory_order_acquire) != 0; ++spins) {
        if (spins < kSpins) {
            relax();
        } else {
            const int left = unfinished_.load(std::memory_order_acquire);
            if (left != 0) unfinished_.wait(left, std::memory_order_acquire);
        }
    }
}

void ThreadPool::takeRanges() {
    for (;;) {
        const std::int64_t begin = next_.fetch_add(chunk_, std::memory_order_relaxed);
        if (begin >= count_) return;
        (*body_)(begin, std::min(begin + chunk_, count_));
    }
}

void ThreadPool::workerLoop() {
    std::uint32_t seen = 0;
    for (;;) {
        for (int spins = 0; generation_.load(std::memory_order_acquire) == seen; ++spins) {
            if (spins < kSpins) {
                relax();
            } else {
                generation_.wait(seen, std::memory_order_acquire);
            }
        }
        seen = generation_.load(std::memory_order_acquire);
        if (stopping_) return;
        takeRanges();
        if (unfinished_.fetch_sub(1, std::memory_order_acq_rel) == 1) unfinished_.notify_one();
    }
}

} // namespace ponder::engine
