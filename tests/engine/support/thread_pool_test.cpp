#include "engine/support/thread_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <vector>

namespace ponder::engine {
namespace {

TEST(ThreadPool, EveryElementIsVisitedOnce) {
    for (int threads : {1, 2, 5}) {
        ThreadPool pool(threads);
        for (std::int64_t count : {0, 1, 7, 64, 1001}) {
            for (std::int64_t grain : {1, 4, 32, 5000}) {
                std::vector<std::atomic<int>> visits(static_cast<std::size_t>(count));
                pool.forRanges(count, grain, [&](std::int64_t begin, std::int64_t end) {
                    for (std::int64_t i = begin; i < end; ++i) ++visits[static_cast<std::size_t>(i)];
                });
                for (const auto& visit : visits) EXPECT_EQ(visit.load(), 1);
            }
        }
    }
}

TEST(ThreadPool, RangesStartOnMultiplesOfTheGrain) {
    ThreadPool pool(3);
    std::atomic<int> odd = 0;
    pool.forRanges(1000, 8, [&](std::int64_t begin, std::int64_t) { odd += begin % 8 != 0; });
    EXPECT_EQ(odd.load(), 0);
}

TEST(ThreadPool, ManyShortLoopsGiveTheRightSums) {
    ThreadPool pool(4);
    for (int round = 0; round < 5000; ++round) {
        std::atomic<std::int64_t> sum = 0;
        pool.forRanges(37, 1, [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t i = begin; i < end; ++i) sum += i;
        });
        ASSERT_EQ(sum.load(), 37 * 36 / 2);
    }
}

} // namespace
} // namespace ponder::engine
