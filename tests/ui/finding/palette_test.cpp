#include "ui/finding/palette.h"

#include "tests/ui/finding/found.h"
#include "tests/ui/window/window_on_screen.h"
#include "ui/commands.h"
#include "ui/finding/window_finding.h"
#include "ui/widgets/search_field.h"

#include <gtest/gtest.h>

#include <QSignalSpy>

namespace ponder::ui {
namespace {

/// The window with its palette open, and what has been run from it.
struct PaletteOnScreen : WindowOnScreen {
    PaletteOnScreen() {
        window.finding().palette().setSource(PaletteSection::Chats, [this] {
            return std::vector<PaletteEntry>{entry("Trip to Lisbon"), entry("Ring buffer"),
                                             entry("Planning lessons")};
        });
        window.setModels(
            {{.path = "/m/a", .name = "Qwen3 4B", .size = "2 GB", .where = "here", .problem = {}}});
        press(Qt::Key_K, Qt::ControlModifier);
        QApplication::processEvents();
    }
    PaletteEntry entry(const QString& title) {
        return {.text = title, .detail = {}, .words = {}, .icon = Icon::Chat, .run = [this, title] {
                    ran << title;
                }};
    }
    Palette& palette() { return window.finding().palette(); }
    SearchField& field() { return *palette().findChild<SearchField*>(); }
    FindingList& found() { return *palette().findChild<FindingList*>(); }
    void type(const QString& text) { QTest::keyClicks(&field(), text); }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(&field(), key, modifiers);
    }
    QStringList texts() { return rowTexts(found()); }
    QString chosen() { return found().currentIndex().data().toString(); }

