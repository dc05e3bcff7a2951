#include "app/worker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <stdexcept>
#include <vector>

namespace ponder::app {

namespace {

using testing::ElementsAre;

TEST(Worker, DoesItsJobsInOrderOnAThreadOfItsOwn) {
    std::vector<int> done;
    std::thread::id thread;
    {
        Worker worker([](const std::exception&) {});
        for (int i = 0; i < 3; ++i) worker.post([&, i] { done.push_back(i); });
        worker.post([&] { thread = std::this_thread::get_id(); });
    }
    EXPECT_THAT(done, ElementsAre(0, 1, 2));
    EXPECT_NE(thread, std::this_thread::get_id());
}

TEST(Worker, FinishesWhatIsQueuedBeforeItEnds) {
    int done = 0;
    {
        Worker worker([](const std::exception&) {});
        std::promise<void> go;
        worker.post([wait = go.get_future().share()] { wait.wait(); });
        for (int i = 0; i < 100; ++i) worker.post([&] { ++done; });
        EXPECT_GE(worker.waiting(), 100U);
        go.set_value();
    }
    EXPECT_EQ(done, 100);
}

TEST(Worker, AJobThatThrowsIsToldAndTheNextOneRuns) {
    std::string told;
    bool next = false;
    {
        Worker worker([&](const std::exception& error) { told = error.what(); });
        worker.post([] { throw std::runtime_error("no luck"); });
        worker.post([&] { next = true; });
    }
    EXPECT_EQ(told, "no luck");
    EXPECT_TRUE(next);
}

TEST(Worker, TakesJobsFromItsOwnJobs) {
    std::promise<void> done;
    Worker worker([](const std::exception&) {});
    worker.post([&] { worker.post([&] { done.set_value(); }); });
    EXPECT_EQ(done.get_future().wait_for(std::chrono::seconds(5)), std::future_status::ready);
}

TEST(Worker, TakesJobsFromManyThreads) {
    std::atomic<int> done = 0;
    {
        Worker worker([](const std::exception&) {});
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                for (int job = 0; job < 250; ++job) worker.post([&] { ++done; });
            });
    }
    EXPECT_EQ(done, 1000);
}

} // namespace

} // namespace ponder::app
