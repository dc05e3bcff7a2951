// Messages written while an answer is on its way, with and without files.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/store/chat_store.h"
#include "tests/app/window/open_window.h"
#include "tests/ui/window/parts.h"
#include "ui/widgets/attachment_strip.h"

namespace ponder::app {

namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

TEST_F(OpenWindow, AMessageWrittenMeanwhileIsSentWhenTheAnswerIsThere) {
    script().add({.reasoning = {}, .text = "first answer, in many pieces", .pieceBytes = 1, .pause = 5ms});
    script().add({.reasoning = {}, .text = "second answer"});
    harness_.enter("one");
    ASSERT_TRUE(comesTrue([&] { return !harness_.lastText().empty(); }));
    harness_.enter("two");
    EXPECT_TRUE(window().queue().isVisible());
    EXPECT_EQ(harness_.shown().size(), 2u);
    ASSERT_TRUE(comesTrue([&] { return harness_.lastText() == "second answer"; }));
    ASSERT_THAT(harness_.shown(), SizeIs(4));
    EXPECT_EQ(harness_.shown()[2].parts[0].text, "two");
    EXPECT_FALSE(window().queue().isVisible());
}

TEST_F(OpenWindow, AfterAStopTheQueueIsHeldAndSurvivesARestart) {
    scriptLongAnswer();
    harness_.enter("one");
    ASSERT_TRUE(answerGrows());
    harness_.enter("two");
    harness_.chats().stop();
    ASSERT_TRUE(harness_.waitForIdle());
    EXPECT_TRUE(window().queue().isVisible());
    harness_.close();
    script().add({.reasoning = {}, .text = "to the second"});
    harness_.open();
    ASSERT_TRUE(comesTrue([&] { return window().queue().isVisible(); }));
    emit window().queue().goOnRequested();
    ASSERT_TRUE(comesTrue([&] { return harness_.lastText() == "to the second"; }));
    EXPECT_FALSE(window().queue().isVisible());
}

TEST_F(OpenWindow, AQueuedMessageGoesBackIntoTheComposer) {
    scriptLongAnswer();
    harness_.enter("one");
    ASSERT_TRUE(answerGrows());
    harness_.enter("two");
    harness_.enter("three");
    emit window().queue().moveUpRequested(1);
    emit window().queue().editRequested(0);
    EXPECT_EQ(window().composer().draft(), "three");
    harness_.chats().stop();
    harness_.waitForIdle();
}

class QueueWithFiles : public OpenWindow {
protected:
    void attach(const std::string& name, const std::string& content) {
        const std::size_t before = chips().size();
        const std::string file = harness_.folder().write(name, content).string();
        emit ui::AttachmentStrip::of(window()).filesGiven({QString::fromStdString(file)});
        ASSERT_TRUE(comesTrue([&] { return chips().size() == before + 1; }));
    }
    std::vector<std::string> chips() {
        std::vector<std::string> names;
        for (ui::AttachmentChip* chip : window().composer().findChildren<ui::AttachmentChip*>())
            if (!chip->isHidden() && chip->content().state == ui::AttachmentState::Ready)
                names.push_back(chip->content().name.toStdString());
        return names;
    }
    /// An answer is on its way, and behind it a message with two files waits.
    void queueWithFiles() {
        scriptLongAnswer();
        harness_.enter("one");
        ASSERT_TRUE(answerGrows());
        attach("a.txt", "the first file");
        attach("b.txt", "the second file");
        harness_.enter("What do they say?");
        ASSERT_TRUE(window().queue().isVisible());
    }
    void stop() {
        harness_.chats().stop();
        ASSERT_TRUE(harness_.waitForIdle());
    }
    std::string onDisk(const char* kind) {
        return ChatStore(harness_.chatFile()).remembered(chatKey(kind, harness_.saved().at(0).header.id));
    }
};

TEST_F(QueueWithFiles, FilesWaitWithTheirMessageAndAreSentWithIt) {
    queueWithFiles();
    EXPECT_THAT(chips(), ElementsAre());
    EXPECT_EQ(window().composer().draft(), "");
    EXPECT_TRUE(comesTrue([&] { return harness_.shows("a.txt, b.txt"); }));
    stop();
    script().add({.reasoning = {}, .text = "read"});
    ui::click(window(), "Send the next one");
    ASSERT_TRUE(comesTrue([&] { return harness_.lastText() == "read"; }));
    EXPECT_EQ(script().requests().back().messages.back().text,
              "[a.txt]\nthe first file\n\n[b.txt]\nthe second file\n\nWhat do they say?");
    const auto chat = harness_.savedOnce([](const Conversation& c) { return c.turns().size() == 4; });
    ASSERT_TRUE(chat);
    EXPECT_THAT(chat->turn(3).parts, SizeIs(3));
    EXPECT_TRUE(comesTrue([&] { return onDisk("queue").empty(); }));
}

TEST_F(QueueWithFiles, WhatAKillLeavesIsTheMessageWithItsFiles) {
    queueWithFiles();
    // What is on the disk now is what a kill would leave.
    EXPECT_TRUE(comesTrue([&] { return onDisk("queue").find("the second file") != std::string::npos; }));
    EXPECT_TRUE(comesTrue([&] { return onDisk(kAttachmentDraft).empty(); }));
    stop();
    harness_.close();
    harness_.open();
    EXPECT_TRUE(comesTrue([&] { return harness_.shows("a.txt, b.txt"); }));
}

TEST_F(QueueWithFiles, EditingBringsTheFilesBackAboveTheText) {
    queueWithFiles();
    attach("c.txt", "a third one");
    ui::click(window(), "Put it back to write on");
    EXPECT_EQ(window().composer().draft(), "What do they say?");
    EXPECT_THAT(chips(), ElementsAre("c.txt", "a.txt", "b.txt"));
    EXPECT_FALSE(window().queue().isVisible());
    // Also this is safe from a kill, without a pause for typing.
    const std::string id = harness_.saved().at(0).header.id;
    EXPECT_TRUE(comesTrue([&] {
        return ChatStore(harness_.chatFile()).draft(id) == "What do they say?" && onDisk("queue").empty();
    }));
    EXPECT_THAT(onDisk(kAttachmentDraft), HasSubstr("the first file"));
    stop();
}

TEST_F(QueueWithFiles, AQueueOfAnOlderPonderIsRead) {
    harness_.askAndWait("one");
    const std::string id = harness_.saved().at(0).header.id;
    harness_.close();
    ChatStore(harness_.chatFile()).remember(chatKey("queue", id), R"(["an old one", 7, {"text": "x"}])");
    harness_.open();
    EXPECT_TRUE(comesTrue([&] { return harness_.shows("an old one"); }));
    EXPECT_TRUE(harness_.shows("2 messages waiting"));
}

} // namespace

} // namespace ponder::app
