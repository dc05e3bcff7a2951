#include "ui/library/library_page.h"

#include "tests/ui/window/window_on_screen.h"
#include "ui/commands.h"
#include "ui/library/card_part.h"
#include "ui/library/folders_part.h"
#include "ui/library/library_list.h"
#include "ui/widgets/search_field.h"

#include <gtest/gtest.h>

#include <QElapsedTimer>
#include <QSignalSpy>

namespace ponder::ui {
namespace {

LibraryRow model(const QString& name, LibraryState state = LibraryState::Ready) {
    LibraryRow row;
    row.path = "/models/" + name;
    row.name = name;
    row.line = "qwen3 · 2.5 GB";
    row.state = state;
    if (state == LibraryState::CannotRun) row.problem = "Models of the family “mamba” cannot run yet.";
    return row;
}

struct LibraryOnScreen : WindowOnScreen {
    LibraryOnScreen() {
        window.openLibrary(LibraryTab::Here);
        page().setRows({model("Alpha"), model("Beta"), model("Mamba", LibraryState::CannotRun)});
        QCoreApplication::processEvents();
    }
    LibraryPage& page() { return window.library(); }
    LibraryList& list() { return *page().findChild<LibraryList*>(); }
    void clickRow(int row) {
        const QRect place = list().visualRect(list().model()->index(row, 0));
        QTest::mouseClick(list().viewport(), Qt::LeftButton, {}, place.center());
    }
    QSignalSpy chosen{&page(), &LibraryPage::chosen};
};

TEST(LibraryPage, TakesThePlaceOfTheChatAndGivesItBack) {
    WindowOnScreen screen;
    screen.window.run(Command::Models);
    EXPECT_TRUE(screen.window.library().isVisible());
    EXPECT_FALSE(screen.window.transcript().isVisible());
    QTest::keyClick(&screen.window.library(), Qt::Key_Escape);
    EXPECT_FALSE(screen.window.library().isVisible());
    EXPECT_TRUE(screen.window.transcript().isVisible());
    EXPECT_TRUE(screen.prompt().hasFocus()) << "where the keyboard was before";
}

TEST(LibraryPage, TheSearchTakesItsPlaceAndTheChatComesBackWhole) {
    WindowOnScreen screen;
    screen.window.run(Command::Models);
    screen.window.run(Command::SearchChats);
    EXPECT_FALSE(screen.window.library().isVisible());
    screen.window.run(Command::Models);
    EXPECT_TRUE(screen.window.library().isVisible());
    screen.window.closePages();
    EXPECT_TRUE(screen.window.transcript().isVisible());
    EXPECT_TRUE(screen.window.composer().isVisible());
}

TEST(LibraryPage, ANewChatIsSeen) {
    WindowOnScreen screen;
    screen.window.run(Command::Models);
    screen.window.run(Command::NewChat);
    EXPECT_FALSE(screen.window.library().isVisible());
    EXPECT_TRUE(screen.window.transcript().isVisible());
}

TEST(LibraryPage, AClickShowsTheCardOfAModel) {
    LibraryOnScreen screen;
    EXPECT_TRUE(screen.page().folders().isVisible()) << "before anything is chosen";
    screen.clickRow(1);
    ASSERT_EQ(screen.chosen.size(), 1);
    EXPECT_EQ(screen.chosen[0][0].toString(), "/models/Beta");
    EXPECT_TRUE(screen.page().card().isVisible());
    EXPECT_FALSE(screen.page().folders().isVisible());
}

TEST(LibraryPage, ArrowsGoThroughTheList) {
    LibraryOnScreen screen;
    screen.clickRow(0);
    QTest::keyClick(&screen.list(), Qt::Key_Down);
    EXPECT_EQ(screen.page().chosenPath(), "/models/Beta");
    QTest::keyClick(&screen.list(), Qt::Key_Down);
    EXPECT_EQ(screen.page().chosenPath(), "/models/Mamba") << "what cannot run has a card, too";
    EXPECT_TRUE(screen.list().hasFocus());
}

TEST(LibraryPage, WhatIsChosenStaysChosenWhileModelsComeAndGo) {
    LibraryOnScreen screen;
    screen.clickRow(1);
    screen.page().setRows({model("Aardvark"), model("Alpha"), model("Beta")});
    EXPECT_EQ(screen.page().chosenPath(), "/models/Beta");
    EXPECT_EQ(screen.list().currentIndex().row(), 2);
    EXPECT_EQ(screen.chosen.size(), 1) << "nobody has chosen anything anew";
}

TEST(LibraryPage, TheSearchKnowsNamesAndReasonsWithoutCaseAndAccents) {
    LibraryOnScreen screen;
    auto* search = screen.page().findChild<SearchField*>();
    search->setText("BÉTA");
    EXPECT_EQ(screen.list().shown(), 1);
    search->setText("mamba family");
    EXPECT_EQ(screen.list().shown(), 1);
    search->setText("nothing like it");
    EXPECT_EQ(screen.list().shown(), 0);
    QTest::keyClick(search, Qt::Key_Escape);
    EXPECT_EQ(screen.list().shown(), 3) << "Escape empties the field first";
    EXPECT_TRUE(screen.page().isVisible());
}

TEST(LibraryPage, ANarrowPageShowsTheListOrTheCard) {
    LibraryOnScreen screen;
    screen.window.resize(720, 640);
    QCoreApplication::processEvents();
    EXPECT_TRUE(screen.list().isVisible());
    EXPECT_FALSE(screen.page().card().isVisible());
    screen.clickRow(0);
    EXPECT_FALSE(screen.list().isVisible());
    EXPECT_TRUE(screen.page().card().isVisible());
    click(screen.page(), "All models");
    EXPECT_TRUE(screen.list().isVisible());
    EXPECT_TRUE(screen.list().hasFocus());
}

TEST(LibraryPage, WithoutModelsOffersToGetOne) {
    LibraryOnScreen screen;
    screen.page().setRows({});
    QCoreApplication::processEvents();
    int shown = 0;
    for (Button* button : screen.page().findChildren<Button*>()) {
        if (button->text() != "Get a model" || !button->isVisible() || button->isCheckable()) continue;
        ++shown;
        QTest::mouseClick(button, Qt::LeftButton);
    }
    EXPECT_EQ(shown, 1);
    EXPECT_EQ(screen.page().tab(), LibraryTab::Get);
}

TEST(LibraryPage, ATabIsChosenByAScreenReaderAndNoneCanBePutUp) {
    LibraryOnScreen screen;
    Button* tab = nullptr;
    for (Button* button : screen.page().findChildren<Button*>())
        if (button->isCheckable() && button->text() == "Get a model") tab = button;
    ASSERT_TRUE(tab);
    Button& get = *tab;
    QAccessible::queryAccessibleInterface(&get)->actionInterface()->doAction(
        QAccessibleActionInterface::toggleAction());
    EXPECT_EQ(screen.page().tab(), LibraryTab::Get);
    get.toggle();
    EXPECT_TRUE(get.isChecked());
    EXPECT_EQ(screen.page().tab(), LibraryTab::Get);
}

TEST(LibraryPage, TenThousandModelsAreShownAndSearchedAtOnce) {
    LibraryOnScreen screen;
    std::vector<LibraryRow> rows;
    for (int i = 0; i < 10'000; ++i) rows.push_back(model(QString("Model %1").arg(i)));
    QElapsedTimer timer;
    timer.start();
    screen.page().setRows(rows);
    QCoreApplication::processEvents();
    screen.page().findChild<SearchField*>()->setText("9999");
    QCoreApplication::processEvents();
    EXPECT_EQ(screen.list().shown(), 1);
    EXPECT_LT(timer.elapsed(), 1000);
}

TEST(LibraryPage, AChangeOfStateKeepsThePlaceInTheList) {
    LibraryOnScreen screen;
    std::vector<LibraryRow> rows;
    for (int i = 0; i < 200; ++i) rows.push_back(model(QString("Model %1").arg(i)));
    screen.page().setRows(rows);
    screen.list().scrollToBottom();
    QSignalSpy resets(screen.list().model(), &QAbstractItemModel::modelReset);
    rows[3].state = LibraryState::InMemory;
    screen.page().setRows(rows);
    EXPECT_EQ(resets.size(), 0);
}

} // namespace
} // namespace ponder::ui
