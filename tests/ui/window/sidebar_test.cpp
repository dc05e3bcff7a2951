#include "ui/sidebar.h"

#include "tests/ui/window/parts.h"
#include "ui/widgets/chat_list_view.h"
#include "ui/widgets/menu.h"
#include "ui/widgets/undo_bar.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QContextMenuEvent>
#include <QLineEdit>
#include <QPointer>
#include <QSignalSpy>

namespace ponder::ui {
namespace {

ChatRow chat(const QString& id, int daysAgo, int minute) {
    ChatRow row;
    row.id = id;
    row.title = "Title of " + id;
    row.updated = QDateTime(QDate::currentDate().addDays(-daysAgo), QTime(0, minute));
    return row;
}

struct SidebarOnScreen {
    SidebarOnScreen() {
        sidebar.resize(264, 600);
        sidebar.setChats({chat("first", 0, 3), chat("second", 0, 2), chat("third", 1, 1)});
        open(sidebar);
    }
    ChatListView& list() { return partNamed<ChatListView>(sidebar, "Chats"); }
    QLineEdit* editor() { return sidebar.findChild<QLineEdit*>(); }
    /// The list hears of the key when the editor is done with it.
    void endRenaming(Qt::Key key) {
        QTest::keyClick(editor(), key);
        QApplication::processEvents();
    }
    QString chosen() { return list().currentIndex().data(Qt::UserRole).toString(); }
    QModelIndex row(const QString& title) {
        return list().model()->match(list().model()->index(0, 0), Qt::DisplayRole, title).value(0);
    }
    QMenu* menuByKey() {
        const QPoint place = list().rect().center();
        QContextMenuEvent event(QContextMenuEvent::Keyboard, place, list().mapToGlobal(place));
        QApplication::sendEvent(&list(), &event);
        return qobject_cast<QMenu*>(QApplication::activePopupWidget());
    }

