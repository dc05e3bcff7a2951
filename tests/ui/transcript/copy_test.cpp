#include "tests/ui/transcript/stage.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QMimeData>
#include <QSignalSpy>

namespace ponder::ui {
namespace {

QString clipboard() {
    return QApplication::clipboard()->text();
}

QStringList menuTexts(TranscriptStage& stage, const QPoint& at) {
    QContextMenuEvent event(QContextMenuEvent::Mouse, at, stage.view().viewport()->mapToGlobal(at));
    QTest::mouseMove(stage.view().viewport(), at);
    stage.settle();
    QApplication::sendEvent(stage.view().viewport(), &event);
    QStringList texts;
    for (QMenu* menu : stage.view().findChildren<QMenu*>()) {
        for (QAction* action : menu->actions()) {
            if (!action->isSeparator()) texts.append(action->text().section('\t', 0, 0));
        }
        menu->close();
    }
    return texts;
}

TEST(TranscriptCopying, TheCopyActionTakesWhatTheModelWrote) {
    TranscriptStage stage;
    const QString source = "**bold** and `code`\n\n\n* item\n";
    stage.view().show({prompt(1, "Go."), thoughtfulAnswer(2, "secret thoughts", source)});
    stage.click(stage.placeOf(TargetKind::CopyMessage, 1));
    EXPECT_EQ(clipboard(), source);
}

TEST(TranscriptCopying, CopyingCodeTakesTheCodeOnly) {
    TranscriptStage stage;
    stage.view().show({prompt(1, "Go."), answer(2, "Look:\n\n```py\nif a:\n\tb()\n```\n\nDone.")});
    stage.click(stage.placeOf(TargetKind::CopyCode, 1));
    EXPECT_EQ(clipboard(), "if a:\n\tb()");
}

TEST(TranscriptCopying, ItSaysCopiedForTwoSeconds) {
    TranscriptStage stage;
    stage.view().show({prompt(1, "Go."), answer(2, "```py\nx\n```")});
    const QPoint copy = stage.placeOf(TargetKind::CopyCode, 1);
    const QRect label(copy - QPoint(40, 12), QSize(80, 24));
    QTest::mouseMove(stage.view().viewport(), copy);
    stage.settle();
    const auto shown = [&] { return stage.view().viewport()->grab(label).toImage(); };
    const QImage before = shown();
    stage.click(copy);
    EXPECT_NE(shown(), before);
    QTest::qWait(1500);
    EXPECT_NE(shown(), before);
    QTest::qWait(700);
    EXPECT_EQ(shown(), before);
}

TEST(TranscriptCopying, TheLastAnswerIsCopiedAsText) {
    TranscriptStage stage;
    stage.view().show({prompt(1, "Go."),
                       thoughtfulAnswer(2, "hm", "# Title\n\nA [link](https://x.example).\n\n- **a**\n- b"),
                       prompt(3, "Thanks.")});
    EXPECT_EQ(stage.view().lastAnswerText(), "Title\n\nA link (https://x.example).\n\n- a\n- b");
    stage.view().copyLastAnswer();
    EXPECT_EQ(clipboard(), stage.view().lastAnswerText());
}

TEST(TranscriptCopying, RichTextKeepsItsShape) {
    TranscriptStage stage;
    stage.view().show({prompt(1, "1 * 2 * 3"), answer(2, "## Title\n\n- **a**\n- b\n\n`c` <b>")});
    stage.drag(stage.placeOf(0, 0, 0), stage.placeOf(1, 0, 2));
    stage.key(Qt::Key_A, Qt::ControlModifier);
    stage.key(Qt::Key_A, Qt::ControlModifier);
    QTest::mouseMove(stage.view().viewport(), stage.placeOf(1, 0, 2));
    QContextMenuEvent event(QContextMenuEvent::Mouse, stage.placeOf(1, 0, 2), {});
    QApplication::sendEvent(stage.view().viewport(), &event);
    QMenu* menu = stage.view().findChild<QMenu*>();
    ASSERT_TRUE(menu);
    for (QAction* action : menu->actions()) {
        if (action->text().startsWith("Copy as rich text")) action->trigger();
    }
    menu->close();
    const QMimeData* data = QApplication::clipboard()->mimeData();
    ASSERT_TRUE(data && data->hasHtml());
    EXPECT_EQ(data->html().toStdString(), "<p>1 * 2 * 3</p><h2>Title</h2><ul><li><b>a</b></li><li>b</li></ul>"
                                          "<p><code>c</code> &lt;b&gt;</p>");
    EXPECT_EQ(data->text(), "1 * 2 * 3\n\nTitle\n\n- a\n- b\n\nc <b>");
}

TEST(TranscriptCopying, AnEmptySelectionLeavesTheClipboardAlone) {
    TranscriptStage stage;
    stage.view().show(chatOf(2));
    QApplication::clipboard()->setText("before");
    stage.view().copySelection();
    EXPECT_EQ(clipboard(), "before");
}

TEST(TranscriptCopying, TheMenuOffersWhatTheMessageCanDo) {
    TranscriptStage stage;
    stage.view().show({prompt(1, "Question"), answer(2, "Answer")});
    EXPECT_EQ(menuTexts(stage, stage.placeOf(1, 0, 2)),
              (QStringList{"Copy answer", "Copy answer as Markdown", "Select all of it", "Answer again",
                           "Reproduce with the same seed", "Edit the answer", "Token by token…"}));
    EXPECT_EQ(menuTexts(stage, stage.placeOf(0, 0, 2)),
              (QStringList{"Copy prompt", "Select all of it", "Edit and ask again"}));
    stage.drag(stage.placeOf(1, 0, 0), stage.placeOf(1, 0, 4));
    EXPECT_TRUE(menuTexts(stage, stage.placeOf(1, 0, 2)).contains("Copy as Markdown"));
}

TEST(TranscriptActing, BranchesAndNewAnswersAreAskedFor) {
    TranscriptStage stage;
    MessageContent second = answer(2, "Answer");
    second.branch = 2;
    second.branchCount = 3;
    stage.view().show({prompt(1, "Question"), second});
    QSignalSpy branch(&stage.view(), &TranscriptView::branchRequested);
    QSignalSpy again(&stage.view(), &TranscriptView::regenerateRequested);
    stage.click(stage.placeOf(TargetKind::PreviousBranch, 1));
    stage.click(stage.placeOf(TargetKind::NextBranch, 1));
    ASSERT_EQ(branch.size(), 2);
    EXPECT_EQ(branch[0], (QList<QVariant>{2, 1}));
    EXPECT_EQ(branch[1], (QList<QVariant>{2, 3}));
    stage.click(stage.placeOf(TargetKind::Regenerate, 1));
    ASSERT_EQ(again.size(), 1);
    EXPECT_EQ(again[0][0].toInt(), 2);
}

TEST(TranscriptActing, WhileAnAnswerIsWrittenTheChatCannotBeChanged) {
    TranscriptStage stage;
    stage.view().show(chatOf(2));
    const QPoint regenerate = stage.placeOf(TargetKind::Regenerate, 1);
    stage.view().beginAnswer(answer(4, {}));
    QSignalSpy again(&stage.view(), &TranscriptView::regenerateRequested);
    stage.click(regenerate);
    stage.view().regenerateLastAnswer();
    EXPECT_TRUE(again.isEmpty());
    stage.view().finishAnswer({});
    stage.view().regenerateLastAnswer();
    EXPECT_EQ(again.size(), 1);
}

TEST(TranscriptActing, DetailsOfAFailureOpen) {
    TranscriptStage stage;
    MessageContent failed = answer(2, {});
    failed.state = MessageState::Failed;
    failed.failure = {.what = "It failed.", .next = "Try again.", .details = "Line one\nline two"};
    stage.view().show({prompt(1, "Go."), failed});
    stage.click(stage.placeOf(TargetKind::Details, 1));
    stage.drag(stage.placeOf(1, 0, 0), stage.placeOf(1, 0, 4));
    stage.key(Qt::Key_A, Qt::ControlModifier);
    EXPECT_EQ(stage.view().selectedText(), "It failed.\nTry again.\n\nLine one\nline two");
}

} // namespace
} // namespace ponder::ui
