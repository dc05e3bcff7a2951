#include "tests/ui/transcript/stage.h"
#include "ui/transcript_layout.h"
#include "ui/transcript_selection.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QScrollBar>

namespace ponder::ui {
namespace {

std::vector<MessageContent> twoTurns() {
    return {prompt(1, "First question"), answer(2, "First answer"), prompt(3, "Second question"),
            answer(4, "Second **bold** answer\n\n- item")};
}

TEST(TranscriptSelecting, DraggingSelectsWithinAMessage) {
    TranscriptStage stage;
    stage.view().show(twoTurns());
    stage.drag(stage.placeOf(1, 0, 0), stage.placeOf(1, 0, 5));
    EXPECT_EQ(stage.view().selectedText(), "First");
}

TEST(TranscriptSelecting, DraggingUpwardsSelectsTheSame) {
    TranscriptStage stage;
    stage.view().show(twoTurns());
    stage.drag(stage.placeOf(1, 0, 5), stage.placeOf(1, 0, 0));
    EXPECT_EQ(stage.view().selectedText(), "First");
}

TEST(TranscriptSelecting, ASelectionGoesAcrossMessages) {
    TranscriptStage stage;
    stage.view().show(twoTurns());
    stage.drag(stage.placeOf(0, 0, 6), stage.placeOf(3, 0, 11));
    EXPECT_EQ(stage.view().selectedText(), "question\n\nFirst answer\n\nSecond question\n\nSecond bold");
    EXPECT_EQ(stage.view().selectedMarkdown(),
              "question\n\nFirst answer\n\nSecond question\n\nSecond **bold**");
}

TEST(TranscriptSelecting, ADoubleClickSelectsAWordAndAThirdTheParagraph) {
    TranscriptStage stage;
    stage.view().show(twoTurns());
    const QPoint at = stage.placeOf(1, 0, 8) + QPoint(2, 0);
    QTest::mouseDClick(stage.view().viewport(), Qt::LeftButton, {}, at);
    EXPECT_EQ(stage.view().selectedText(), "answer");
    QTest::mouseClick(stage.view().viewport(), Qt::LeftButton, {}, at);
    EXPECT_EQ(stage.view().selectedText(), "First answer");
}

TEST(TranscriptSelecting, ShiftAndClickExtend) {
    TranscriptStage stage;
    stage.view().show(twoTurns());
    stage.click(stage.placeOf(1, 0, 6));
    QTest::qWait(QApplication::doubleClickInterval() + 20);
    stage.click(stage.placeOf(3, 0, 6), Qt::ShiftModifier);
    EXPECT_EQ(stage.view().selectedText(), "answer\n\nSecond question\n\nSecond");
}

TEST(TranscriptSelecting, ControlASelectsOneMessage) {
    TranscriptStage stage;
    stage.view().show(twoTurns());
    stage.drag(stage.placeOf(3, 0, 0), stage.placeOf(3, 0, 3));
    stage.key(Qt::Key_A, Qt::ControlModifier);
    EXPECT_EQ(stage.view().selectedText(), "Second bold answer\n\n- item");
}

TEST(TranscriptSelecting, AWholeAnswerIsCopiedAsItWasWritten) {
    TranscriptStage stage;
    const QString source = "*  odd   list\n\n\n__bold__ &amp; so on\n";
    stage.view().show({prompt(1, "Go."), answer(2, source)});
    stage.drag(stage.placeOf(1, 0, 0), stage.placeOf(1, 0, 2));
    stage.key(Qt::Key_A, Qt::ControlModifier);
    EXPECT_EQ(stage.view().selectedMarkdown(), source);
}

TEST(TranscriptSelecting, ControlATwiceSelectsTheChat) {
    TranscriptStage stage;
    stage.view().show(twoTurns());
    stage.drag(stage.placeOf(3, 0, 0), stage.placeOf(3, 0, 3));
    stage.key(Qt::Key_A, Qt::ControlModifier);
    stage.key(Qt::Key_A, Qt::ControlModifier);
    EXPECT_TRUE(stage.view().selectedText().startsWith("First question\n\nFirst answer\n\nSecond question"));
}

TEST(TranscriptSelecting, ShiftAndArrowsExtendIt) {
    TranscriptStage stage;
    stage.view().show(twoTurns());
    stage.drag(stage.placeOf(1, 0, 0), stage.placeOf(1, 0, 2));
    ASSERT_EQ(stage.view().selectedText(), "Fi");
    stage.key(Qt::Key_Right, Qt::ShiftModifier);
    EXPECT_EQ(stage.view().selectedText(), "Fir");
    stage.key(Qt::Key_Left, Qt::ShiftModifier);
    stage.key(Qt::Key_Left, Qt::ShiftModifier);
    EXPECT_EQ(stage.view().selectedText(), "F");
    stage.key(Qt::Key_Right, Qt::ShiftModifier | Qt::ControlModifier);
    EXPECT_EQ(stage.view().selectedText().trimmed(), "First");
    stage.key(Qt::Key_End, Qt::ShiftModifier);
    EXPECT_EQ(stage.view().selectedText(), "First answer");
    stage.key(Qt::Key_Home, Qt::ShiftModifier);
    EXPECT_EQ(stage.view().selectedText(), "");
    stage.key(Qt::Key_Down, Qt::ShiftModifier);
    EXPECT_EQ(stage.view().selectedText(), "First answer") << "the last line's end comes first";
    stage.key(Qt::Key_Down, Qt::ShiftModifier);
    EXPECT_TRUE(stage.view().selectedText().startsWith("First answer\n\n"))
        << stage.view().selectedText().toStdString();
    stage.key(Qt::Key_End, Qt::ShiftModifier | Qt::ControlModifier);
    EXPECT_TRUE(stage.view().selectedText().endsWith("- item"));
    stage.key(Qt::Key_Home, Qt::ShiftModifier | Qt::ControlModifier);
    EXPECT_EQ(stage.view().selectedText(), "First question");
}

TEST(TranscriptSelecting, CharactersThatBelongTogetherAreNotTakenApart) {
    TranscriptStage stage;
    const QString family = QString::fromUtf8("👩‍👩‍👧‍👦");
    stage.view().show({prompt(1, "Go."), answer(2, "ab" + family + "c")});
    stage.drag(stage.placeOf(1, 0, 0), stage.placeOf(1, 0, 2));
    stage.key(Qt::Key_Right, Qt::ShiftModifier);
    EXPECT_EQ(stage.view().selectedText(), "ab" + family);
}

TEST(TranscriptSelecting, EscapeClearsIt) {
    TranscriptStage stage;
    stage.view().show(twoTurns());
    stage.drag(stage.placeOf(1, 0, 0), stage.placeOf(1, 0, 5));
    stage.key(Qt::Key_Escape);
    EXPECT_EQ(stage.view().selectedText(), "");
}

TEST(TranscriptSelecting, ItIsSeen) {
    TranscriptStage stage;
    stage.view().show(twoTurns());
    const QPoint middle = stage.placeOf(1, 0, 3);
    stage.drag(stage.placeOf(1, 0, 0), stage.placeOf(1, 0, 5));
    const QImage picture = stage.view().viewport()->grab().toImage();
    EXPECT_EQ(picture.pixelColor(middle.x(), middle.y() - 11), stage.theme().colours().selection);
}

TEST(TranscriptSelecting, DraggingBeyondTheEdgeScrolls) {
    TranscriptStage stage;
    stage.view().show(chatOf(30));
    const int before = stage.scrollTop();
    QTest::mousePress(stage.view().viewport(), Qt::LeftButton, {}, {200, 300});
    const QPoint above(200, -40);
    QMouseEvent move(QEvent::MouseMove, above, stage.view().viewport()->mapToGlobal(above), Qt::NoButton,
                     Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(stage.view().viewport(), &move);
    QTest::qWait(300);
    QTest::mouseRelease(stage.view().viewport(), Qt::LeftButton, {}, above);
    EXPECT_LT(stage.scrollTop(), before - 50);
    EXPECT_GT(stage.view().selectedText().size(), 100);
    const int after = stage.scrollTop();
    QTest::qWait(100);
    EXPECT_EQ(stage.scrollTop(), after) << "released, it stops";
}

TEST(TranscriptSelecting, ASelectionSurvivesGrowthBelowIt) {
    TranscriptStage stage;
    stage.view().show(twoTurns());
    stage.drag(stage.placeOf(1, 0, 0), stage.placeOf(1, 0, 5));
    stage.view().beginAnswer(answer(6, "New"));
    stage.view().appendAnswer(PartKind::Text, " text");
    stage.waitForFrame();
    EXPECT_EQ(stage.view().selectedText(), "First");
}

TEST(TranscriptSelecting, ASelectionInMessagesFarAwayCanBeCopied) {
    const Theme theme;
    TranscriptLayout layout(theme);
    layout.setContents(chatOf(200));
    TranscriptSelection selection(layout);
    selection.begin({10, 0, 0}, SelectionUnit::Character);
    selection.extend({150, 0, 8});
    layout.evictFarFrom(0);
    const QString text = selection.copied(CopyFormat::Text);
    EXPECT_TRUE(text.startsWith("Question number 11?"));
    EXPECT_TRUE(text.endsWith("Question"));
    EXPECT_EQ(text.count("Answer number"), 70);
}

} // namespace
} // namespace ponder::ui
