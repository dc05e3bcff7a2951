#include "tests/ui/window/window_on_screen.h"
#include "ui/widgets/label.h"
#include "ui/widgets/loading_card.h"
#include "ui/widgets/notice_card.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QMenu>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QSignalSpy>

namespace ponder::ui {
namespace {

TEST(MainWindow, IsCalledAfterTheChat) {
    WindowOnScreen screen;
    EXPECT_EQ(screen.window.windowTitle(), "Ponder");
    screen.window.setChatTitle("Bread & butter [*] <b>");
    QStringList words;
    for (const Label* label : screen.window.findChildren<Label*>()) words << label->text();
    EXPECT_TRUE(words.contains("Bread & butter [*] <b>"));
    EXPECT_EQ(screen.window.windowTitle(), "Bread & butter [*][*] <b> – Ponder")
        << "doubled, Qt shows it once";
}

TEST(MainWindow, BeginsWithTheKeyboardInThePrompt) {
    WindowOnScreen screen;
    EXPECT_TRUE(screen.prompt().hasFocus());
}

TEST(MainWindow, TheKeyboardLeavesASidebarThatGoes) {
    WindowOnScreen screen;
    screen.list().setFocus();
    screen.press(Qt::Key_B, Qt::ControlModifier);
    EXPECT_TRUE(screen.prompt().hasFocus());
}

TEST(MainWindow, ANoticeSaysWhatWhyAndNext) {
    WindowOnScreen screen;
    auto& card = *screen.window.findChild<NoticeCard*>();
    EXPECT_FALSE(card.isVisible());
    screen.window.showNotice(NoticeKind::Error,
                             {.what = "The engine <stopped>.", .next = "Restart it.", .details = "signal 9"},
                             "Restart");
    EXPECT_TRUE(card.isVisible());
    EXPECT_EQ(spokenName(card), "The engine <stopped>. Restart it.");
    auto& details = *card.findChild<QPlainTextEdit*>();
    EXPECT_FALSE(details.isVisible());
    click(card, "Details");
    EXPECT_TRUE(details.isVisible());
    EXPECT_EQ(details.toPlainText(), "signal 9");
    QSignalSpy actions(&screen.window, &MainWindow::noticeActionRequested);
    click(card, "Restart");
    EXPECT_EQ(actions.size(), 1);
    click(card, "Close");
    EXPECT_FALSE(card.isVisible());

    screen.window.showNotice(NoticeKind::Information, {.what = "Done.", .next = {}, .details = {}});
    QStringList buttons;
    for (const Button* button : card.findChildren<Button*>()) {
        if (button->isVisible()) buttons << button->accessibleName();
    }
    EXPECT_EQ(buttons, QStringList("Close")) << "no details, no action";
    screen.window.hideNotice();
    EXPECT_FALSE(card.isVisible());
}

TEST(MainWindow, LoadingShowsHowFarItIsAndCanBeCancelled) {
    WindowOnScreen screen;
    auto& card = *screen.window.findChild<LoadingCard*>();
    EXPECT_FALSE(card.isVisible());
    screen.window.showLoading(
        {.name = "Qwen3 4B", .loadedBytes = 1'240'000'000, .totalBytes = 2'500'000'000});
    EXPECT_TRUE(card.isVisible());
    QStringList words;
    for (const Label* label : card.findChildren<Label*>()) words << label->text();
    EXPECT_EQ(words, QStringList({"Loading Qwen3 4B", "1.2 GB of 2.5 GB"}));
    auto& bar = *card.findChild<QProgressBar*>();
    EXPECT_EQ(bar.value() * 100 / bar.maximum(), 49);
    screen.window.showLoading(
        {.name = "Qwen3 4B", .loadedBytes = 3'000'000'000, .totalBytes = 2'500'000'000});
    EXPECT_EQ(bar.value(), bar.maximum());

    QSignalSpy cancels(&screen.window, &MainWindow::loadCancelRequested);
    click(card, "Cancel");
    EXPECT_EQ(cancels.size(), 1);
    screen.window.hideLoading();
    EXPECT_FALSE(card.isVisible());
}

TEST(MainWindow, AnExampleIsSentOrWrittenDown) {
    WindowOnScreen screen;
    screen.window.setEmptyChat(EmptyChat::Starter);
    QApplication::processEvents();
    QSignalSpy submitted(&screen.window, &MainWindow::submitted);
    click(screen.window, "What is 347 + 588?");
    ASSERT_EQ(submitted.size(), 1);
    EXPECT_EQ(submitted[0][0].toString(), "What is 347 + 588?");
    screen.window.composer().setSendBlocked("Choose a model first.");
    click(screen.window, "What is 347 + 588?");
    EXPECT_EQ(submitted.size(), 1);
    EXPECT_EQ(screen.window.composer().draft(), "What is 347 + 588?");
}

TEST(MainWindow, AppearanceIsChosenInTheWindowsMenu) {
    WindowOnScreen screen;
    QSignalSpy chosen(&screen.window, &MainWindow::appearanceChosen);
    click(screen.window, "Menu");
    auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    ASSERT_TRUE(menu);
    QAction* dark = nullptr;
    for (QAction* action : menu->findChildren<QAction*>()) {
        if (action->text() == "Dark") dark = action;
    }
    ASSERT_TRUE(dark);
    dark->trigger();
    ASSERT_EQ(chosen.size(), 1);
    EXPECT_EQ(screen.theme.scheme(), ColourScheme::Dark);
    menu->close();
}

} // namespace
} // namespace ponder::ui
