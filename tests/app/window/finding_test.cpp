// Search in the window: from a letter typed to the message on the screen.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QLineEdit>
#include <QTest>

#include "tests/app/sample_chats.h"
#include "tests/app/window/wait.h"
#include "tests/app/window/window_harness.h"
#include "tests/ui/window/parts.h"
#include "ui/commands.h"
#include "ui/dialogs/number_field.h"
#include "ui/dialogs/settings_dialog.h"
#include "ui/finding/find_bar.h"
#include "ui/finding/finding_list.h"
#include "ui/finding/palette.h"
#include "ui/finding/search_page.h"

namespace ponder::app {

namespace {

class WindowSearch : public testing::Test {
protected:
    void keep(const Conversation& chat) {
        ChatStore store(harness_.chatFile());
        store.save(wholeChat(chat));
    }
    ui::WindowFinding& finding() { return harness_.window().finding(); }
    void run(ui::Command command) { finding().run(command); }
    void typeIn(QWidget& place, const QString& text) {
        auto* field = place.findChild<QLineEdit*>();
        field->setFocus();
        QTest::keyClicks(field, text);
    }
    void press(QWidget& place, Qt::Key key) { QTest::keyClick(place.findChild<QLineEdit*>(), key); }
    QStringList rows(QWidget& place) {
        const auto* list = place.findChild<ui::FindingList*>();
        QStringList texts;
        for (int i = 0; i < list->model()->rowCount(); ++i)
            texts << list->model()->index(i, 0).data().toString();
        return texts;
    }

    WindowHarness harness_;
};

TEST_F(WindowSearch, AHitOnThePageOpensItsChatWithTheWordMarked) {
    keep(chatOf("Rivers", {"Where does the Danube begin?", "In the Black Forest."}));
    keep(chatOf("Seas", {"Which sea is it?", "The Black Sea."}));
    harness_.open();
    run(ui::Command::SearchChats);
    typeIn(finding().page(), "forest");
    EXPECT_TRUE(comesTrue([&] { return rows(finding().page()).contains("In the Black Forest."); }));
    EXPECT_EQ(rows(finding().page()).size(), 2);
    press(finding().page(), Qt::Key_Return);
    EXPECT_TRUE(comesTrue([&] { return harness_.lastText() == "In the Black Forest."; }));
    EXPECT_FALSE(finding().page().isVisible());
    EXPECT_TRUE(comesTrue([&] { return harness_.window().transcript().findCount().all == 1; }));
    EXPECT_TRUE(harness_.window().findChild<ui::FindBar*>()->isVisible());
}

TEST_F(WindowSearch, AHitOnAnotherBranchMakesItTheOneThatIsRead) {
    Conversation chat = chatOf("Fruit", {"Which fruit?", "Take the needle pear."});
    chat.add(1, engine::Role::Assistant, {textPart("Take an apple.")});
    keep(chat);
    harness_.open();
    run(ui::Command::SearchChats);
    typeIn(finding().page(), "needle");
    EXPECT_TRUE(comesTrue([&] { return rows(finding().page()).size() == 2; }));
    press(finding().page(), Qt::Key_Return);
    EXPECT_TRUE(comesTrue([&] { return harness_.lastText() == "Take the needle pear."; }));
}

TEST_F(WindowSearch, ThePaletteFindsChatsByTitleAndMessagesByWords) {
    keep(chatOf("Trip to Lisbon", {"Pack the umbrella?", "No."}));
    keep(chatOf("Ring buffer", {"Show me one.", "Here."}));
    harness_.open();
    run(ui::Command::OpenPalette);
    EXPECT_TRUE(comesTrue([&] { return rows(finding().palette()).contains("Trip to Lisbon"); }));
    typeIn(finding().palette(), "umbrella");
    EXPECT_TRUE(comesTrue([&] { return rows(finding().palette()).contains("Pack the umbrella?"); }));
    finding().palette().findChild<QLineEdit*>()->clear();
    typeIn(finding().palette(), "lisb");
    press(finding().palette(), Qt::Key_Return);
    EXPECT_TRUE(comesTrue([&] { return harness_.lastText() == "No."; }));
    EXPECT_FALSE(finding().palette().isVisible());
}

TEST_F(WindowSearch, ThePaletteOffersSettingsAndGoesToTheirLine) {
    harness_.open();
    run(ui::Command::OpenPalette);
    typeIn(finding().palette(), "font");
    const QStringList found = rows(finding().palette());
    ASSERT_TRUE(found.contains("Text size"));
    press(finding().palette(), Qt::Key_Return);
    auto* dialog = harness_.window().findChild<ui::SettingsDialog*>();
    ASSERT_TRUE(dialog && dialog->isVisible());
    auto* field = dialog->findChild<ui::NumberField*>();
    EXPECT_TRUE(field->isVisible());
    EXPECT_TRUE(comesTrue([&] { return field->isAncestorOf(dialog->focusWidget()); }));
    EXPECT_EQ(ui::spokenName(*dialog->focusWidget()), "Text size");
}

TEST_F(WindowSearch, AnAttachedFileIsFoundByItsNameInItsChatAndInAllChats) {
    Conversation chat = chatOf("Numbers", {"Add them up.", "42"});
    Part file = textPart("40\n2\n");
    file.kind = PartKind::Attachment;
    file.name = "Quarterly-Figures.csv";
    chat.turn(1).parts.insert(chat.turn(1).parts.begin(), file);
    keep(chat);
    harness_.open();
    run(ui::Command::SearchChats);
    typeIn(finding().page(), "quarterly-fig");
    EXPECT_TRUE(comesTrue([&] { return rows(finding().page()).size() == 2; }));
    press(finding().page(), Qt::Key_Return);
    EXPECT_TRUE(comesTrue([&] { return harness_.lastText() == "42"; }));
    EXPECT_TRUE(comesTrue([&] { return harness_.window().transcript().findCount().all == 1; }));
    run(ui::Command::FindInChat);
    auto& bar = *harness_.window().findChild<ui::FindBar*>();
    bar.findChild<QLineEdit*>()->clear();
    typeIn(bar, "figures.csv");
    EXPECT_TRUE(comesTrue([&] { return harness_.window().transcript().findCount().all == 1; }));
}

TEST_F(WindowSearch, AFilterThatMakesNoSenseIsExplained) {
    harness_.open();
    run(ui::Command::SearchChats);
    typeIn(finding().page(), "role:robot");
    EXPECT_TRUE(comesTrue([&] { return harness_.shows("role:robot is not known"); }));
}

TEST_F(WindowSearch, OfManyLettersTypedAtOnceTheLastIsAnswered) {
    keep(chatOf("A", {"understanding", "yes"}));
    harness_.open();
    run(ui::Command::SearchChats);
    typeIn(finding().page(), "understanding");
    EXPECT_TRUE(comesTrue([&] { return rows(finding().page()).contains("understanding"); }));
}

} // namespace

} // namespace ponder::app
