#include "app/plan/bandwidth_keeper.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <ctime>
#include <fstream>
#include <future>

#include "app/plan/machine_speed_file.h"
#include "tests/support/temp_dir.h"

namespace ponder::app {

namespace {

engine::MachineSpeed speedOfHere(double bandwidth = 10e9) {
    const engine::MachineIdentity here = engine::machineIdentity();
    return {.processor = here.processor,
            .instructionSet = here.instructionSet,
            .threads = here.threads,
            .measuredAt = std::time(nullptr) - 10,
            .products = {{"Q4_K", 1e-10, 2e-10, 3e-10, 4e-10}, {"Q8_0", 1e-10, 0, 1e-10, 0}},
            .reads = {{3e6, 50e9}, {100e6, bandwidth}},
            .loopSeconds = 1e-6,
            .normSeconds = 2e-9,
            .activationSeconds = 3e-9,
            .conversionSeconds = 4e-9,
            .attentionF16 = {.alone = {5e-10, 7e-9}, .amongFour = {3e-10, 4e-9}},
            .attentionQ8_0 = {.alone = {6e-10, 7e-9}, .amongFour = {2e-10, 5e-9}},
            .drawFewSeconds = 8e-9,
            .drawLikelySeconds = 9e-9,
            .drawAllSeconds = 10e-9,
            .diskBytesPerSecond = 1e9};
}

/// A keeper whose measurements are counted and can be waited for.
class Keeper : public testing::Test {
protected:
    void make(engine::MachineSpeed next) {
        keeper_.emplace(
            folder_ / "cache/machine_speed.json", [this] { ++told_; },
            [this, next](const engine::SpeedProbe& probe) {
                ++measured_;
                probe_ = probe;
                return next;
            });
    }
    /// What was asked for is done.
    void wait() { keeper_.reset(); }

    tests::TempDir folder_;
    std::optional<BandwidthKeeper> keeper_;
    std::atomic<int> measured_ = 0;
    std::atomic<int> told_ = 0;
    engine::SpeedProbe probe_;
};

TEST_F(Keeper, MeasuresOnceAndKeepsIt) {
    make(speedOfHere());
    EXPECT_FALSE(keeper_->known());
    keeper_->measure({.threads = 0, .diskFile = "model"});
    keeper_->measure({});
    wait();
    EXPECT_EQ(measured_, 1);
    EXPECT_EQ(told_, 1);
    EXPECT_EQ(probe_.diskFile, "model");

    make(speedOfHere());
    ASSERT_TRUE(keeper_->known());
    EXPECT_EQ(keeper_->known()->memoryBytesPerSecond(), 10e9);
    keeper_->measure({});
    wait();
    EXPECT_EQ(measured_, 1) << "known from the file";
}

TEST_F(Keeper, MeasuresAgainWhenAsked) {
    make(speedOfHere());
    keeper_->measure({});
    keeper_->measureAgain({});
    wait();
    EXPECT_EQ(measured_, 2);
}

TEST_F(Keeper, MeasuresAgainForAnotherNumberOfThreads) {
    make(speedOfHere());
    keeper_->measure({});
    keeper_->measure({.threads = 99});
    wait();
    EXPECT_EQ(measured_, 2);
}

TEST_F(Keeper, RemembersTheDiskWhenThereWasNoFileToReadThisTime) {
    make(speedOfHere());
    keeper_->measure({});
    wait();
    engine::MachineSpeed without = speedOfHere(12e9);
    without.diskBytesPerSecond = 0;
    make(without);
    keeper_->measureAgain({});
    wait();
    const auto speed = readMachineSpeed(folder_ / "cache/machine_speed.json");
    ASSERT_TRUE(speed);
    EXPECT_EQ(speed->memoryBytesPerSecond(), 12e9);
    EXPECT_EQ(speed->diskBytesPerSecond, 1e9);
}

TEST_F(Keeper, AFolderThatCannotBeWrittenCostsNothingButTheNextMeasurement) {
    folder_.write("cache", "a file where the folder should be");
    make(speedOfHere());
    keeper_->measure({});
    std::optional<engine::MachineSpeed> speed;
    for (int i = 0; i < 2000 && !speed; ++i) {
        speed = keeper_->known();
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    EXPECT_TRUE(speed);
}

TEST(MachineSpeedFile, KeepsEveryNumber) {
    const engine::MachineSpeed sent = speedOfHere();
    const auto read = machineSpeedFrom(machineSpeedJson(sent));
    ASSERT_TRUE(read);
    EXPECT_EQ(machineSpeedJson(*read), machineSpeedJson(sent));
    EXPECT_EQ(read->products[0].streamedRowSeconds, 4e-10);
    EXPECT_EQ(read->reads[1].bytes, 100e6);
    EXPECT_EQ(read->attentionF16.alone.rowSeconds, 7e-9);
    EXPECT_EQ(read->attentionQ8_0.amongFour.numberSeconds, 2e-10);
    EXPECT_EQ(read->drawAllSeconds, 10e-9);
}

TEST(MachineSpeedFile, WhatCannotHaveBeenMeasuredIsNothing) {
    const std::string good = machineSpeedJson(speedOfHere());
    const auto with = [&](const std::string& from, const std::string& to) {
        std::string changed = good;
        changed.replace(changed.find(from), from.size(), to);
        return machineSpeedFrom(changed).has_value();
    };
    EXPECT_TRUE(machineSpeedFrom(good));
    EXPECT_FALSE(machineSpeedFrom(""));
    EXPECT_FALSE(machineSpeedFrom("[]"));
    EXPECT_FALSE(machineSpeedFrom(good.substr(0, good.size() / 2)));
    EXPECT_FALSE(with("\"loop\": 1e-06", "\"loop\": -1"));
    EXPECT_FALSE(with("\"loop\": 1e-06", "\"loop\": 1e9"));
    EXPECT_FALSE(with("\"loop\": 1e-06", "\"loop\": null"));
    EXPECT_FALSE(with("\"version\": 2", "\"version\": 7"));
    EXPECT_FALSE(with("\"bytes\": 3000000.0", "\"bytes\": 900000000.0")) << "sizes grow";
}

TEST(MachineSpeedFile, AnotherProcessorOrAnOldDateIsNotHere) {
    const std::int64_t now = std::time(nullptr);
    engine::MachineSpeed speed = speedOfHere();
    EXPECT_TRUE(isOfThisMachine(speed, 0, now));
    EXPECT_TRUE(isOfThisMachine(speed, speed.threads, now));
    EXPECT_FALSE(isOfThisMachine(speed, speed.threads + 1, now));
    EXPECT_FALSE(isOfThisMachine(speed, 0, now + 365 * 24 * 3600));
    EXPECT_FALSE(isOfThisMachine(speed, 0, now - 24 * 3600)) << "measured tomorrow";
    speed.processor = "another";
    EXPECT_FALSE(isOfThisMachine(speed, 0, now));
}

} // namespace

} // namespace ponder::app
