// Second versions of prompts and answers: asked again, edited, continued, chosen.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/window/open_window.h"

namespace ponder::app {

namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::SizeIs;
using ui::MessageState;

TEST_F(OpenWindow, RegenerateKeepsTheOldAnswerAsABranch) {
    script().add({.reasoning = {}, .text = "first"});
    script().add({.reasoning = {}, .text = "second"});
    harness_.askAndWait("Say something");
    harness_.chats().regenerate(2);
    harness_.waitForIdle();
    EXPECT_EQ(harness_.lastText(), "second");
    EXPECT_EQ(harness_.lastShown().branch, 2);
    EXPECT_EQ(harness_.lastShown().branchCount, 2);
    const auto chat =
        harness_.savedOnce([](const Conversation& c) { return c.turns().size() == 3 && isFinished(c); });
    ASSERT_TRUE(chat);
    EXPECT_EQ(textOf(*chat, 2), "first");
    EXPECT_EQ(textOf(*chat, 3), "second");
    EXPECT_THAT(chat->activePath(), ElementsAre(1, 3));
    EXPECT_THAT(script().requests()[1].messages, SizeIs(1)) << "the old answer is not shown to the model";
}

TEST_F(OpenWindow, RegenerateInTheMiddleOfAnAnswerStopsTheOldOne) {
    scriptLongAnswer();
    script().add({.reasoning = {}, .text = "second"});
    harness_.enter("Say something");
    ASSERT_TRUE(answerGrows());
    harness_.chats().regenerate(2);
    ASSERT_TRUE(comesTrue([&] { return harness_.lastText() == "second"; }));
    harness_.waitForIdle();
    const auto chat =
        harness_.savedOnce([](const Conversation& c) { return c.turns().size() == 3 && isFinished(c); });
    ASSERT_TRUE(chat);
    EXPECT_EQ(chat->turn(2).state, TurnState::Stopped);
    EXPECT_FALSE(textOf(*chat, 2).empty());
    EXPECT_EQ(textOf(*chat, 3), "second");
}

TEST_F(OpenWindow, EditingAPromptMakesABranch) {
    script().add({.reasoning = {}, .text = "first"});
    script().add({.reasoning = {}, .text = "second"});
    harness_.askAndWait("2 + 2?");
    harness_.chats().editMessage(1, "3 + 3?");
    harness_.waitForIdle();
    ASSERT_THAT(harness_.shown(), SizeIs(2));
    EXPECT_EQ(harness_.shown()[0].parts[0].text, "3 + 3?");
    EXPECT_EQ(harness_.shown()[0].branch, 2);
    EXPECT_EQ(harness_.lastText(), "second");
    const auto chat =
        harness_.savedOnce([](const Conversation& c) { return c.turns().size() == 4 && isFinished(c); });
    ASSERT_TRUE(chat);
    EXPECT_EQ(textOf(*chat, 1), "2 + 2?");
    EXPECT_THAT(chat->activePath(), ElementsAre(3, 4));
}

TEST_F(OpenWindow, AnEditToNothingIsNoEdit) {
    harness_.askAndWait("2 + 2?");
    harness_.chats().editMessage(1, "  ");
    EXPECT_THAT(harness_.shown(), SizeIs(2));
}

TEST_F(OpenWindow, AChosenBranchIsShownAndKept) {
    script().add({.reasoning = {}, .text = "first"});
    script().add({.reasoning = {}, .text = "second"});
    harness_.askAndWait("Say something");
    harness_.chats().regenerate(2);
    harness_.waitForIdle();
    harness_.chats().chooseBranch(3, 1);
    EXPECT_EQ(harness_.lastText(), "first");
    EXPECT_TRUE(harness_.savedOnce([](const Conversation& c) {
        return c.activePath() == std::vector<int>{1, 2};
    }));
    harness_.chats().chooseBranch(2, 5);
    EXPECT_EQ(harness_.lastText(), "first");
}

TEST_F(OpenWindow, ContinueGoesOnWithTheTextThatIsThere) {
    scriptLongAnswer();
    script().add({.reasoning = {}, .text = "THE END"});
    harness_.enter("Tell me a story");
    ASSERT_TRUE(answerGrows());
    harness_.chats().stop();
    harness_.waitForIdle();
    const std::string before = harness_.lastText();
    harness_.chats().continueAnswer(2);
    harness_.waitForIdle();
    EXPECT_EQ(harness_.lastText(), before + "THE END");
    EXPECT_EQ(harness_.lastShown().state, MessageState::Done);
    ASSERT_TRUE(script().requests()[1].continued);
    EXPECT_EQ(script().requests()[1].continued->text, before);
    EXPECT_TRUE(
        harness_.savedOnce([&](const Conversation& c) { return textOf(c, 2) == before + "THE END"; }));
}

TEST_F(OpenWindow, AnswerNowClosesTheThoughtAndGoesOn) {
    std::string thought;
    for (int i = 0; i < 2000; ++i) thought += "hmm ";
    script().add({.reasoning = thought, .text = "never", .pieceBytes = 4, .pause = 5ms});
    script().add({.reasoning = {}, .text = "It is 4."});
    harness_.enter("2 + 2?");
    ASSERT_TRUE(comesTrue([&] { return !harness_.shown().empty() && !harness_.lastShown().parts.empty(); }));
    harness_.chats().answerNow(harness_.lastShown().id);
    ASSERT_TRUE(comesTrue([&] { return harness_.lastText() == "It is 4."; }));
    ASSERT_TRUE(harness_.waitForIdle());
    const auto requests = script().requests();
    ASSERT_THAT(requests, SizeIs(2));
    ASSERT_TRUE(requests[1].continued);
    EXPECT_TRUE(requests[1].continued->reasoningClosed);
    EXPECT_EQ(requests[1].continued->text, "");
    EXPECT_EQ(harness_.lastShown().state, MessageState::Done);
    EXPECT_EQ(harness_.lastShown().branchCount, 1);
}

TEST_F(OpenWindow, AnEditedThoughtIsGoneOnFromInASecondVersion) {
    script().add({.reasoning = "two and three", .text = "5"});
    harness_.askAndWait("2 + 2?");
    script().add({.reasoning = " is four", .text = "4"});
    harness_.chats().editThought(harness_.lastShown().id, "two and two");
    ASSERT_TRUE(harness_.waitForIdle());
    const auto requests = script().requests();
    ASSERT_TRUE(requests.back().continued);
    EXPECT_EQ(requests.back().continued->reasoning, "two and two");
    EXPECT_FALSE(requests.back().continued->reasoningClosed);
    EXPECT_EQ(harness_.lastShown().parts[0].text, "two and two is four");
    EXPECT_EQ(harness_.lastText(), "4");
    EXPECT_EQ(harness_.lastShown().branchCount, 2);
}

TEST_F(OpenWindow, AnEditedAnswerIsASecondVersionWithTheSameThought) {
    script().add({.reasoning = "two and two", .text = "5"});
    harness_.askAndWait("2 + 2?");
    harness_.chats().editMessage(harness_.lastShown().id, "4");
    EXPECT_EQ(harness_.lastText(), "4");
    EXPECT_EQ(harness_.lastShown().parts[0].text, "two and two");
    EXPECT_EQ(harness_.lastShown().branchCount, 2);
    EXPECT_THAT(script().requests(), SizeIs(1));
    EXPECT_TRUE(harness_.savedOnce([&](const Conversation& c) { return c.turns().size() == 3; }));
}

} // namespace

} // namespace ponder::app
