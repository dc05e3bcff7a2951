#include "tests/ui/window/window_on_screen.h"
#include "ui/widgets/label.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QLineEdit>
#include <QSignalSpy>

namespace ponder::ui {
namespace {

MessageContent message(int id, Role role, const QString& text) {
    MessageContent made;
    made.id = id;
    made.role = role;
    made.parts = {{.kind = PartKind::Text, .text = text}};
    return made;
}

void showAnsweredChat(MainWindow& window) {
    window.transcript().show({message(1, Role::User, "2 + 3?"), message(2, Role::Assistant, "It is 5.")});
}

TEST(WindowKeys, ControlNBeginsAChat) {
    WindowOnScreen screen;
    QSignalSpy chats(&screen.window, &MainWindow::newChatRequested);
    screen.list().setFocus();
    screen.press(Qt::Key_N, Qt::ControlModifier);
    EXPECT_EQ(chats.size(), 1);
    EXPECT_TRUE(screen.prompt().hasFocus());
    click(screen.window.sidebar(), "New chat");
    EXPECT_EQ(chats.size(), 2);
}

TEST(WindowKeys, KeysBringTheKeyboardToThePrompt) {
    WindowOnScreen screen;
    screen.list().setFocus();
    screen.press(Qt::Key_L, Qt::ControlModifier);
    EXPECT_TRUE(screen.prompt().hasFocus());
    screen.list().setFocus();
    screen.press(Qt::Key_Escape, Qt::ShiftModifier);
    EXPECT_TRUE(screen.prompt().hasFocus());
}

TEST(WindowKeys, ControlBShowsAndHidesTheSidebar) {
    WindowOnScreen screen;
    EXPECT_TRUE(screen.sidebarIsSeen());
    screen.press(Qt::Key_B, Qt::ControlModifier);
    EXPECT_TRUE(QTest::qWaitFor([&] { return !screen.sidebarIsSeen(); }));
    screen.press(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_TRUE(screen.sidebarIsSeen());
}

TEST(WindowKeys, EscapeStopsAnAnswerAndNothingElse) {
    WindowOnScreen screen;
    QSignalSpy stops(&screen.window, &MainWindow::stopRequested);
    screen.press(Qt::Key_Escape);
    EXPECT_TRUE(stops.isEmpty());
    screen.window.composer().setActivity(ComposerActivity::Answering);
    QTest::keyClick(&screen.prompt(), Qt::Key_Escape);
    EXPECT_EQ(stops.size(), 1);
    QTest::keyClick(&screen.list(), Qt::Key_Escape);
    EXPECT_EQ(stops.size(), 2) << "from anywhere in the window";
}

TEST(WindowKeys, F2RenamesTheOpenChatAlsoWhereTheSidebarIsHidden) {
    WindowOnScreen screen;
    QSignalSpy renames(&screen.window.sidebar(), &Sidebar::renameRequested);
    screen.press(Qt::Key_B, Qt::ControlModifier);
    screen.press(Qt::Key_F2);
    EXPECT_TRUE(screen.sidebarIsSeen());
    auto* editor = screen.window.sidebar().findChild<QLineEdit*>();
    ASSERT_TRUE(editor);
    QTest::keyClicks(editor, "New title");
    QTest::keyClick(editor, Qt::Key_Return);
    QApplication::processEvents();
    ASSERT_EQ(renames.size(), 1);
    EXPECT_EQ(renames[0], QVariantList({"one", "New title"}));
}

TEST(WindowKeys, DeleteInTheListIsPassedOn) {
    WindowOnScreen screen;
    QSignalSpy deletions(&screen.window.sidebar(), &Sidebar::deleteRequested);
    QTest::keyClick(&screen.prompt(), Qt::Key_Delete);
    EXPECT_TRUE(deletions.isEmpty()) << "in the prompt the key is the text's";
    screen.list().setFocus();
    QTest::keyClick(&screen.list(), Qt::Key_Delete);
    ASSERT_EQ(deletions.size(), 1);
    EXPECT_EQ(deletions[0][0].toStringList(), QStringList("one"));
}

TEST(WindowKeys, ControlRAnswersAgain) {
    WindowOnScreen screen;
    QSignalSpy again(&screen.window, &MainWindow::regenerateRequested);
    screen.press(Qt::Key_R, Qt::ControlModifier);
    EXPECT_TRUE(again.isEmpty()) << "nothing has been answered";
    showAnsweredChat(screen.window);
    screen.press(Qt::Key_R, Qt::ControlModifier);
    ASSERT_EQ(again.size(), 1);
    EXPECT_EQ(again[0][0].toInt(), 2);
    screen.window.composer().setActivity(ComposerActivity::Answering);
    screen.press(Qt::Key_R, Qt::ControlModifier);
    EXPECT_EQ(again.size(), 1) << "not while an answer is being written";
}

TEST(WindowKeys, ControlShiftCCopiesTheLastAnswer) {
    WindowOnScreen screen;
    showAnsweredChat(screen.window);
    QApplication::clipboard()->setText("before");
    screen.press(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_EQ(QApplication::clipboard()->text().trimmed(), "It is 5.");
}

TEST(WindowKeys, KeysChangeTheTextSizeWithinItsLimits) {
    WindowOnScreen screen;
    QSignalSpy sizes(&screen.window, &MainWindow::textSizeChosen);
    screen.press(Qt::Key_Plus, Qt::ControlModifier);
    EXPECT_EQ(screen.theme.textSize(), 16);
    screen.press(Qt::Key_Equal, Qt::ControlModifier);
    EXPECT_EQ(screen.theme.textSize(), 17);
    screen.press(Qt::Key_Minus, Qt::ControlModifier);
    EXPECT_EQ(screen.theme.textSize(), 16);
    screen.press(Qt::Key_0, Qt::ControlModifier);
    EXPECT_EQ(screen.theme.textSize(), Theme::kDefaultTextSize);
    EXPECT_EQ(sizes.size(), 4);
    screen.press(Qt::Key_0, Qt::ControlModifier);
    EXPECT_EQ(sizes.size(), 4) << "nothing changed";
    for (int i = 0; i < 20; ++i) screen.press(Qt::Key_Plus, Qt::ControlModifier);
    EXPECT_EQ(screen.theme.textSize(), Theme::kLargestText);
}

TEST(WindowKeys, F1ListsEveryKey) {
    WindowOnScreen screen;
    screen.press(Qt::Key_F1);
    auto* dialog = screen.window.findChild<QDialog*>();
    ASSERT_TRUE(dialog);
    EXPECT_TRUE(dialog->isVisible());
    QStringList words;
    for (const Label* label : dialog->findChildren<Label*>()) words << label->text();
    for (const char* key : {"Ctrl+N", "Ctrl+B", "Ctrl+R", "Ctrl+Shift+C", "F1", "Esc", "Shift+Enter"}) {
        EXPECT_TRUE(words.contains(key)) << key;
    }
    QTest::keyClick(dialog, Qt::Key_Escape);
    EXPECT_FALSE(dialog->isVisible());
}

TEST(WindowKeys, ControlQClosesAndAsksToSaveFirst) {
    WindowOnScreen screen;
    QSignalSpy closing(&screen.window, &MainWindow::closing);
    screen.press(Qt::Key_Q, Qt::ControlModifier);
    EXPECT_EQ(closing.size(), 1);
    EXPECT_FALSE(screen.window.isVisible());
}

TEST(WindowKeys, ControlMOpensTheModelsAndTheChipFollowsTheChoice) {
    WindowOnScreen screen;
    screen.window.setModels({{.path = "/m/a.gguf", .name = "Alpha", .size = {}, .where = {}, .problem = {}}});
    screen.press(Qt::Key_M, Qt::ControlModifier);
    auto& picker = *screen.window.findChild<ModelPicker*>();
    EXPECT_TRUE(picker.isVisible());
    picker.close();
    screen.window.setCurrentModel("/m/a.gguf");
    EXPECT_EQ(partNamed<Button>(screen.window, "Model: Alpha").text(), "Alpha");
    screen.window.setCurrentModel("/elsewhere/opened by hand.gguf");
    EXPECT_EQ(partNamed<Button>(screen.window, "Model: opened by hand.gguf").text(), "opened by hand.gguf");
    screen.window.setCurrentModel({});
    EXPECT_TRUE(partNamed<Button>(screen.window, "Choose a model").isVisible());
}

} // namespace
} // namespace ponder::ui