    QStringList ran;
};

TEST(Palette, OpensWithRecentChatsAndActions) {
    PaletteOnScreen screen;
    EXPECT_TRUE(screen.palette().isVisible());
    EXPECT_TRUE(screen.field().hasFocus());
    EXPECT_EQ(screen.texts().mid(0, 5),
              QStringList({"Recent chats", "Trip to Lisbon", "Ring buffer", "Planning lessons", "Actions"}));
    EXPECT_EQ(screen.chosen(), "Trip to Lisbon");
    EXPECT_FALSE(screen.texts().contains("Models"));
}

TEST(Palette, TypingFindsByNameBestFirst) {
    PaletteOnScreen screen;
    screen.type("l");
    screen.type("is");
    EXPECT_EQ(screen.chosen(), "Trip to Lisbon");
    EXPECT_TRUE(screen.texts().contains("Trip to Lisbon"));
    EXPECT_FALSE(screen.texts().contains("Ring buffer"));
}

TEST(Palette, EnterRunsWhatIsChosenAndGivesTheKeyboardBack) {
    PaletteOnScreen screen;
    screen.type("ring");
    screen.key(Qt::Key_Return);
    EXPECT_EQ(screen.ran, QStringList("Ring buffer"));
    EXPECT_FALSE(screen.palette().isVisible());
    EXPECT_TRUE(screen.prompt().hasFocus());
}

TEST(Palette, ArrowsAndTabSkipHeadings) {
    PaletteOnScreen screen;
    screen.key(Qt::Key_Down);
    EXPECT_EQ(screen.chosen(), "Ring buffer");
    screen.key(Qt::Key_Tab);
    EXPECT_EQ(screen.chosen(), "Planning lessons");
    screen.key(Qt::Key_Down);
    EXPECT_EQ(screen.chosen(), commandTable().front().text);
    screen.key(Qt::Key_Up);
    EXPECT_EQ(screen.chosen(), "Planning lessons");
    EXPECT_TRUE(screen.field().hasFocus());
}

TEST(Palette, RunsActions) {
    PaletteOnScreen screen;
    screen.type("sidebar");
    screen.key(Qt::Key_Return);
    EXPECT_TRUE(QTest::qWaitFor([&] { return !screen.sidebarIsSeen(); }));
}

TEST(Palette, ChoosesModels) {
    PaletteOnScreen screen;
    QSignalSpy chosen(&screen.window, &MainWindow::modelChosen);
    screen.type("qwen");
    screen.key(Qt::Key_Return);
    ASSERT_EQ(chosen.size(), 1);
    EXPECT_EQ(chosen[0][0].toString(), "/m/a");
}

TEST(Palette, AClickRunsAndAClickOutsideCloses) {
    PaletteOnScreen screen;
    const QModelIndex second = screen.found().model()->index(2, 0);
    QTest::mouseClick(screen.found().viewport(), Qt::LeftButton, {},
                      screen.found().visualRect(second).center());
    EXPECT_EQ(screen.ran, QStringList("Ring buffer"));
    screen.press(Qt::Key_K, Qt::ControlModifier);
    EXPECT_TRUE(screen.palette().isVisible());
    QTest::mouseClick(&screen.palette(), Qt::LeftButton, {}, QPoint(20, screen.palette().height() - 20));
    EXPECT_FALSE(screen.palette().isVisible());
}

TEST(Palette, AsksForMessagesAndShowsThoseOfThePresentQueryOnly) {
    PaletteOnScreen screen;
    QSignalSpy asked(&screen.window.finding(), &WindowFinding::searchAsked);
    screen.type("apple");
    EXPECT_EQ(asked.size(), 5);
    EXPECT_EQ(asked.last()[1].toString(), "apple");
    screen.window.finding().showFound(FindingPlace::Palette, foundFor("appl", 2));
    EXPECT_FALSE(screen.texts().contains("Messages"));
    screen.window.finding().showFound(FindingPlace::Palette, foundFor("apple", 2));
    EXPECT_TRUE(screen.texts().contains("Messages"));
    EXPECT_EQ(screen.chosen(), "Message 0 with an apple");
    QSignalSpy chosen(&screen.window.finding(), &WindowFinding::messageChosen);
    screen.key(Qt::Key_Down);
    screen.key(Qt::Key_Return);
    ASSERT_EQ(chosen.size(), 1);
    EXPECT_EQ(chosen[0][0].value<FoundMessage>().message, 2);
}

TEST(Palette, MessagesThatArriveLaterLeaveTheChoiceWhereItIs) {
    PaletteOnScreen screen;
    screen.type("ring");
    screen.key(Qt::Key_Down);
    const QString before = screen.chosen();
    screen.window.finding().showFound(FindingPlace::Palette, foundFor("ring", 3));
    EXPECT_TRUE(screen.texts().contains("Messages"));
    EXPECT_NE(before, "");
}

TEST(Palette, ControlEnterGoesOnInTheSearchPage) {
    PaletteOnScreen screen;
    QSignalSpy asked(&screen.window.finding(), &WindowFinding::searchAsked);
    screen.type("apple");
    screen.key(Qt::Key_Return, Qt::ControlModifier);
    EXPECT_FALSE(screen.palette().isVisible());
    EXPECT_TRUE(screen.window.finding().page().isVisible());
    EXPECT_EQ(asked.last()[0].value<FindingPlace>(), FindingPlace::Page);
    EXPECT_EQ(asked.last()[1].toString(), "apple");
}

TEST(Palette, EscapeClosesItAndNothingElse) {
    PaletteOnScreen screen;
    QSignalSpy stops(&screen.window, &MainWindow::stopRequested);
    screen.key(Qt::Key_Escape);
    EXPECT_FALSE(screen.palette().isVisible());
    EXPECT_TRUE(stops.isEmpty());
    EXPECT_TRUE(screen.prompt().hasFocus());
}

TEST(Palette, AThousandChatsAreMatchedWithinAKeystroke) {
    PaletteOnScreen screen;
    std::vector<PaletteEntry> many;
    for (int i = 0; i < 5000; ++i)
        many.push_back(screen.entry(QString("A chat about subject number %1 and its friends").arg(i)));
    screen.palette().setSource(PaletteSection::Chats, [many] { return many; });
    screen.palette().refresh();
    const CpuClock clock;
    screen.type("subject 49");
    std::printf("palette with 5,000 chats: %.1f ms a keystroke\n", clock.milliseconds() / 10);
    EXPECT_LT(clock.milliseconds() / 10, 60); // 30 ms where nothing else runs
}

TEST(Palette, ScreenReadersHearTheRows) {
    PaletteOnScreen screen;
    QAccessibleInterface* list = QAccessible::queryAccessibleInterface(&screen.found());
    ASSERT_TRUE(list);
    EXPECT_EQ(list->role(), QAccessible::List);
    ASSERT_GT(list->childCount(), 2);
    EXPECT_EQ(list->child(1)->text(QAccessible::Name), "Trip to Lisbon");
    EXPECT_EQ(spokenName(screen.field()), "Find chats, messages, actions and settings");
}

} // namespace
} // namespace ponder::ui
