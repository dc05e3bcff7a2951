// An engine that fails or dies, a model that cannot be opened, a disk that refuses.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/window/open_window.h"

namespace ponder::app {

namespace {

using namespace std::chrono_literals;
using testing::IsEmpty;
using tests::FakeEnd;
using ui::MessageState;

TEST_F(OpenWindow, AFailedAnswerSaysWhyAndCanBeTriedAgain) {
    script().add({.reasoning = {},
                  .text = "half",
                  .end = FakeEnd::Error,
                  .failure = "The context is full. Begin a new chat."});
    harness_.askAndWait("hello");
    EXPECT_EQ(harness_.lastShown().state, MessageState::Failed);
    EXPECT_EQ(harness_.lastShown().failure.what, "The context is full.");
    EXPECT_EQ(harness_.lastShown().failure.next, "Begin a new chat.");
    EXPECT_EQ(harness_.lastText(), "half");
    script().add({.reasoning = {}, .text = "better"});
    harness_.chats().regenerate(2);
    harness_.waitForIdle();
    EXPECT_EQ(harness_.lastText(), "better");
}

TEST_F(OpenWindow, ADeadEngineCostsOneAnswerIsToldAndStartedAgain) {
    script().add({.reasoning = {},
                  .text = "half",
                  .end = FakeEnd::Death,
                  .failure = "The engine stopped. Press Continue."});
    const auto start = std::chrono::steady_clock::now();
    harness_.askAndWait("hello");
    EXPECT_EQ(harness_.lastShown().state, MessageState::Interrupted);
    EXPECT_EQ(harness_.lastText(), "half");
    EXPECT_TRUE(comesTrue([&] { return harness_.shows("has been started again"); }));
    EXPECT_LT(std::chrono::steady_clock::now() - start, 2s);
    script().add({.reasoning = {}, .text = " whole"});
    harness_.chats().continueAnswer(2);
    harness_.waitForIdle();
    EXPECT_EQ(harness_.lastText(), "half whole");
    EXPECT_EQ(harness_.lastShown().state, MessageState::Done);
}

TEST_F(OpenWindow, AModelThatCannotBeOpenedIsToldInTheAnswer) {
    const auto other = harness_.folder().write("other.gguf", "GGUF");
    script().failNextOpening("other.gguf is damaged. Download it again.");
    harness_.models().choose(other.string());
    EXPECT_TRUE(comesTrue([&] { return harness_.shows("other.gguf is damaged."); }));
    script().failNextOpening("other.gguf is damaged. Download it again.");
    harness_.askAndWait("hello");
    EXPECT_EQ(harness_.lastShown().state, MessageState::Failed);
    EXPECT_EQ(harness_.lastShown().failure.what, "other.gguf is damaged.");
    EXPECT_TRUE(harness_.savedOnce([](const Conversation& c) { return textOf(c, 1) == "hello"; }));
}

TEST_F(OpenWindow, ChoosingAnotherModelMidAnswerLeavesTheAnswerAlone) {
    scriptLongAnswer(60);
    harness_.enter("hello");
    ASSERT_TRUE(answerGrows());
    harness_.models().choose(harness_.folder().write("other.gguf", "GGUF").string());
    harness_.waitForIdle();
    EXPECT_EQ(harness_.lastShown().state, MessageState::Done);
    EXPECT_EQ(harness_.lastText().size(), 300U);
}

TEST(WindowOnABadDay, ADiskThatRefusesKeepsTheChatInMemoryUntilItCanBeSaved) {
    WindowHarness harness;
    // A folder where the file should be: nothing can be saved.
    std::filesystem::create_directories(harness.chatFile());
    harness.script().add({.reasoning = {}, .text = "still here"});
    harness.open();
    harness.askAndWait("hello");
    EXPECT_EQ(harness.lastText(), "still here") << "the answer comes all the same";
    EXPECT_TRUE(comesTrue([&] { return harness.shows("The chat file"); }))
        << "the window says what is the matter";
    std::filesystem::remove(harness.chatFile());
    emit harness.window().noticeActionRequested("Try again");
    const auto chat = harness.savedOnce([](const Conversation& c) { return c.turns().size() == 2; });
    ASSERT_TRUE(chat);
    EXPECT_EQ(joinedText(chat->turn(2), PartKind::Text), "still here");
    EXPECT_TRUE(comesTrue([&] { return harness.shows("saved again"); }));
}

TEST(WindowOnABadDay, AChatThatCouldNotBeSavedSurvivesLookingAtAnother) {
    WindowHarness harness;
    std::filesystem::create_directories(harness.chatFile());
    harness.open();
    harness.askAndWait("only in memory");
    harness.chats().newChat();
    QTest::qWait(100);
    std::filesystem::remove(harness.chatFile());
    emit harness.window().noticeActionRequested("Try again");
    EXPECT_TRUE(harness.savedOnce([](const Conversation& c) { return c.turns().size() == 2; }));
}

TEST(WindowOnABadDay, ChatsThatCouldNotBeReadAreReadWhenItIsTriedAgain) {
    WindowHarness harness;
    harness.open();
    harness.askAndWait("from yesterday");
    harness.close();
    const std::filesystem::path away = harness.folder() / "away.db";
    std::filesystem::rename(harness.chatFile(), away);
    std::filesystem::create_directories(harness.chatFile());
    harness.open();
    EXPECT_TRUE(comesTrue([&] { return harness.shows("The chat file"); }));
    EXPECT_THAT(harness.shown(), IsEmpty());
    std::filesystem::remove(harness.chatFile());
    std::filesystem::rename(away, harness.chatFile());
    emit harness.window().noticeActionRequested("Try again");
    EXPECT_TRUE(comesTrue([&] { return harness.lastText() == "from yesterday"; }));
}

TEST(WindowWithoutAModel, KeepsWhatWasTypedAndSaysWhatIsMissing) {
    WindowHarness harness;
    std::filesystem::remove(harness.starter());
    const Variable none("PONDER_STARTER", harness.starter());
    harness.open();
    harness.models().choose("");
    harness.enter("hello");
    QTest::qWait(50);
    EXPECT_EQ(harness.window().composer().draft(), "hello");
    EXPECT_THAT(harness.shown(), IsEmpty());
}

} // namespace

} // namespace ponder::app
