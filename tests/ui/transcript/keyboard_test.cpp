#include "tests/ui/transcript/stage.h"
#include "ui/transcript_focus.h"
#include "ui/transcript_layout.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QClipboard>
#include <QSignalSpy>

namespace ponder::ui {
namespace {

TEST(TranscriptKeyboard, ScrollsByLinesPagesAndToTheEnds) {
    TranscriptStage stage;
    stage.view().show(chatOf(40));
    QTest::qWait(500); // until all heights are known
    const int end = stage.scrollTop();
    stage.key(Qt::Key_Up);
    const int line = end - stage.scrollTop();
    EXPECT_GT(line, 20);
    EXPECT_LT(line, 100);
    stage.key(Qt::Key_PageUp);
    EXPECT_GT(end - line - stage.scrollTop(), 400);
    EXPECT_LT(end - line - stage.scrollTop(), 600);
    stage.key(Qt::Key_Home);
    EXPECT_EQ(stage.scrollTop(), 0);
    stage.key(Qt::Key_PageDown);
    stage.key(Qt::Key_Down);
    EXPECT_GT(stage.scrollTop(), 500);
    stage.key(Qt::Key_End);
    EXPECT_EQ(stage.scrollTop(), stage.scrollEnd());
}

TEST(TranscriptKeyboard, TabGoesThroughEveryControlAndOut) {
    const Theme theme;
    TranscriptLayout layout(theme);
    MessageContent last = thoughtfulAnswer(4, "hm", "A [link](https://x.example).\n\n```c\nx\n```");
    last.branchCount = 2;
    layout.setContents({prompt(1, "one"), answer(2, "two"), prompt(3, "three"), last});
    TranscriptFocus focus(layout);
    std::vector<TargetKind> kinds;
    while (focus.step(FocusStep::Next, 0, 1e6)) kinds.push_back(focus.control()->target.kind);
    EXPECT_EQ(kinds, (std::vector{TargetKind::EditMessage, TargetKind::CopyMessage, TargetKind::CopyMessage,
                                  TargetKind::Regenerate, TargetKind::EditMessage, TargetKind::EditMessage,
                                  TargetKind::CopyMessage, TargetKind::ReasoningHeader, TargetKind::Link,
                                  TargetKind::CopyCode, TargetKind::CopyMessage, TargetKind::Regenerate,
                                  TargetKind::EditMessage, TargetKind::NextBranch}));
    EXPECT_FALSE(focus.isSet());
    std::vector<TargetKind> back;
    while (focus.step(FocusStep::Previous, 0, 1e6)) back.push_back(focus.control()->target.kind);
    std::reverse(back.begin(), back.end());
    EXPECT_EQ(back, kinds);
}

TEST(TranscriptKeyboard, EnterPressesWhatHasTheFocus) {
    TranscriptStage stage;
    stage.view().show({prompt(1, "one"), answer(2, "two")});
    QSignalSpy again(&stage.view(), &TranscriptView::regenerateRequested);
    for (int i = 0; i < 3; ++i) stage.key(Qt::Key_Tab);
    stage.key(Qt::Key_Return);
    EXPECT_EQ(QApplication::clipboard()->text(), "two");
    stage.key(Qt::Key_Tab);
    stage.key(Qt::Key_Space);
    ASSERT_EQ(again.size(), 1);
    EXPECT_EQ(again[0][0].toInt(), 2);
}

TEST(TranscriptKeyboard, TheFocusIsSeen) {
    TranscriptStage stage;
    stage.view().show({prompt(1, "one"), answer(2, "two")});
    const QImage before = stage.view().viewport()->grab().toImage();
    stage.key(Qt::Key_Tab);
    const QImage after = stage.view().viewport()->grab().toImage();
    int ring = 0;
    for (int y = 0; y < after.height(); ++y) {
        for (int x = 0; x < after.width(); ++x) {
            ring += after.pixelColor(x, y) == stage.theme().colours().accent &&
                    before.pixel(x, y) != after.pixel(x, y);
        }
    }
    EXPECT_GT(ring, 100);
}

TEST(TranscriptKeyboard, FocusBringsTheControlIntoView) {
    TranscriptStage stage;
    stage.view().show(chatOf(40));
    stage.key(Qt::Key_Home);
    for (int i = 0; i < 30; ++i) stage.key(Qt::Key_Tab);
    EXPECT_GT(stage.scrollTop(), 600);
}

TEST(TranscriptKeyboard, EscapeIsLeftToTheWindowWhileAnAnswerIsWritten) {
    TranscriptStage stage;
    stage.view().show(chatOf(2));
    stage.key(Qt::Key_A, Qt::ControlModifier);
    ASSERT_FALSE(stage.view().selectedText().isEmpty());
    stage.view().beginAnswer(answer(4, {}));
    QKeyEvent escape(QEvent::KeyPress, Qt::Key_Escape, Qt::NoModifier);
    escape.ignore();
    QApplication::sendEvent(&stage.view(), &escape);
    EXPECT_FALSE(escape.isAccepted());
}

TEST(TranscriptKeyboard, CopiesTheSelection) {
    TranscriptStage stage;
    stage.view().show({prompt(1, "one"), answer(2, "two **three**")});
    stage.drag(stage.placeOf(1, 0, 0), stage.placeOf(1, 0, 3));
    stage.key(Qt::Key_A, Qt::ControlModifier);
    stage.key(Qt::Key_C, Qt::ControlModifier);
    EXPECT_EQ(QApplication::clipboard()->text(), "two three");
}

TEST(TranscriptKeyboard, InTextFromRightToLeftTheLeftKeyGoesOn) {
    TranscriptStage stage;
    stage.view().show({prompt(1, "one"), answer(2, QString::fromUtf8("مرحبا بالعالم"))});
    stage.click(stage.placeOf(1, 0, 2));
    stage.key(Qt::Key_Left, Qt::ShiftModifier);
    EXPECT_EQ(stage.view().selectedText(), QString::fromUtf8("ح"));
    stage.key(Qt::Key_End, Qt::ShiftModifier);
    EXPECT_EQ(stage.view().selectedText(), QString::fromUtf8("حبا بالعالم"));
    stage.key(Qt::Key_Home, Qt::ShiftModifier);
    EXPECT_EQ(stage.view().selectedText(), QString::fromUtf8("مر"));
}

} // namespace
} // namespace ponder::ui
