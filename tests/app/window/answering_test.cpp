// From Enter to the disk, through the real window, controllers and store; the engine alone is a fake.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

#include "tests/app/window/open_window.h"

namespace ponder::app {

namespace {

using namespace std::chrono_literals;
using testing::IsEmpty;
using testing::SizeIs;
using ui::MessageState;

TEST_F(OpenWindow, ThePromptIsOnTheDiskBeforeTheEngineHearsOfIt) {
    std::atomic<bool> wasSaved = false;
    harness_.whenAsked([&](const engine::ChatRequest& request) {
        for (const Conversation& chat : harness_.saved())
            for (const Turn& turn : chat.turns())
                if (joinedText(turn, PartKind::Text) == request.messages.back().text) wasSaved = true;
    });
    harness_.askAndWait("What is 2 + 2?");
    EXPECT_TRUE(wasSaved);
}

TEST_F(OpenWindow, TheAnswerStreamsIntoViewAndDisk) {
    script().add({.reasoning = "two and two", .text = "It is **4**."});
    harness_.askAndWait("What is 2 + 2?");
    ASSERT_THAT(harness_.shown(), SizeIs(2));
    EXPECT_EQ(harness_.shown()[0].parts[0].text, "What is 2 + 2?");
    EXPECT_EQ(harness_.lastShown().state, MessageState::Done);
    EXPECT_EQ(harness_.lastText(), "It is **4**.");
    const auto chat = harness_.savedOnce(isFinished);
    ASSERT_TRUE(chat);
    EXPECT_EQ(chat->header.title, "What is 2 + 2?");
    EXPECT_EQ(joinedText(chat->turn(2), PartKind::Reasoning), "two and two");
    EXPECT_EQ(textOf(*chat, 2), "It is **4**.");
    EXPECT_EQ(chat->turn(2).answer.modelName, "starter");
    EXPECT_GT(chat->turn(2).parts[0].endedMs, 0);
}

TEST_F(OpenWindow, AFollowUpCarriesWhatWentBefore) {
    script().add({.reasoning = "hm", .text = "4"});
    harness_.askAndWait("2 + 2?");
    harness_.askAndWait("Add 5 to that");
    const auto requests = script().requests();
    ASSERT_THAT(requests, SizeIs(2));
    ASSERT_THAT(requests[1].messages, SizeIs(3));
    EXPECT_EQ(requests[1].messages[1].text, "4");
    EXPECT_EQ(requests[1].messages[1].reasoning, "");
}

TEST_F(OpenWindow, ABlankPromptIsNotSent) {
    harness_.enter("   ");
    QTest::qWait(100);
    EXPECT_THAT(script().requests(), IsEmpty());
    EXPECT_THAT(harness_.shown(), IsEmpty());
}

TEST_F(OpenWindow, TheGrowingAnswerIsCheckpointed) {
    scriptLongAnswer();
    harness_.enter("Tell me a story");
    const auto chat = harness_.savedOnce(
        [](const Conversation& c) { return c.turns().size() == 2 && textOf(c, 2).size() > 100; });
    ASSERT_TRUE(chat);
    EXPECT_EQ(chat->turn(2).state, TurnState::Streaming);
    const std::size_t before = textOf(*chat, 2).size();
    EXPECT_TRUE(harness_.savedOnce([&](const Conversation& c) { return textOf(c, 2).size() > before; }));
    harness_.chats().stop();
    harness_.waitForIdle();
}

TEST_F(OpenWindow, StopKeepsTheTextSoFar) {
    scriptLongAnswer();
    harness_.enter("Tell me a story");
    ASSERT_TRUE(answerGrows());
    const auto start = std::chrono::steady_clock::now();
    harness_.chats().stop();
    ASSERT_TRUE(harness_.waitForIdle());
    EXPECT_LT(std::chrono::steady_clock::now() - start, 1s);
    EXPECT_EQ(harness_.lastShown().state, MessageState::Stopped);
    const auto chat = harness_.savedOnce(isFinished);
    ASSERT_TRUE(chat);
    EXPECT_EQ(chat->turn(2).state, TurnState::Stopped);
    EXPECT_EQ(textOf(*chat, 2), harness_.lastText());
}

TEST_F(OpenWindow, EscapeStops) {
    scriptLongAnswer();
    harness_.enter("Tell me a story");
    ASSERT_TRUE(answerGrows());
    QTest::keyClick(&window(), Qt::Key_Escape);
    ASSERT_TRUE(harness_.waitForIdle());
    EXPECT_EQ(harness_.lastShown().state, MessageState::Stopped);
}

TEST_F(OpenWindow, StopWhileTheModelLoadsTakesEffectAtOnce) {
    harness_.askAndWait("warm up");
    const auto other = harness_.folder().write("other.gguf", "GGUF");
    script().setLoadTime(20s);
    harness_.models().choose(other.string());
    harness_.enter("hello");
    harness_.chats().stop();
    EXPECT_EQ(window().composer().activity(), ui::ComposerActivity::Idle);
    EXPECT_EQ(harness_.lastShown().state, MessageState::Stopped);
    emit window().loadCancelRequested();
    script().setLoadTime(0ms);
}

TEST_F(OpenWindow, TheReasoningSwitchGoesToTheEngine) {
    harness_.chats().setReasoning(false);
    harness_.askAndWait("hello");
    EXPECT_EQ(script().requests().at(0).reasoning, engine::ReasoningMode::Off);
}

TEST_F(OpenWindow, AChatsOwnSettingsGoWithItsRequests) {
    ChatSettings settings;
    settings.temperature = 0.25f;
    settings.reasoning = engine::ReasoningMode::Off;
    settings.pastThoughts = PastThoughts::Keep;
    harness_.chats().changeSettings("Be brief.", settings);
    script().add({.reasoning = "hm", .text = "4"});
    harness_.askAndWait("2 + 2?");
    harness_.askAndWait("again");
    const auto requests = script().requests();
    EXPECT_EQ(requests[0].messages[0].text, "Be brief.");
    EXPECT_EQ(requests[0].sampling.temperature, 0.25f);
    EXPECT_EQ(requests[0].reasoning, engine::ReasoningMode::Off);
    EXPECT_EQ(requests[1].messages[2].reasoning, "hm");
    harness_.chats().newChat();
    EXPECT_EQ(harness_.chats().settingsHere(), ChatSettings());
}

} // namespace

} // namespace ponder::app
