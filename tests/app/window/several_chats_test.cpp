// Several chats: answered side by side, deleted, renamed, temporary, and there again the next day.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/atomic_file.h"
#include "tests/app/window/open_window.h"

namespace ponder::app {

namespace {

using testing::IsEmpty;
using testing::SizeIs;
using ui::MessageState;

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

} // namespace

} // namespace ponder::app
