#include "engine/processor_cores.h"
#include "tests/support/temp_dir.h"

#include <gtest/gtest.h>

#include <numeric>
#include <string>

namespace ponder::engine {
namespace {

class Processors : public testing::Test {
protected:
    void siblings(int processor, const std::string& list) {
        devices_.write("system/cpu/cpu" + std::to_string(processor) + "/topology/thread_siblings_list",
                       list + "\n");
    }
    static std::vector<int> first(int count) {
        std::vector<int> all(static_cast<std::size_t>(count));
        std::iota(all.begin(), all.end(), 0);
        return all;
    }
    ProcessorCores look(const std::vector<int>& allowed) { return coresOf(allowed, devices_.path()); }

    tests::TempDir devices_;
};

TEST_F(Processors, TwoThreadsOfACoreCountOnce) {
    for (int i = 0; i < 16; ++i) siblings(i, std::to_string(i % 8) + "," + std::to_string(i % 8 + 8));
    const ProcessorCores all = look(first(16));
    EXPECT_EQ(all.processors, 16);
    EXPECT_EQ(all.cores, 8);
    EXPECT_EQ(all.performance, 8);
    EXPECT_EQ(all.threads(), 8);
    EXPECT_EQ(look({3, 11}).threads(), 1) << "both threads of one core";
    EXPECT_EQ(look({9, 10}).threads(), 2) << "the second threads of two";
}

TEST_F(Processors, TheFastCoresOfAHybridProcessorComputeAlone) {
    // Eight fast cores of two threads each, then eight slow ones.
    for (int i = 0; i < 16; ++i) siblings(i, std::to_string(i / 2 * 2) + "-" + std::to_string(i / 2 * 2 + 1));
    for (int i = 16; i < 24; ++i) siblings(i, std::to_string(i));
    devices_.write("cpu_core/cpus", "0-15\n");
    devices_.write("cpu_atom/cpus", "16-23\n");
    const ProcessorCores all = look(first(24));
    EXPECT_EQ(all.cores, 16);
    EXPECT_EQ(all.performance, 8);
    EXPECT_EQ(all.threads(), 8);
    EXPECT_EQ(look({16, 17, 18}).threads(), 3) << "only slow ones are allowed";
}

TEST_F(Processors, FewFastCoresAreHelpedByTheSlowOnes) {
    for (int i = 0; i < 10; ++i) siblings(i, std::to_string(i));
    devices_.write("cpu_core/cpus", "0-1\n");
    EXPECT_EQ(look(first(10)).threads(), 10);
}

TEST_F(Processors, CapacitiesTellWhoIsFast) {
    for (int i = 0; i < 8; ++i) {
        siblings(i, std::to_string(i));
        devices_.write("system/cpu/cpu" + std::to_string(i) + "/cpu_capacity", i < 4 ? "1024\n" : "446\n");
    }
    EXPECT_EQ(look(first(8)).threads(), 4);
}

TEST_F(Processors, WhatTheSystemDoesNotTellCountsAsACore) {
    EXPECT_EQ(look(first(6)).threads(), 6);
    siblings(0, "nonsense");
    siblings(1, "1-99999999");
    EXPECT_EQ(look(first(6)).threads(), 6);
    EXPECT_EQ(look(first(200)).threads(), 64);
    EXPECT_EQ(look({}).threads(), 1);
}

TEST(DefaultThreads, AreOfThisMachine) {
    EXPECT_GE(defaultThreads(), 1);
    EXPECT_LE(defaultThreads(), 64);
}

} // namespace
} // namespace ponder::engine
