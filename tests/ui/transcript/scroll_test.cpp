#include "tests/ui/transcript/stage.h"
#include "ui/transcript_jump_button.h"

#include <gtest/gtest.h>

#include <QScrollBar>
#include <QSignalSpy>

namespace ponder::ui {
namespace {

const TranscriptJumpButton& jumpButton(TranscriptStage& stage) {
    return *stage.view().findChild<TranscriptJumpButton*>();
}

void stream(TranscriptStage& stage, const QString& text) {
    stage.view().appendAnswer(PartKind::Text, text);
    stage.waitForFrame();
}

TEST(TranscriptScrolling, AChatOpensAtItsEnd) {
    TranscriptStage stage;
    stage.view().show(chatOf(40));
    stage.settle();
    EXPECT_GT(stage.scrollEnd(), 2000);
    EXPECT_EQ(stage.scrollTop(), stage.scrollEnd());
    EXPECT_FALSE(jumpButton(stage).isVisible());
}

TEST(TranscriptScrolling, TheEndIsFollowedWhileAnAnswerGrows) {
    TranscriptStage stage;
    stage.view().show(chatOf(20));
    stage.view().addMessage(prompt(21, "More?"));
    stage.view().beginAnswer(answer(22, {}));
    const int before = stage.scrollEnd();
    for (int i = 0; i < 4; ++i) {
        stream(stage, "A paragraph.\n\nAnother one.\n\n");
        EXPECT_EQ(stage.scrollTop(), stage.scrollEnd());
    }
    EXPECT_GT(stage.scrollEnd(), before);
}

TEST(TranscriptScrolling, ScrollingUpDetachesAtOnceHoweverLittle) {
    TranscriptStage stage;
    stage.view().show(chatOf(20));
    stage.view().beginAnswer(answer(22, {}));
    stream(stage, "Begins.\n\n");
    stage.view().verticalScrollBar()->setValue(stage.scrollTop() - 3);
    const int top = stage.scrollTop();
    stream(stage, "Goes on.\n\nAnd on.\n\nAnd on.\n\nAnd on.\n\n");
    EXPECT_EQ(stage.scrollTop(), top);
    EXPECT_GT(stage.scrollEnd(), top + 64);
    EXPECT_TRUE(jumpButton(stage).isVisible());
}

TEST(TranscriptScrolling, ComingWithinSixtyFourPixelsOfTheEndFollowsAgain) {
    TranscriptStage stage;
    stage.view().show(chatOf(20));
    stage.view().beginAnswer(answer(22, "Text."));
    stage.wheel(4);
    EXPECT_LT(stage.scrollTop(), stage.scrollEnd() - 64);
    stage.view().verticalScrollBar()->setValue(stage.scrollEnd() - 60);
    stream(stage, "More.\n\nMore.\n\nMore.\n\n");
    EXPECT_EQ(stage.scrollTop(), stage.scrollEnd());
}

TEST(TranscriptScrolling, SendingGoesToTheEnd) {
    TranscriptStage stage;
    stage.view().show(chatOf(20));
    stage.key(Qt::Key_Home);
    EXPECT_EQ(stage.scrollTop(), 0);
    stage.view().addMessage(prompt(21, "Another?"));
    EXPECT_EQ(stage.scrollTop(), stage.scrollEnd());
}

TEST(TranscriptScrolling, TheJumpButtonGoesToTheLatest) {
    TranscriptStage stage;
    stage.view().show(chatOf(20));
    stage.wheel(10);
    ASSERT_TRUE(jumpButton(stage).isVisible());
    const_cast<TranscriptJumpButton&>(jumpButton(stage)).click();
    EXPECT_EQ(stage.scrollTop(), stage.scrollEnd());
    EXPECT_FALSE(jumpButton(stage).isVisible());
}

TEST(TranscriptScrolling, WhatIsReadStaysWhereItIsWhileHeightsBecomeKnown) {
    TranscriptStage stage;
    stage.view().show(chatOf(300));
    stage.view().verticalScrollBar()->setValue(stage.scrollEnd() / 2);
    stage.settle();
    const QImage before = stage.view().viewport()->grab().toImage();
    const int end = stage.scrollEnd();
    for (int i = 0; i < 100 && stage.scrollEnd() == end; ++i) QTest::qWait(20);
    QTest::qWait(400);
    EXPECT_NE(stage.scrollEnd(), end) << "estimates have become heights";
    EXPECT_EQ(stage.view().viewport()->grab().toImage(), before);
}

TEST(TranscriptScrolling, ScrollingUpwardsMovesByWhatTheWheelSays) {
    TranscriptStage stage;
    std::vector<MessageContent> chat = chatOf(60);
    // Estimates of headings are far off.
    for (MessageContent& message : chat) {
        if (message.role == Role::Assistant)
            message.parts[0].text = QString("# Heading\n\n").repeated(12) + "end";
    }
    stage.view().show(chat);
    for (int i = 0; i < 12; ++i) {
        const QImage before = stage.view().viewport()->grab().toImage();
        stage.wheel(1);
        const QImage after = stage.view().viewport()->grab().toImage();
        const int moved = 3 * stage.theme().lineHeight(TextStyle::Body);
        // The column only: the scroll bar and the button above the text have their own ways.
        const QRect column(40, 100, 500, 400);
        ASSERT_EQ(after.copy(column.translated(0, moved - 40).adjusted(0, 0, 0, -moved)),
                  before.copy(column.translated(0, -40).adjusted(0, 0, 0, -moved)))
            << "step " << i;
    }
}

TEST(TranscriptScrolling, AnotherWidthKeepsThePlace) {
    TranscriptStage stage;
    stage.view().show(chatOf(60));
    stage.view().verticalScrollBar()->setValue(stage.scrollEnd() / 2);
    stage.settle();
    QSignalSpy reading(&stage.view(), &TranscriptView::readingPositionChanged);
    QTest::qWait(400);
    ASSERT_FALSE(reading.isEmpty());
    const int id = reading.last()[0].toInt();
    for (int width : {500, 400, 900, 800}) {
        stage.view().resize(width, 600);
        stage.settle();
    }
    QTest::qWait(400);
    EXPECT_EQ(reading.last()[0].toInt(), id);
}

TEST(TranscriptScrolling, RefreshKeepsThePlaceAlsoWhereMessagesChange) {
    TranscriptStage stage;
    std::vector<MessageContent> chat = chatOf(30);
    stage.view().show(chat);
    stage.view().verticalScrollBar()->setValue(stage.scrollEnd() / 2);
    QTest::qWait(500); // until all heights are known
    const int message = 20;
    const int before = stage.topOf(message);
    chat.back().parts[0].text = "Another answer.";
    stage.view().refresh(chat);
    stage.settle();
    EXPECT_EQ(stage.topOf(message), before);
}

TEST(TranscriptScrolling, RefreshAtTheEndStaysAtTheEndWhereAnAnswerIsWrittenAnew) {
    TranscriptStage stage;
    std::vector<MessageContent> chat = chatOf(20);
    stage.view().show(chat);
    chat.back().parts.clear();
    chat.back().state = MessageState::Streaming;
    stage.view().refresh(chat);
    EXPECT_EQ(stage.scrollTop(), stage.scrollEnd());
    stream(stage, QString("Line.\n\n").repeated(20));
    EXPECT_EQ(stage.scrollTop(), stage.scrollEnd());
}

TEST(TranscriptScrolling, AChatOpensWhereItWasRead) {
    TranscriptStage stage;
    stage.view().show(chatOf(40));
    QSignalSpy read(&stage.view(), &TranscriptView::readingPositionChanged);
    stage.view().showFrom(21);
    QTest::qWait(600); // until all heights are known
    EXPECT_EQ(stage.topOf(20), 24);
    ASSERT_FALSE(read.isEmpty());
    const int where = read.back()[0].toInt();
    stage.view().show(chatOf(40));
    stage.view().showFrom(where);
    EXPECT_LT(stage.scrollTop(), stage.scrollEnd() - 1000);
    stage.view().showFrom(4711);
    EXPECT_LT(stage.scrollTop(), stage.scrollEnd() - 1000) << "not there: nothing moves";
    stage.view().showFrom(40);
    EXPECT_LE(stage.scrollTop(), stage.scrollEnd());
}

} // namespace
} // namespace ponder::ui
