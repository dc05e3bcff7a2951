#include "tests/ui/transcript/stage.h"

#include <gtest/gtest.h>

#include <QSignalSpy>

using namespace std::chrono_literals;

namespace ponder::ui {
namespace {

const QString kAnswer =
    QString::fromUtf8("# Title\n\nSome **bold** text, 中文 and `code`.\n\n1. one\n2. two\n\n"
                      "```python\nx = 1\n```\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n> quoted\n");

AnswerEnd endIn(MessageState state) {
    AnswerEnd end;
    end.state = state;
    return end;
}

AnswerEnd endAfterThinking(std::chrono::milliseconds time) {
    AnswerEnd end;
    end.reasoningTimes = {time};
    return end;
}

QImage picture(TranscriptStage& stage) {
    stage.settle();
    return stage.view().viewport()->grab().toImage();
}

TEST(TranscriptStream, CharacterByCharacterLooksLikeAllAtOnce) {
    TranscriptStage grown;
    grown.view().show({prompt(1, "Go.")});
    grown.view().beginAnswer(answer(2, {}));
    for (QChar c : kAnswer) grown.view().appendAnswer(PartKind::Text, c);
    grown.waitForFrame();
    grown.view().finishAnswer({});
    TranscriptStage whole;
    whole.view().show({prompt(1, "Go."), answer(2, kAnswer)});
    EXPECT_EQ(grown.view().messages(), whole.view().messages());
    EXPECT_EQ(picture(grown), picture(whole));
}

TEST(TranscriptStream, WithFramesInBetweenItLooksTheSame) {
    TranscriptStage grown;
    grown.view().show({prompt(1, "Go.")});
    grown.view().beginAnswer(answer(2, {}));
    for (int i = 0; i < kAnswer.size(); i += 12) {
        grown.view().appendAnswer(PartKind::Text, kAnswer.mid(i, 12));
        QTest::qWait(40);
    }
    grown.view().finishAnswer({});
    TranscriptStage whole;
    whole.view().show({prompt(1, "Go."), answer(2, kAnswer)});
    EXPECT_EQ(picture(grown), picture(whole));
}

TEST(TranscriptStream, FinishingShowsTheLastWordAtOnce) {
    TranscriptStage stage;
    stage.view().show({prompt(1, "Go.")});
    stage.view().beginAnswer(answer(2, {}));
    EXPECT_TRUE(stage.view().isStreaming());
    stage.view().appendAnswer(PartKind::Text, "word");
    AnswerEnd end = endIn(MessageState::Stopped);
    end.figures.tokensPerSecond = 3;
    stage.view().finishAnswer(end);
    EXPECT_FALSE(stage.view().isStreaming());
    EXPECT_EQ(stage.view().messages().back().parts[0].text, "word");
    EXPECT_EQ(stage.view().messages().back().state, MessageState::Stopped);
    EXPECT_EQ(stage.view().messages().back().figures.tokensPerSecond, 3);
}

TEST(TranscriptStream, TextWithoutAnAnswerThatStreamsIsDropped) {
    TranscriptStage stage;
    stage.view().show(chatOf(2));
    stage.view().appendAnswer(PartKind::Text, "late");
    stage.view().finishAnswer(endIn(MessageState::Failed));
    EXPECT_EQ(stage.view().messages(), chatOf(2));
}

TEST(TranscriptStream, ThoughtsAndAnswerAreParts) {
    TranscriptStage stage;
    stage.view().show({prompt(1, "Go.")});
    stage.view().beginAnswer(answer(2, {}));
    stage.view().appendAnswer(PartKind::Reasoning, "Hm");
    stage.view().appendAnswer(PartKind::Reasoning, ", yes.");
    stage.view().appendAnswer(PartKind::Text, "Yes.");
    const auto& parts = stage.view().messages().back().parts;
    ASSERT_EQ(parts.size(), 2u);
    EXPECT_EQ(parts[0].text, "Hm, yes.");
    EXPECT_EQ(parts[1].text, "Yes.");
}

TEST(TranscriptStream, TheClockOfThoughtsStopsWhenTheAnswerBegins) {
    TranscriptStage stage;
    stage.view().show({prompt(1, "Go.")});
    stage.view().beginAnswer(answer(2, {}));
    stage.view().appendAnswer(PartKind::Reasoning, "Hm.");
    QTest::qWait(120);
    stage.view().appendAnswer(PartKind::Text, "Yes.");
    const auto elapsed = stage.view().messages().back().parts[0].elapsed;
    EXPECT_GE(elapsed, 100ms);
    QTest::qWait(60);
    stage.view().finishAnswer({});
    EXPECT_EQ(stage.view().messages().back().parts[0].elapsed, elapsed);
}

TEST(TranscriptStream, MeasuredTimesOfThoughtsReplaceItsOwnClock) {
    TranscriptStage stage;
    stage.view().show({prompt(1, "Go.")});
    stage.view().beginAnswer(answer(2, {}));
    stage.view().appendAnswer(PartKind::Reasoning, "Hm.");
    stage.view().appendAnswer(PartKind::Text, "Yes.");
    stage.view().finishAnswer(endAfterThinking(6200ms));
    EXPECT_EQ(stage.view().messages().back().parts[0].elapsed, 6200ms);
}

TEST(TranscriptStream, ThoughtsCloseWhenTheAnswerBegins) {
    const QString thoughts = QString("A thought.\n\n").repeated(6);
    TranscriptStage stage;
    stage.view().show({prompt(1, "Go.")});
    stage.view().beginAnswer(answer(2, {}));
    stage.view().appendAnswer(PartKind::Reasoning, thoughts);
    stage.waitForFrame();
    const QImage thinking = picture(stage);
    stage.view().appendAnswer(PartKind::Text, "Yes.");
    stage.view().finishAnswer(endAfterThinking(6000ms));
    EXPECT_NE(picture(stage), thinking);
    TranscriptStage closed;
    closed.view().show({prompt(1, "Go."), thoughtfulAnswer(2, thoughts, "Yes.")});
    EXPECT_EQ(picture(stage), picture(closed));
}

TEST(TranscriptStream, ContinuingAddsToTheSameMessage) {
    TranscriptStage stage;
    MessageContent stopped = answer(2, "Half");
    stopped.state = MessageState::Stopped;
    stage.view().show({prompt(1, "Go."), stopped});
    QSignalSpy spy(&stage.view(), &TranscriptView::continueRequested);
    stage.click(stage.placeOf(TargetKind::Continue, 1));
    ASSERT_EQ(spy.size(), 1);
    EXPECT_EQ(spy[0][0].toInt(), 2);
    stage.view().beginAnswer(stopped);
    EXPECT_TRUE(stage.view().isStreaming());
    stage.view().appendAnswer(PartKind::Text, " and whole.");
    stage.view().finishAnswer({});
    ASSERT_EQ(stage.view().messages().size(), 2u);
    EXPECT_EQ(stage.view().messages().back().parts[0].text, "Half and whole.");
}

TEST(TranscriptStream, AnotherChatShowsNothingOfTheStreamBefore) {
    TranscriptStage stage;
    stage.view().show({prompt(1, "Go.")});
    stage.view().beginAnswer(answer(2, {}));
    stage.view().appendAnswer(PartKind::Text, "secret");
    stage.view().show(chatOf(2));
    stage.waitForFrame();
    EXPECT_EQ(stage.view().messages(), chatOf(2));
}

} // namespace
} // namespace ponder::ui
