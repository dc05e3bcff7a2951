// From Enter to the disk, through the real window, controllers and store; the engine alone is a fake.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "app/atomic_file.h"
#include "app/store/chat_store.h"
#include "tests/app/window/open_window.h"

namespace ponder::app {

namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using tests::FakeEnd;
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

TEST_F(OpenWindow, AnAnswerGoesOnWhileAnotherChatIsRead) {
    harness_.askAndWait("first chat");
    const std::string first = harness_.saved().at(0).header.id;
    harness_.chats().newChat();
    scriptLongAnswer(100);
    harness_.enter("second chat");
    ASSERT_TRUE(answerGrows());
    harness_.chats().openChat(first);
    ASSERT_TRUE(comesTrue([&] { return harness_.lastText() == "first chat"; }));
    EXPECT_EQ(window().composer().activity(), ui::ComposerActivity::Idle);
    std::string second;
    ASSERT_TRUE(comesTrue([&] {
        for (const Conversation& chat : harness_.saved())
            if (chat.header.id != first && isFinished(chat)) second = chat.header.id;
        return !second.empty();
    }));
    harness_.chats().openChat(second);
    ASSERT_TRUE(comesTrue([&] { return harness_.lastText().size() == 500; }));
    EXPECT_EQ(harness_.lastShown().state, MessageState::Done);
}

TEST_F(OpenWindow, ComingBackToAChatThatIsBeingAnsweredShowsItGrow) {
    harness_.askAndWait("first chat");
    const std::string first = harness_.saved().at(0).header.id;
    harness_.chats().newChat();
    scriptLongAnswer();
    harness_.enter("second chat");
    ASSERT_TRUE(answerGrows());
    std::string second;
    for (const Conversation& chat : harness_.saved())
        if (chat.header.id != first) second = chat.header.id;
    harness_.chats().openChat(first);
    ASSERT_TRUE(comesTrue([&] { return harness_.lastText() == "first chat"; }));
    harness_.chats().openChat(second);
    EXPECT_EQ(harness_.lastShown().state, MessageState::Streaming);
    const std::size_t before = harness_.lastText().size();
    EXPECT_TRUE(comesTrue([&] { return harness_.lastText().size() > before; }));
    harness_.chats().stop();
    harness_.waitForIdle();
}

TEST_F(OpenWindow, ASecondChatsQuestionWaitsVisiblyAndCanBeStoppedAtOnce) {
    scriptLongAnswer();
    harness_.enter("first chat");
    ASSERT_TRUE(answerGrows());
    harness_.chats().newChat();
    harness_.enter("second chat");
    EXPECT_TRUE(comesTrue([&] { return harness_.shows("Waiting for the answer in another chat."); }));
    EXPECT_EQ(window().composer().activity(), ui::ComposerActivity::Answering);
    harness_.chats().stop();
    EXPECT_EQ(window().composer().activity(), ui::ComposerActivity::Idle);
    EXPECT_EQ(harness_.lastShown().state, MessageState::Stopped);
    EXPECT_THAT(script().requests(), SizeIs(1));
}

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

TEST_F(OpenWindow, ADeletedChatLeavesAndUndoBringsItBack) {
    harness_.askAndWait("keep me");
    const std::string id = harness_.saved().at(0).header.id;
    emit window().sidebar().deleteRequested({QString::fromStdString(id)});
    EXPECT_THAT(harness_.shown(), IsEmpty());
    EXPECT_TRUE(comesTrue([&] { return harness_.saved().empty(); }));
    emit window().sidebar().undoRequested();
    ASSERT_TRUE(comesTrue([&] { return harness_.lastText() == "keep me"; }));
    EXPECT_THAT(harness_.saved(), SizeIs(1));
}

TEST_F(OpenWindow, DeletingAChatThatIsBeingAnsweredStopsTheAnswer) {
    scriptLongAnswer();
    harness_.enter("hello");
    ASSERT_TRUE(answerGrows());
    emit window().sidebar().deleteRequested({QString::fromStdString(harness_.saved().at(0).header.id)});
    EXPECT_THAT(harness_.shown(), IsEmpty());
    harness_.askAndWait("next");
    EXPECT_EQ(harness_.lastText(), "next");
    EXPECT_THAT(harness_.saved(), SizeIs(1));
}

TEST_F(OpenWindow, RenamingAndPinningAreKept) {
    harness_.askAndWait("hello");
    const QString id = QString::fromStdString(harness_.saved().at(0).header.id);
    emit window().sidebar().renameRequested(id, "My chat");
    emit window().sidebar().pinRequested({id}, true);
    EXPECT_TRUE(harness_.savedOnce(
        [](const Conversation& c) { return c.header.title == "My chat" && c.header.pinned; }));
    EXPECT_TRUE(window().windowTitle().contains("My chat"));
    harness_.askAndWait("more");
    EXPECT_EQ(harness_.saved().at(0).header.title, "My chat") << "the next message does not rename it";
}

TEST_F(OpenWindow, DraftsAreKeptForEachChat) {
    harness_.askAndWait("first chat");
    const std::string first = harness_.saved().at(0).header.id;
    QTest::keyClicks(window().composer().focusWidget(), "half a thou");
    harness_.chats().newChat();
    EXPECT_EQ(window().composer().draft(), "");
    harness_.chats().openChat(first);
    EXPECT_TRUE(comesTrue([&] { return window().composer().draft() == "half a thou"; }));
}

TEST_F(OpenWindow, TheReasoningSwitchGoesToTheEngine) {
    harness_.chats().setReasoning(false);
    harness_.askAndWait("hello");
    EXPECT_EQ(script().requests().at(0).reasoning, engine::ReasoningMode::Off);
}

TEST_F(OpenWindow, ClosingInTheMiddleOfAnAnswerKeepsItForTheNextDay) {
    scriptLongAnswer();
    harness_.enter("Tell me a story");
    ASSERT_TRUE(answerGrows());
    const std::string before = harness_.lastText();
    harness_.close();
    harness_.open();
    ASSERT_TRUE(comesTrue([&] { return harness_.shown().size() == 2; }));
    EXPECT_EQ(harness_.lastShown().state, MessageState::Interrupted);
    EXPECT_EQ(harness_.lastText().substr(0, before.size()), before);
    script().add({.reasoning = {}, .text = "THE END"});
    harness_.chats().continueAnswer(2);
    harness_.waitForIdle();
    EXPECT_TRUE(QString::fromStdString(harness_.lastText()).endsWith("THE END"));
}

TEST_F(OpenWindow, TheLastChatIsOpenAgainTheNextDay) {
    harness_.askAndWait("first chat");
    harness_.chats().newChat();
    harness_.askAndWait("second chat");
    harness_.close();
    harness_.open();
    EXPECT_TRUE(comesTrue([&] { return harness_.lastText() == "second chat"; }));
}

TEST_F(OpenWindow, WhatWasTypedAndNotSentIsThereTheNextDay) {
    QTest::keyClicks(window().composer().focusWidget(), "not yet sent");
    harness_.close();
    harness_.open();
    EXPECT_TRUE(comesTrue([&] { return window().composer().draft() == "not yet sent"; }));
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

TEST_F(OpenWindow, OfATemporaryChatNothingReachesTheDisk) {
    harness_.chats().newChat(ChatKeeping::InMemory);
    script().add({.reasoning = "hm", .text = "secret answer"});
    harness_.askAndWait("secret question");
    EXPECT_EQ(harness_.lastText(), "secret answer");
    window().composer().setDraft("secret draft");
    emit window().draftChanged("secret draft");
    harness_.chats().newChat();
    EXPECT_THAT(harness_.shown(), IsEmpty());
    EXPECT_EQ(window().composer().draft(), "");
    harness_.close();
    EXPECT_THAT(harness_.saved(), IsEmpty());
    for (const auto& file : std::filesystem::recursive_directory_iterator(harness_.folder().path())) {
        if (file.is_regular_file()) {
            EXPECT_EQ(readFile(file.path(), 1 << 28).find("secret"), std::string::npos) << file.path();
        }
    }
}

TEST_F(OpenWindow, ATemporaryChatCanBeKept) {
    harness_.chats().newChat(ChatKeeping::InMemory);
    script().add({.reasoning = {}, .text = "answer"});
    harness_.askAndWait("question");
    harness_.chats().keepChat();
    const auto chat = harness_.savedOnce(isFinished);
    ASSERT_TRUE(chat);
    EXPECT_EQ(textOf(*chat, 2), "answer");
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
