#include "ui/transcript_editor.h"

#include "tests/ui/transcript/stage.h"
#include "ui/widgets/button.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QSignalSpy>
#include <QTextEdit>

namespace ponder::ui {
namespace {

TranscriptEditor* editor(TranscriptStage& stage) {
    for (auto* each : stage.view().findChildren<TranscriptEditor*>()) {
        if (each->isVisible()) return each;
    }
    return nullptr;
}

TEST(TranscriptEditing, OpensInPlaceWithTheTextAndTheKeyboard) {
    TranscriptStage stage;
    stage.view().show({prompt(1, "First\nline two"), answer(2, "Answer")});
    stage.view().editLastPrompt();
    stage.settle();
    ASSERT_TRUE(editor(stage));
    auto* edit = editor(stage)->findChild<QTextEdit*>();
    EXPECT_EQ(edit->toPlainText(), "First\nline two");
    EXPECT_TRUE(edit->hasFocus());
    EXPECT_TRUE(stage.view().viewport()->rect().contains(editor(stage)->geometry()));
}

TEST(TranscriptEditing, EnterSubmitsTheNewText) {
    TranscriptStage stage;
    stage.view().show({prompt(7, "Old"), answer(8, "Answer")});
    QSignalSpy submitted(&stage.view(), &TranscriptView::editSubmitted);
    stage.click(stage.placeOf(TargetKind::EditMessage, 0));
    ASSERT_TRUE(editor(stage));
    auto* edit = editor(stage)->findChild<QTextEdit*>();
    edit->selectAll();
    QTest::keyClicks(edit, "New");
    QTest::keyClick(edit, Qt::Key_Return);
    ASSERT_EQ(submitted.size(), 1);
    EXPECT_EQ(submitted[0], (QList<QVariant>{7, "New"}));
    EXPECT_FALSE(editor(stage));
}

TEST(TranscriptEditing, EscapeAndCancelChangeNothing) {
    TranscriptStage stage;
    stage.view().show({prompt(1, "Old"), answer(2, "Answer")});
    QSignalSpy submitted(&stage.view(), &TranscriptView::editSubmitted);
    const int end = stage.scrollEnd();
    stage.view().editLastPrompt();
    QTest::keyClick(editor(stage)->findChild<QTextEdit*>(), Qt::Key_Escape);
    EXPECT_FALSE(editor(stage));
    stage.view().editLastPrompt();
    editor(stage)->findChild<Button*>("cancel")->click();
    EXPECT_FALSE(editor(stage));
    EXPECT_TRUE(submitted.isEmpty());
    EXPECT_EQ(stage.scrollEnd(), end);
}

TEST(TranscriptEditing, AnEmptyPromptCannotBeSubmitted) {
    TranscriptStage stage;
    stage.view().show({prompt(1, "Old"), answer(2, "Answer")});
    QSignalSpy submitted(&stage.view(), &TranscriptView::editSubmitted);
    stage.view().editLastPrompt();
    auto* edit = editor(stage)->findChild<QTextEdit*>();
    edit->clear();
    EXPECT_FALSE(editor(stage)->findChild<Button*>("send")->isEnabled());
    QTest::keyClick(edit, Qt::Key_Return);
    EXPECT_TRUE(submitted.isEmpty());
}

TEST(TranscriptEditing, GrowsWithItsText) {
    TranscriptStage stage;
    stage.view().show({prompt(1, "Old"), answer(2, "Answer")});
    stage.view().editLastPrompt();
    stage.settle();
    const int before = editor(stage)->height();
    auto* edit = editor(stage)->findChild<QTextEdit*>();
    for (int i = 0; i < 4; ++i) QTest::keyClick(edit, Qt::Key_Return, Qt::ShiftModifier);
    stage.settle();
    EXPECT_GE(editor(stage)->height(), before + 3 * stage.theme().lineHeight(TextStyle::Body));
}

TEST(TranscriptEditing, AnotherChatClosesTheEditor) {
    TranscriptStage stage;
    stage.view().show(chatOf(2));
    stage.view().editLastPrompt();
    ASSERT_TRUE(editor(stage));
    stage.view().show(chatOf(4));
    EXPECT_FALSE(editor(stage));
}

TEST(TranscriptEditing, ARefreshKeepsTheEditorOfAPromptThatIsStillThere) {
    TranscriptStage stage;
    std::vector<MessageContent> chat = chatOf(4);
    stage.view().show(chat);
    stage.view().editLastPrompt();
    chat.back().parts[0].text = "Changed.";
    stage.view().refresh(chat);
    EXPECT_TRUE(editor(stage));
    stage.view().refresh(chatOf(2));
    EXPECT_FALSE(editor(stage));
}

} // namespace
} // namespace ponder::ui
