#include "app/plan/run_choices.h"

#include <gtest/gtest.h>

#include "tests/support/temp_dir.h"

namespace ponder::app {
namespace {

TEST(RunChoices, AreThereAgainAfterARestart) {
    tests::TempDir folder;
    const RunChoice choice{
        .contextTokens = 8192, .cacheType = engine::CacheType::Q8_0, .expertsInMemory = 0.4};
    {
        RunChoices choices(folder / "run_choices.json");
        choices.set("/models/a.gguf", choice);
        choices.save();
    }
    const RunChoices again(folder / "run_choices.json");
    EXPECT_EQ(again.of("/models/a.gguf"), choice);
    EXPECT_EQ(again.of("/models/b.gguf"), RunChoice());
}

TEST(RunChoices, AnAutomaticChoiceLeavesNothingBehind) {
    tests::TempDir folder;
    RunChoices choices(folder / "run_choices.json");
    choices.set("/models/a.gguf", {.contextTokens = 8192});
    choices.save();
    choices.set("/models/a.gguf", {});
    choices.save();
    EXPECT_EQ(RunChoices(folder / "run_choices.json").of("/models/a.gguf"), RunChoice());
    EXPECT_TRUE(RunChoices::parse(RunChoices::toJson({})).empty());
}

TEST(RunChoices, WhatMakesNoSenseIsLeftOut) {
    const auto choices = RunChoices::parse(
        R"({"a": {"contextTokens": -5, "cacheType": "q2", "expertsInMemory": 7},
            "b": {"contextTokens": 4096, "cacheType": 3}, "c": [1], "d": {"contextTokens": 1e99}})");
    ASSERT_EQ(choices.size(), 1U);
    EXPECT_EQ(choices.at("b").contextTokens, 4096);
    EXPECT_FALSE(choices.at("b").cacheType);
    EXPECT_TRUE(RunChoices::parse("no json").empty());
    EXPECT_TRUE(RunChoices::parse("[]").empty());
}

TEST(RunChoices, AFolderThatCannotBeWrittenIsToldAndTheChoiceHolds) {
    tests::TempDir folder;
    folder.write("file", "");
    RunChoices choices(folder / "file" / "run_choices.json");
    choices.set("/models/a.gguf", {.contextTokens = 8192});
    EXPECT_THROW(choices.save(), engine::Error);
    EXPECT_EQ(choices.of("/models/a.gguf").contextTokens, 8192);
}

TEST(RunChoices, BecomeWhatThePlanIsAskedFor) {
    const engine::PlanRequest automatic = planRequest({}, 3);
    EXPECT_EQ(automatic.contextTokens, 0);
    EXPECT_EQ(automatic.cacheType, engine::CacheType::F16);
    EXPECT_FALSE(automatic.expertsInMemory);
    EXPECT_EQ(automatic.threads, 3);
    const engine::PlanRequest own =
        planRequest({.cacheType = engine::CacheType::Q8_0, .expertsInMemory = 0.0}, 0);
    EXPECT_EQ(own.cacheType, engine::CacheType::Q8_0);
    EXPECT_EQ(own.expertsInMemory, 0.0);
}

} // namespace
} // namespace ponder::app
