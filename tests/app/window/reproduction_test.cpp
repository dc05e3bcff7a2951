// An answer drawn once more with its seed: a second version, and word of whether it is alike.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/window/open_window.h"

namespace ponder::app {

namespace {

using testing::SizeIs;

class Reproduction : public OpenWindow {
protected:
    void answerFirst(const std::string& text) {
        script().add({.reasoning = "hm", .text = text});
        harness_.askAndWait("one");
    }
    void reproduce(int message) {
        emit window().transcript().reproductionRequested(message);
        harness_.waitForIdle();
    }
};

TEST_F(Reproduction, AsksWithTheSeedAndSamplingOfTheAnswerAndSaysThatItIsAlike) {
    ChatSettings settings;
    settings.temperature = 0.5f;
    settings.reasoningBudget = 100;
    harness_.chats().changeSettings("", settings);
    answerFirst("The answer.");
    harness_.chats().changeSettings("", {}); // other settings hold now
    script().add({.reasoning = "hm", .text = "The answer."});
    reproduce(2);
    const engine::ChatRequest again = script().requests().back();
    EXPECT_EQ(again.sampling.seed, 7u) << "the made-up engine's, told when it had answered";
    EXPECT_EQ(again.sampling.temperature, 0.5f);
    EXPECT_EQ(again.reasoningBudget, 100);
    EXPECT_EQ(harness_.lastShown().branchCount, 2);
    EXPECT_EQ(harness_.lastShown().branch, 2);
    EXPECT_TRUE(harness_.shows("The answer came out alike, token for token."));
}

TEST_F(Reproduction, SaysThatItCameOutDifferentAndWhatMayBeTheCause) {
    answerFirst("The answer.");
    script().add({.reasoning = "hm", .text = "Another answer."});
    reproduce(2);
    EXPECT_TRUE(harness_.shows("The answer came out different."));
    EXPECT_TRUE(harness_.shows("Compare versions"));
    harness_.chats().changeSettings("Be brief.", {});
    script().add({.reasoning = "hm", .text = "Brief."});
    reproduce(2);
    EXPECT_TRUE(harness_.shows("Tokens of the prompt: 1 then, 2 now."));
}

TEST_F(Reproduction, WhatWasEditedOrContinuedIsNotAskedForAgain) {
    answerFirst("The answer.");
    harness_.chats().editMessage(2, "My own words.");
    const std::size_t asked = script().requests().size();
    reproduce(3);
    EXPECT_THAT(script().requests(), SizeIs(asked));
    EXPECT_TRUE(harness_.shows("This answer cannot be reproduced."));
    harness_.window().hideNotice();
    script().add({.reasoning = {}, .text = "and on"});
    harness_.chats().editThought(2, "another thought");
    ASSERT_TRUE(harness_.waitForIdle());
    reproduce(4);
    EXPECT_TRUE(harness_.shows("This answer cannot be reproduced."));
}

TEST_F(Reproduction, AnotherModelIsNotAsked) {
    answerFirst("The answer.");
    harness_.models().choose(harness_.folder().write("other.gguf", "GGUF").string());
    const std::size_t asked = script().requests().size();
    reproduce(2);
    EXPECT_THAT(script().requests(), SizeIs(asked));
    EXPECT_TRUE(harness_.shows("This answer was written by another model, starter."));
}

TEST_F(Reproduction, AStoppedAttemptIsNotJudged) {
    answerFirst("The answer.");
    scriptLongAnswer();
    emit window().transcript().reproductionRequested(2);
    ASSERT_TRUE(answerGrows());
    harness_.chats().stop();
    ASSERT_TRUE(harness_.waitForIdle());
    EXPECT_FALSE(harness_.shows("The answer came out"));
}

} // namespace

} // namespace ponder::app
