#include "ui/finding/search_page.h"

#include "tests/ui/finding/found.h"
#include "tests/ui/window/window_on_screen.h"
#include "ui/finding/window_finding.h"
#include "ui/widgets/label.h"
#include "ui/widgets/search_field.h"

#include <gtest/gtest.h>

#include <QSignalSpy>

namespace ponder::ui {
namespace {

/// The window with the search page open.
struct PageOnScreen : WindowOnScreen {
    PageOnScreen() {
        press(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        QApplication::processEvents();
    }
    SearchPage& page() { return window.finding().page(); }
    SearchField& field() { return *page().findChild<SearchField*>(); }
    FindingList& found() { return *page().findChild<FindingList*>(); }
    void type(const QString& text) { QTest::keyClicks(&field(), text); }
    void show(const FoundMessages& messages) { window.finding().showFound(FindingPlace::Page, messages); }
    bool says(const QString& text) {
        for (const Label* label : page().findChildren<Label*>()) {
            if (label->isVisible() && label->text().contains(text)) return true;
        }
        return false;
    }
};

TEST(SearchPage, TakesThePlaceOfTheChatAndGivesItBack) {
    PageOnScreen screen;
    EXPECT_TRUE(screen.page().isVisible());
    EXPECT_FALSE(screen.window.transcript().isVisible());
    EXPECT_FALSE(screen.window.composer().isVisible());
    EXPECT_TRUE(screen.field().hasFocus());
    EXPECT_TRUE(screen.says("Search in all your chats"));
    QTest::keyClick(&screen.field(), Qt::Key_Escape);
    EXPECT_FALSE(screen.page().isVisible());
    EXPECT_TRUE(screen.window.transcript().isVisible());
    EXPECT_TRUE(screen.window.composer().isVisible());
    EXPECT_TRUE(screen.prompt().hasFocus());
}

TEST(SearchPage, AsksAtEveryLetterAndShowsTheLatestAnswer) {
    PageOnScreen screen;
    QSignalSpy asked(&screen.window.finding(), &WindowFinding::searchAsked);
    screen.type("apple");
    EXPECT_EQ(asked.size(), 5);
    screen.show(foundFor("appl", 1));
    EXPECT_TRUE(rowTexts(screen.found()).isEmpty());
    screen.show(foundFor("apple", 3));
    EXPECT_EQ(rowTexts(screen.found()),
              QStringList({"Title 0", "Message 0 with an apple", "Message 1 with an apple", "Title 1",
                           "Message 2 with an apple"}));
    EXPECT_TRUE(screen.says("3"));
}

TEST(SearchPage, EnterOpensTheMessageThatIsChosen) {
    PageOnScreen screen;
    QSignalSpy chosen(&screen.window.finding(), &WindowFinding::messageChosen);
    screen.type("apple");
    screen.show(foundFor("apple", 3));
    QTest::keyClick(&screen.field(), Qt::Key_Down);
    QTest::keyClick(&screen.field(), Qt::Key_Down);
    QTest::keyClick(&screen.field(), Qt::Key_Return);
    ASSERT_EQ(chosen.size(), 1);
    EXPECT_EQ(chosen[0][0].value<FoundMessage>().message, 3);
    EXPECT_EQ(chosen[0][1].toStringList(), QStringList("apple"));
    EXPECT_FALSE(screen.page().isVisible());
}

TEST(SearchPage, SaysWhenNothingWasFoundAndWhatCannotBeSearchedFor) {
    PageOnScreen screen;
    screen.type("zebra");
    screen.show(foundFor("zebra", 0));
    EXPECT_TRUE(screen.says("Nothing was found"));
    FoundMessages refused = foundFor("zebra", 0);
    refused.problem = "role:x is not known.";
    screen.show(refused);
    EXPECT_TRUE(screen.says("role:x is not known."));
}

TEST(SearchPage, ChipsWriteTheFiltersIntoTheQuery) {
    PageOnScreen screen;
    screen.type("apple");
    click(screen.page(), "My messages");
    EXPECT_EQ(screen.field().text(), "apple role:user");
    EXPECT_TRUE(screen.field().hasFocus());
    click(screen.page(), "Thoughts");
    EXPECT_EQ(screen.field().text(), "apple in:thoughts");
    click(screen.page(), "Thoughts");
    EXPECT_EQ(screen.field().text(), "apple");
}

TEST(SearchPage, ChipsFollowWhatIsWrittenByHand) {
    PageOnScreen screen;
    screen.type("role:user model:Qwen3 after:2026-03-01");
    EXPECT_TRUE(partNamed<Button>(screen.page(), "My messages").isChecked());
    EXPECT_TRUE(partNamed<Button>(screen.page(), "Qwen3").isChecked());
    screen.field().clear();
    emit screen.field().textEdited({});
    EXPECT_FALSE(partNamed<Button>(screen.page(), "My messages").isChecked());
    EXPECT_FALSE(partNamed<Button>(screen.page(), "Any model").isChecked());
}

TEST(SearchPage, ShowsMoreWhenAsked) {
    PageOnScreen screen;
    QSignalSpy asked(&screen.window.finding(), &WindowFinding::searchAsked);
    screen.type("apple");
    FoundMessages some = foundFor("apple", 4);
    some.total = 90;
    screen.show(some);
    ASSERT_EQ(rowTexts(screen.found()).last(), "Show more");
    const int limit = asked.last()[2].toInt();
    for (int i = 0; i < 6; ++i) QTest::keyClick(&screen.field(), Qt::Key_Down);
    QTest::keyClick(&screen.field(), Qt::Key_Return);
    EXPECT_GT(asked.last()[2].toInt(), limit);
    EXPECT_TRUE(screen.page().isVisible());
}

TEST(SearchPage, ChoosingAChatOrANewOneClosesIt) {
    PageOnScreen screen;
    screen.press(Qt::Key_N, Qt::ControlModifier);
    EXPECT_FALSE(screen.page().isVisible());
    EXPECT_TRUE(screen.window.composer().isVisible());
}

TEST(SearchPage, TheSidebarHasAWayToIt) {
    WindowOnScreen screen;
    click(screen.window.sidebar(), "Search");
    EXPECT_TRUE(screen.window.finding().page().isVisible());
}

TEST(SearchPage, EverythingInItHasANameAndIsLargeEnough) {
    PageOnScreen screen;
    for (const auto* button : screen.page().findChildren<Button*>()) {
        if (!button->isVisible()) continue;
        EXPECT_GE(button->height(), 32) << button->text().toStdString();
        EXPECT_GE(button->width(), 32) << button->text().toStdString();
        EXPECT_FALSE(spokenName(*const_cast<Button*>(button)).isEmpty());
    }
    EXPECT_GE(screen.field().height(), 32);
}

} // namespace
} // namespace ponder::ui