    Theme theme;
    Sidebar sidebar{theme};
    QSignalSpy opened{&sidebar, &Sidebar::chatSelected};
    QSignalSpy renames{&sidebar, &Sidebar::renameRequested};
    QSignalSpy deletions{&sidebar, &Sidebar::deleteRequested};
    QSignalSpy undone{&sidebar, &Sidebar::undoRequested};
    QSignalSpy expired{&sidebar, &Sidebar::undoExpired};
};

QAction* actionCalled(const QMenu& menu, const QString& text) {
    for (QAction* action : menu.actions()) {
        if (action->text().section('\t', 0, 0) == text) return action;
    }
    return nullptr;
}

TEST(Sidebar, OneClickOpensAChat) {
    SidebarOnScreen screen;
    const QRect place = screen.list().visualRect(screen.row("Title of second"));
    QTest::mouseClick(screen.list().viewport(), Qt::LeftButton, {}, place.center());
    ASSERT_EQ(screen.opened.size(), 1);
    EXPECT_EQ(screen.opened[0][0].toString(), "second");
}

TEST(Sidebar, AHeadingCannotBeOpened) {
    SidebarOnScreen screen;
    const QRect place = screen.list().visualRect(screen.row("Today"));
    QTest::mouseClick(screen.list().viewport(), Qt::LeftButton, {}, place.center());
    EXPECT_TRUE(screen.opened.isEmpty());
}

TEST(Sidebar, ArrowsMoveAndEnterOpens) {
    SidebarOnScreen screen;
    screen.sidebar.setCurrentChat("first");
    screen.sidebar.focusChats();
    QTest::keyClick(&screen.list(), Qt::Key_Down);
    QTest::keyClick(&screen.list(), Qt::Key_Down);
    EXPECT_EQ(screen.chosen(), "third") << "over the heading between them";
    EXPECT_TRUE(screen.opened.isEmpty());
    QTest::keyClick(&screen.list(), Qt::Key_Return);
    ASSERT_EQ(screen.opened.size(), 1);
    EXPECT_EQ(screen.opened[0][0].toString(), "third");
}

TEST(Sidebar, KeepsWhatIsChosenWhenChatsMove) {
    SidebarOnScreen screen;
    screen.sidebar.setCurrentChat("second");
    screen.sidebar.setChats(
        {chat("new", 0, 9), chat("third", 0, 8), chat("first", 0, 3), chat("second", 0, 2)});
    EXPECT_EQ(screen.sidebar.currentChat(), "second");
    EXPECT_EQ(screen.chosen(), "second");
    EXPECT_TRUE(screen.opened.isEmpty());
}

TEST(Sidebar, RenamesInPlace) {
    SidebarOnScreen screen;
    screen.sidebar.setCurrentChat("second");
    screen.sidebar.renameCurrent();
    ASSERT_TRUE(screen.editor());
    EXPECT_EQ(screen.editor()->text(), "Title of second");
    EXPECT_EQ(screen.editor()->selectedText(), "Title of second") << "typing replaces it";
    EXPECT_EQ(screen.editor()->cursorPosition(), 0) << "the beginning is in view";
    QTest::keyClicks(screen.editor(), "Better");
    screen.endRenaming(Qt::Key_Return);
    ASSERT_EQ(screen.renames.size(), 1);
    EXPECT_EQ(screen.renames[0], QVariantList({"second", "Better"}));
    EXPECT_TRUE(screen.opened.isEmpty()) << "Enter ended the renaming and did no more";
}

TEST(Sidebar, F2RenamesTheChatTheKeyboardIsAt) {
    SidebarOnScreen screen;
    screen.sidebar.setCurrentChat("first");
    screen.sidebar.focusChats();
    QTest::keyClick(&screen.list(), Qt::Key_Down);
    screen.sidebar.renameCurrent();
    ASSERT_TRUE(screen.editor());
    EXPECT_EQ(screen.editor()->text(), "Title of second");
}

TEST(Sidebar, EscapeLeavesTheTitle) {
    SidebarOnScreen screen;
    screen.sidebar.setCurrentChat("second");
    screen.sidebar.renameCurrent();
    QTest::keyClicks(screen.editor(), "Worse");
    screen.endRenaming(Qt::Key_Escape);
    EXPECT_TRUE(screen.renames.isEmpty());
    EXPECT_TRUE(screen.row("Title of second").isValid());
}

TEST(Sidebar, AnEmptyTitleLeavesTheOldOne) {
    SidebarOnScreen screen;
    screen.sidebar.setCurrentChat("second");
    screen.sidebar.renameCurrent();
    QTest::keyClick(screen.editor(), Qt::Key_Delete);
    EXPECT_EQ(screen.editor()->text(), "");
    screen.endRenaming(Qt::Key_Return);
    EXPECT_TRUE(screen.renames.isEmpty());
    EXPECT_TRUE(screen.row("Title of second").isValid());
}

TEST(Sidebar, TabEndsTheRenamingAndBeginsNoOther) {
    SidebarOnScreen screen;
    screen.sidebar.setCurrentChat("first");
    screen.sidebar.renameCurrent();
    const QPointer<QLineEdit> editor = screen.editor();
    QTest::keyClicks(editor, "Better");
    QTest::keyClick(editor.data(), Qt::Key_Tab);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    EXPECT_FALSE(screen.editor());
    ASSERT_EQ(screen.renames.size(), 1);
    EXPECT_EQ(screen.renames[0], QVariantList({"first", "Better"}));
}

TEST(Sidebar, NewsOfAChatDoesNotTakeAwayWhatIsTyped) {
    SidebarOnScreen screen;
    screen.sidebar.setCurrentChat("second");
    screen.sidebar.renameCurrent();
    QTest::keyClicks(screen.editor(), "Half a ti");
    ChatRow busy = chat("second", 0, 30);
    busy.generating = true;
    screen.sidebar.setChats({busy, chat("first", 0, 3), chat("third", 1, 1)});
    ASSERT_TRUE(screen.editor());
    EXPECT_EQ(screen.editor()->text(), "Half a ti");
}

TEST(Sidebar, DeleteAsksForNothingButOffersUndo) {
    SidebarOnScreen screen;
    screen.sidebar.setCurrentChat("second");
    screen.sidebar.focusChats();
    QTest::keyClick(&screen.list(), Qt::Key_Delete);
    ASSERT_EQ(screen.deletions.size(), 1);
    EXPECT_EQ(screen.deletions[0][0].toStringList(), QStringList("second"));

    screen.sidebar.setChats({chat("first", 0, 3), chat("third", 1, 1)});
    screen.sidebar.showUndo(UndoneAction::Delete, {"Title of second"});
    EXPECT_TRUE(screen.sidebar.undoBar().isVisible());
    click(screen.sidebar, "Undo");
    ASSERT_EQ(screen.undone.size(), 1);
    EXPECT_FALSE(screen.sidebar.undoBar().isVisible());
    EXPECT_TRUE(screen.expired.isEmpty());
}

TEST(Sidebar, ControlZInTheListTakesTheDeletionBack) {
    SidebarOnScreen screen;
    screen.sidebar.focusChats();
    QTest::keyClick(&screen.list(), Qt::Key_Z, Qt::ControlModifier);
    EXPECT_TRUE(screen.undone.isEmpty());
    screen.sidebar.showUndo(UndoneAction::Delete, {"Title"});
    QTest::keyClick(&screen.list(), Qt::Key_Z, Qt::ControlModifier);
    ASSERT_EQ(screen.undone.size(), 1);
}

TEST(Sidebar, TheMenuOfAChatOpensByKey) {
    SidebarOnScreen screen;
    screen.sidebar.setCurrentChat("second");
    screen.sidebar.focusChats();
    QMenu* menu = screen.menuByKey();
    ASSERT_TRUE(menu);
    QSignalSpy pins(&screen.sidebar, &Sidebar::pinRequested);
    QAction* pin = actionCalled(*menu, "Pin");
    ASSERT_TRUE(pin);
    pin->trigger();
    ASSERT_EQ(pins.size(), 1);
    EXPECT_EQ(pins[0], QVariantList({QStringList("second"), true}));
    menu->close();
}

TEST(Sidebar, EveryEntryOfAChatsMenuActs) {
    SidebarOnScreen screen;
    Menu menu(screen.theme);
    screen.sidebar.addChatActions(menu, "third");
    actionCalled(menu, "Delete")->trigger();
    ASSERT_EQ(screen.deletions.size(), 1);
    EXPECT_EQ(screen.deletions[0][0].toStringList(), QStringList("third"));
    actionCalled(menu, "Rename")->trigger();
    ASSERT_TRUE(screen.editor());
    EXPECT_EQ(screen.editor()->text(), "Title of third");

    Menu none(screen.theme);
    screen.sidebar.addChatActions(none, "nobody");
    EXPECT_TRUE(none.isEmpty());
}

TEST(Sidebar, TheDotsOfARowOpenItsMenuAndNotTheChat) {
    SidebarOnScreen screen;
    const QModelIndex row = screen.row("Title of third");
    QTest::mouseClick(screen.list().viewport(), Qt::LeftButton, {}, screen.list().dotsRect(row).center());
    EXPECT_TRUE(screen.opened.isEmpty());
    auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    ASSERT_TRUE(menu);
    EXPECT_TRUE(actionCalled(*menu, "Rename"));
    menu->close();
}

TEST(Sidebar, AChatThatIsAnsweredHasADot) {
    SidebarOnScreen screen;
    const auto picture = [&] {
        const QRect row = screen.list().visualRect(screen.row("Title of first"));
        return screen.list().viewport()->grab(row).toImage();
    };
    const QImage idle = picture();
    ChatRow busy = chat("first", 0, 3);
    busy.generating = true;
    screen.sidebar.setChats({busy, chat("second", 0, 2), chat("third", 1, 1)});
    EXPECT_NE(picture(), idle);
    screen.sidebar.setChats({chat("first", 0, 3), chat("second", 0, 2), chat("third", 1, 1)});
    EXPECT_EQ(picture(), idle);
}

TEST(Sidebar, WithoutChatsSaysWhereTheyWillBe) {
    SidebarOnScreen screen;
    screen.sidebar.setChats({});
    EXPECT_FALSE(screen.list().isVisible()) << "no stop for the keyboard that holds nothing";
    screen.sidebar.focusChats();
    EXPECT_TRUE(partNamed<Button>(screen.sidebar, "New chat").hasFocus());
    screen.sidebar.renameCurrent();
    screen.sidebar.deleteCurrent();
    EXPECT_TRUE(screen.deletions.isEmpty());
}

} // namespace
} // namespace ponder::ui
