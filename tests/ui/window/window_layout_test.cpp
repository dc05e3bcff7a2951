#include "ui/main_window.h"

#include "tests/ui/window/parts.h"
#include "ui/widgets/chat_list_view.h"
#include "ui/widgets/prompt_edit.h"
#include "ui/widgets/undo_bar.h"

#include <gtest/gtest.h>

#include <QApplication>

#include <random>

namespace ponder::ui {
namespace {

struct SizedWindow {
    explicit SizedWindow(QSize size) {
        ChatRow chat;
        chat.id = "one";
        chat.title = "One";
        chat.updated = QDateTime::currentDateTime();
        window.sidebar().setChats({chat});
        window.resize(size);
        open(window);
    }
    void toggleSidebar() {
        QTest::keyClick(&window, Qt::Key_B, Qt::ControlModifier);
        settle();
    }
    void settle() { QApplication::processEvents(); }
    bool sidebarIsSeen() { return window.sidebar().isVisible(); }
    int promptWidth() { return window.composer().width(); }

    Theme theme;
    MainWindow window{theme};
};

constexpr QSize kWide{1180, 820};
constexpr QSize kNarrow{800, 640};

TEST(WindowLayout, ANarrowWindowHidesTheSidebarAndOpensItOverTheChat) {
    SizedWindow screen(kNarrow);
    EXPECT_FALSE(screen.sidebarIsSeen());
    EXPECT_EQ(screen.promptWidth(), 800);
    screen.toggleSidebar();
    EXPECT_TRUE(screen.sidebarIsSeen());
    EXPECT_EQ(screen.promptWidth(), 800) << "the chat keeps its place below";
    EXPECT_TRUE(partNamed<ChatListView>(screen.window, "Chats").hasFocus());
}

TEST(WindowLayout, EscapeClosesASidebarThatLiesOverBeforeItStopsAnything) {
    SizedWindow screen(kNarrow);
    int stops = 0;
    QObject::connect(&screen.window, &MainWindow::stopRequested, [&] { ++stops; });
    screen.window.composer().setActivity(ComposerActivity::Answering);
    screen.toggleSidebar();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    screen.settle();
    EXPECT_FALSE(screen.sidebarIsSeen());
    EXPECT_EQ(stops, 0);
    EXPECT_TRUE(screen.window.composer().findChild<PromptEdit*>()->hasFocus());
}

TEST(WindowLayout, ChoosingAChatClosesASidebarThatLiesOver) {
    SizedWindow screen(kNarrow);
    screen.toggleSidebar();
    QTest::keyClick(&partNamed<ChatListView>(screen.window, "Chats"), Qt::Key_Return);
    screen.settle();
    EXPECT_FALSE(screen.sidebarIsSeen());
}

TEST(WindowLayout, AClickBesideClosesASidebarThatLiesOver) {
    SizedWindow screen(kNarrow);
    screen.toggleSidebar();
    const QPoint beside(700, 300);
    QTest::mouseClick(screen.window.childAt(beside), Qt::LeftButton);
    screen.settle();
    EXPECT_FALSE(screen.sidebarIsSeen());
}

TEST(WindowLayout, TheSidebarComesBackWhenThereIsRoom) {
    SizedWindow screen(kWide);
    EXPECT_EQ(screen.promptWidth(), 1180 - 264);
    screen.window.resize(819, 640);
    screen.settle();
    EXPECT_FALSE(screen.sidebarIsSeen());
    screen.window.resize(820, 640);
    screen.settle();
    EXPECT_TRUE(screen.sidebarIsSeen());
}

TEST(WindowLayout, IsNeverSmallerThanItsPartsNeed) {
    SizedWindow screen({200, 100});
    EXPECT_EQ(screen.window.size(), QSize(720, 520));
}

TEST(WindowLayout, UndoIsInReachAlsoWithoutTheSidebar) {
    SizedWindow screen(kWide);
    screen.window.sidebar().showUndo(UndoneAction::Delete, {"A title"});
    UndoBar& bar = screen.window.sidebar().undoBar();
    EXPECT_TRUE(bar.isVisible());
    screen.toggleSidebar();
    EXPECT_TRUE(bar.isVisible());
    screen.toggleSidebar();
    EXPECT_TRUE(bar.isVisible());
    EXPECT_TRUE(screen.window.sidebar().isAncestorOf(&bar));
}

TEST(WindowLayout, TheReadingColumnStaysInTheMiddle) {
    SizedWindow screen({1400, 820});
    auto& prompt = *screen.window.composer().findChild<PromptEdit*>();
    const int middle = prompt.mapTo(&screen.window, QPoint(prompt.width() / 2, 0)).x();
    EXPECT_NEAR(middle, 264 + (1400 - 264) / 2, 6);
    EXPECT_LE(prompt.width(), 752);
}

TEST(WindowLayout, ComesBackAsItWasLeft) {
    QByteArray kept;
    {
        SizedWindow screen({1000, 700});
        screen.toggleSidebar();
        kept = screen.window.saveLayout();
    }
    SizedWindow screen(kWide);
    ASSERT_TRUE(screen.window.restoreLayout(kept));
    screen.settle();
    EXPECT_EQ(screen.window.size(), QSize(1000, 700));
    EXPECT_FALSE(screen.sidebarIsSeen());
}

TEST(WindowLayout, BytesFromElsewhereChangeNothing) {
    SizedWindow screen(kWide);
    const QByteArray good = screen.window.saveLayout();
    std::vector<QByteArray> bad{{}, "x", "{\"width\": 800}", QByteArray(1000, '\xff'), QByteArray(64, '\0')};
    for (int length = 0; length < good.size(); ++length) bad.push_back(good.left(length));
    QByteArray laterVersion = good;
    laterVersion[5] = char(laterVersion[5] + 1);
    bad.push_back(laterVersion);
    for (const QByteArray& bytes : bad) {
        EXPECT_FALSE(screen.window.restoreLayout(bytes)) << bytes.toHex().toStdString();
    }
    EXPECT_EQ(screen.window.size(), kWide);
    EXPECT_TRUE(screen.sidebarIsSeen());
}

TEST(WindowLayout, DamagedBytesNeverMakeAnUnusableWindow) {
    SizedWindow screen(kWide);
    const QByteArray good = screen.window.saveLayout();
    std::mt19937 random(11);
    for (int round = 0; round < 300; ++round) {
        QByteArray bytes = good;
        for (int i = 0; i < 3; ++i) bytes[qsizetype(random() % unsigned(bytes.size()))] = char(random());
        screen.window.restoreLayout(bytes);
        ASSERT_GE(screen.window.width(), 720);
        ASSERT_GE(screen.window.height(), 520);
        ASSERT_GE(screen.window.sidebar().width(), 220);
        ASSERT_LE(screen.window.sidebar().width(), 360);
    }
}

} // namespace
} // namespace ponder::ui
