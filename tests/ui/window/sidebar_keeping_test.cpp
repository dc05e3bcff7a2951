#include "tests/ui/window/parts.h"
#include "ui/chat_rows.h"
#include "ui/dialogs/confirm_dialog.h"
#include "ui/sidebar.h"
#include "ui/widgets/chat_drag.h"
#include "ui/widgets/chat_list_view.h"
#include "ui/widgets/menu.h"
#include "ui/widgets/place_button.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QContextMenuEvent>
#include <QDropEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QSignalSpy>

namespace ponder::ui {
namespace {

ChatRow chat(const QString& id, int minute, const QString& folder = {}) {
    ChatRow row;
    row.id = id;
    row.title = "Title of " + id;
    row.updated = QDateTime(QDate::currentDate(), QTime(0, minute));
    row.folder = folder;
    return row;
}

ChatRow putAway(ChatRow row, ChatPlace place, int daysLeft = 0) {
    row.place = place;
    row.placed = row.updated;
    row.daysLeft = daysLeft;
    return row;
}

/// A pinned chat, two folders of which one is closed, two chats of today, one in the archive, two in the
/// trash.
struct SidebarOnScreen {
    SidebarOnScreen() {
        ChatRow pinned = chat("pinned", 9);
        pinned.pinned = true;
        chats = {pinned,
                 chat("work1", 8, "Work"),
                 chat("work2", 7, "Work"),
                 chat("home", 6, "Home"),
                 chat("loose1", 5),
                 chat("loose2", 4),
                 putAway(chat("old", 3), ChatPlace::Archive),
                 putAway(chat("bad", 2), ChatPlace::Trash, 1),
                 putAway(chat("worse", 1), ChatPlace::Trash, 12)};
        sidebar.resize(264, 700);
        sidebar.setFolders({{"Work"}, {"Home", true}});
        sidebar.setChats(chats);
        open(sidebar);
    }

    ChatListView& list() { return partNamed<ChatListView>(sidebar, "Chats"); }
    QModelIndex row(const QString& text) {
        return list()
            .model()
            ->match(list().model()->index(0, 0), Qt::DisplayRole, text, 1, Qt::MatchExactly)
            .value(0);
    }
    QModelIndex chatRow(const QString& id) { return row("Title of " + id); }
    QStringList lines() {
        QStringList lines;
        for (int i = 0; i < list().model()->rowCount(); ++i)
            lines << list().model()->index(i, 0).data().toString().remove("Title of ");
        return lines;
    }
    void clickRow(const QModelIndex& index, Qt::KeyboardModifiers modifiers = {}) {
        QTest::mouseClick(list().viewport(), Qt::LeftButton, modifiers,
                          list().visualRect(index).center() - QPoint(40, 0));
    }
    void press(int key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(&list(), Qt::Key(key), modifiers);
    }
    QStringList selected() {
        QStringList ids;
        for (const QModelIndex& index : list().selectionModel()->selectedIndexes())
            ids << index.data(ChatRows::Id).toString();
        ids.sort();
        return ids;
    }
    QMenu* menuByKey() {
        const QPoint place = list().rect().center();
        QContextMenuEvent event(QContextMenuEvent::Keyboard, place, list().mapToGlobal(place));
        QApplication::sendEvent(&list(), &event);
        return qobject_cast<QMenu*>(QApplication::activePopupWidget());
    }
    /// Enter, move and drop; true where the drop was taken.
    bool drop(QWidget& target, const QPoint& place, const QMimeData& carried) {
        QDragEnterEvent enter(place, Qt::MoveAction, &carried, Qt::LeftButton, {});
        QApplication::sendEvent(&target, &enter);
        if (!enter.isAccepted()) return false;
        QDragMoveEvent move(place, Qt::MoveAction, &carried, Qt::LeftButton, {});
        QApplication::sendEvent(&target, &move);
        list().grab(); // with the mark of the place
        QDropEvent drop(place, Qt::MoveAction, &carried, Qt::LeftButton, {});
        QApplication::sendEvent(&target, &drop);
        return drop.isAccepted();
    }
    bool dropOnRow(const QStringList& ids, const QModelIndex& index) {
        const std::unique_ptr<QMimeData> carried(chatsToDrag(ids));
        return drop(*list().viewport(), list().visualRect(index).center(), *carried);
    }
    ConfirmDialog* question() { return sidebar.findChild<ConfirmDialog*>(); }

    Theme theme;
    Sidebar sidebar{theme};
    std::vector<ChatRow> chats;
    QSignalSpy opened{&sidebar, &Sidebar::chatSelected};
    QSignalSpy collapsed{&sidebar, &Sidebar::folderCollapsed};
    QSignalSpy deletions{&sidebar, &Sidebar::deleteRequested};
    QSignalSpy pins{&sidebar, &Sidebar::pinRequested};
    QSignalSpy moves{&sidebar, &Sidebar::moveRequested};
    QSignalSpy archivings{&sidebar, &Sidebar::archiveRequested};
    QSignalSpy restored{&sidebar, &Sidebar::restoreRequested};
    QSignalSpy erased{&sidebar, &Sidebar::eraseRequested};
    QSignalSpy emptied{&sidebar, &Sidebar::emptyTrashRequested};
    QSignalSpy folderNames{&sidebar, &Sidebar::folderRenamed};
};

QAction* actionCalled(const QMenu& menu, const QString& text) {
    for (QAction* action : menu.actions()) {
        if (action->text().section('\t', 0, 0) == text) return action;
    }
    return nullptr;
}

TEST(Folders, StandBetweenPinnedChatsAndDays) {
    SidebarOnScreen screen;
    EXPECT_EQ(screen.lines(), QStringList({"Pinned", "pinned", "Work", "work1", "work2", "Home", "Today",
                                           "loose1", "loose2"}));
}

TEST(Folders, AClickOpensAndClosesOne) {
    SidebarOnScreen screen;
    screen.clickRow(screen.row("Work"));
    screen.clickRow(screen.row("Home"));
    ASSERT_EQ(screen.collapsed.size(), 2);
    EXPECT_EQ(screen.collapsed[0], QVariantList({"Work", true}));
    EXPECT_EQ(screen.collapsed[1], QVariantList({"Home", false}));
    EXPECT_TRUE(screen.opened.isEmpty());
}

TEST(Folders, ArrowsOpenAndCloseOne) {
    SidebarOnScreen screen;
    screen.sidebar.focusChats();
    screen.list().setCurrentIndex(screen.chatRow("work2"));
    screen.press(Qt::Key_Left);
    EXPECT_EQ(screen.list().currentIndex(), screen.row("Work")) << "first from the chat to its folder";
    screen.press(Qt::Key_Right);
    EXPECT_TRUE(screen.collapsed.isEmpty()) << "it is open";
    screen.press(Qt::Key_Left);
    ASSERT_EQ(screen.collapsed.size(), 1);
    EXPECT_EQ(screen.collapsed[0], QVariantList({"Work", true}));
    screen.list().setCurrentIndex(screen.row("Home"));
    screen.press(Qt::Key_Return);
    ASSERT_EQ(screen.collapsed.size(), 2);
    EXPECT_EQ(screen.collapsed[1], QVariantList({"Home", false}));
}

TEST(Folders, AreReachedByTheArrowsLikeChats) {
    SidebarOnScreen screen;
    screen.sidebar.focusChats();
    screen.list().setCurrentIndex(screen.chatRow("pinned"));
    screen.press(Qt::Key_Down);
    EXPECT_EQ(screen.list().currentIndex(), screen.row("Work"));
    screen.press(Qt::Key_Down);
    EXPECT_EQ(screen.list().currentIndex(), screen.chatRow("work1"));
}

TEST(Folders, AreReadOutWithTheirState) {
    SidebarOnScreen screen;
    EXPECT_EQ(screen.row("Work").data(Qt::AccessibleTextRole).toString(), "Work, folder, open, 2 chats");
    EXPECT_EQ(screen.row("Home").data(Qt::AccessibleTextRole).toString(), "Home, folder, closed, 1 chat");
}

TEST(Folders, ANewOneIsNamedInItsRow) {
    SidebarOnScreen screen;
    QObject::connect(&screen.sidebar, &Sidebar::folderAdded,
                     [&](const QString& name, const QStringList& ids) {
                         EXPECT_TRUE(ids.isEmpty());
                         screen.sidebar.setFolders({{"Work"}, {"Home", true}, {name}});
                     });
    screen.sidebar.newFolder();
    auto* editor = screen.sidebar.findChild<QLineEdit*>();
    ASSERT_TRUE(editor);
    EXPECT_EQ(editor->text(), "New folder");
    QTest::keyClicks(editor, "Travel");
    QTest::keyClick(editor, Qt::Key_Return);
    QApplication::processEvents();
    ASSERT_EQ(screen.folderNames.size(), 1);
    EXPECT_EQ(screen.folderNames[0], QVariantList({"New folder", "Travel"}));
    EXPECT_EQ(screen.list().currentIndex(), screen.row("Travel"));
    EXPECT_TRUE(screen.list().hasFocus());
    EXPECT_TRUE(screen.collapsed.isEmpty()) << "Enter ended the renaming and did no more";
}

TEST(Folders, NoneTakesTheNameOfAnother) {
    SidebarOnScreen screen;
    screen.list().setFocus();
    screen.list().setCurrentIndex(screen.row("Work"));
    screen.sidebar.renameCurrent();
    auto* editor = screen.sidebar.findChild<QLineEdit*>();
    ASSERT_TRUE(editor);
    QTest::keyClicks(editor, "Home");
    QTest::keyClick(editor, Qt::Key_Return);
    QApplication::processEvents();
    EXPECT_TRUE(screen.folderNames.isEmpty());
    EXPECT_TRUE(screen.row("Work").isValid());
}

TEST(Folders, TheirMenuActs) {
    SidebarOnScreen screen;
    screen.list().setFocus();
    screen.list().setCurrentIndex(screen.row("Work"));
    QSignalSpy added(&screen.sidebar, &Sidebar::newChatInFolderRequested);
    QSignalSpy deleted(&screen.sidebar, &Sidebar::folderDeleted);
    QMenu* menu = screen.menuByKey();
    ASSERT_TRUE(menu);
    actionCalled(*menu, "New chat here")->trigger();
    actionCalled(*menu, "Delete the folder, keep its chats")->trigger();
    menu->close();
    for (QSignalSpy* spy : {&added, &deleted}) {
        ASSERT_EQ(spy->size(), 1);
        EXPECT_EQ(spy->at(0)[0].toString(), "Work");
    }
}

TEST(ManyChats, AreSelectedWithControlAndShift) {
    SidebarOnScreen screen;
    screen.clickRow(screen.chatRow("work1"));
    EXPECT_EQ(screen.opened.size(), 1);
    screen.clickRow(screen.chatRow("loose1"), Qt::ControlModifier);
    EXPECT_EQ(screen.selected(), QStringList({"loose1", "work1"}));
    screen.clickRow(screen.chatRow("loose2"), Qt::ShiftModifier);
    EXPECT_EQ(screen.selected(), QStringList({"loose1", "loose2", "work1"}));
    EXPECT_EQ(screen.opened.size(), 1) << "selecting opens nothing";
    screen.clickRow(screen.chatRow("pinned"));
    EXPECT_EQ(screen.selected(), QStringList({"pinned"}));
    EXPECT_EQ(screen.opened.size(), 2);
}

TEST(ManyChats, AreSelectedByKeyAndDeletedTogether) {
    SidebarOnScreen screen;
    screen.sidebar.focusChats();
    screen.list().setCurrentIndex(screen.chatRow("work1"));
    screen.press(Qt::Key_Down, Qt::ShiftModifier);
    screen.press(Qt::Key_Down, Qt::ShiftModifier);
    EXPECT_EQ(screen.selected(), QStringList({"work1", "work2"})) << "the folder below is no chat";
    screen.press(Qt::Key_A, Qt::ControlModifier);
    EXPECT_EQ(screen.selected(), QStringList({"loose1", "loose2", "pinned", "work1", "work2"}));
    screen.press(Qt::Key_Up);
    screen.press(Qt::Key_Up, Qt::ShiftModifier);
    screen.press(Qt::Key_Delete);
    ASSERT_EQ(screen.deletions.size(), 1);
    EXPECT_EQ(screen.deletions[0][0].toStringList(), QStringList({"work1", "work2"}));
}

TEST(ManyChats, EscapeLeavesOne) {
    SidebarOnScreen screen;
    screen.sidebar.focusChats();
    screen.list().setCurrentIndex(screen.chatRow("work1"));
    screen.press(Qt::Key_A, Qt::ControlModifier);
    screen.press(Qt::Key_Escape);
    EXPECT_EQ(screen.selected(), QStringList({"work1"}));
}

TEST(ManyChats, ShareOneMenu) {
    SidebarOnScreen screen;
    screen.sidebar.focusChats();
    screen.list().setCurrentIndex(screen.chatRow("loose1"));
    screen.press(Qt::Key_Down, Qt::ShiftModifier);
    QMenu* menu = screen.menuByKey();
    ASSERT_TRUE(menu);
    EXPECT_FALSE(actionCalled(*menu, "Rename"));
    ASSERT_TRUE(actionCalled(*menu, "Delete 2 chats"));
    actionCalled(*menu, "Archive")->trigger();
    ASSERT_EQ(screen.archivings.size(), 1);
    EXPECT_EQ(screen.archivings[0], QVariantList({QStringList({"loose1", "loose2"}), true}));
    menu->close();
}

TEST(ManyChats, LookSelected) {
    SidebarOnScreen screen;
    screen.list().setCurrentIndex(screen.chatRow("loose1"));
    const auto picture = [&] {
        return screen.list().viewport()->grab(screen.list().visualRect(screen.chatRow("loose1"))).toImage();
    };
    const QImage alone = picture();
    screen.clickRow(screen.chatRow("loose2"), Qt::ControlModifier);
    EXPECT_NE(picture(), alone);
}

TEST(MoveToFolder, ListsTheFoldersAndMakesNewOnes) {
    SidebarOnScreen screen;
    QSignalSpy added(&screen.sidebar, &Sidebar::folderAdded);
    Menu menu(screen.theme);
    screen.sidebar.addChatActions(menu, "work1");
    const QMenu* folders = actionCalled(menu, "Move to folder")->menu();
    ASSERT_TRUE(folders);
    EXPECT_FALSE(actionCalled(*folders, "Work")->isEnabled()) << "it is there";
    actionCalled(*folders, "Home")->trigger();
    actionCalled(*folders, "No folder")->trigger();
    ASSERT_EQ(screen.moves.size(), 2);
    EXPECT_EQ(screen.moves[0], QVariantList({QStringList("work1"), "Home"}));
    EXPECT_EQ(screen.moves[1], QVariantList({QStringList("work1"), ""}));
    actionCalled(*folders, "New folder…")->trigger();
    ASSERT_EQ(added.size(), 1);
    EXPECT_EQ(added[0], QVariantList({"New folder", QStringList("work1")}));
}

TEST(DraggedChats, GoWhereTheyAreDropped) {
    SidebarOnScreen screen;
    EXPECT_TRUE(screen.dropOnRow({"loose1", "loose2"}, screen.row("Home")));
    EXPECT_TRUE(screen.dropOnRow({"loose1"}, screen.chatRow("work2"))) << "a chat stands for its folder";
    EXPECT_TRUE(screen.dropOnRow({"work1"}, screen.row("Today")));
    ASSERT_EQ(screen.moves.size(), 3);
    EXPECT_EQ(screen.moves[0], QVariantList({QStringList({"loose1", "loose2"}), "Home"}));
    EXPECT_EQ(screen.moves[1], QVariantList({QStringList("loose1"), "Work"}));
    EXPECT_EQ(screen.moves[2][1].toString(), "");
    EXPECT_TRUE(screen.dropOnRow({"loose2"}, screen.chatRow("pinned")));
    ASSERT_EQ(screen.pins.size(), 1);
    EXPECT_EQ(screen.pins[0], QVariantList({QStringList("loose2"), true}));
}

TEST(DraggedChats, BelowTheLastRowLeaveTheirFolder) {
    SidebarOnScreen screen;
    const std::unique_ptr<QMimeData> carried(chatsToDrag({"work1"}));
    EXPECT_TRUE(
        screen.drop(*screen.list().viewport(), {60, screen.list().viewport()->height() - 3}, *carried));
    ASSERT_EQ(screen.moves.size(), 1);
    EXPECT_EQ(screen.moves[0][1].toString(), "");
}

TEST(DraggedChats, CanBeThrownAwayAndArchived) {
    SidebarOnScreen screen;
    const std::unique_ptr<QMimeData> carried(chatsToDrag({"work1", "home"}));
    EXPECT_TRUE(screen.drop(partNamed<PlaceButton>(screen.sidebar, "Trash"), {5, 5}, *carried));
    EXPECT_TRUE(screen.drop(partNamed<PlaceButton>(screen.sidebar, "Archive"), {5, 5}, *carried));
    ASSERT_EQ(screen.deletions.size(), 1);
    EXPECT_EQ(screen.deletions[0][0].toStringList(), QStringList({"work1", "home"}));
    ASSERT_EQ(screen.archivings.size(), 1);
    EXPECT_TRUE(screen.archivings[0][1].toBool());
}

TEST(DraggedChats, NothingElseIsTaken) {
    SidebarOnScreen screen;
    QMimeData text;
    text.setText("work1");
    QMimeData foreign;
    foreign.setData("application/x-ponder-chats", "1\nwork1");
    for (const QMimeData* carried : {&text, &foreign}) {
        EXPECT_FALSE(screen.drop(*screen.list().viewport(), {60, 60}, *carried));
        EXPECT_FALSE(screen.drop(partNamed<PlaceButton>(screen.sidebar, "Trash"), {5, 5}, *carried));
    }
    EXPECT_TRUE(screen.moves.isEmpty());
    EXPECT_TRUE(screen.deletions.isEmpty());
}

TEST(Archive, StandsInThePlaceOfTheList) {
    SidebarOnScreen screen;
    click(screen.sidebar, "Archive");
    EXPECT_EQ(screen.lines(), QStringList({"Today", "old"}));
    screen.clickRow(screen.chatRow("old"));
    ASSERT_EQ(screen.opened.size(), 1);
    EXPECT_EQ(screen.opened[0][0].toString(), "old");
    Menu menu(screen.theme);
    screen.sidebar.addChatActions(menu, "old");
    actionCalled(menu, "Take out of the archive")->trigger();
    ASSERT_EQ(screen.archivings.size(), 1);
    EXPECT_EQ(screen.archivings[0], QVariantList({QStringList("old"), false}));
    click(screen.sidebar, "Leave the archive");
    EXPECT_EQ(screen.sidebar.place(), ChatPlace::List);
    EXPECT_EQ(screen.lines().size(), 9);
}

TEST(Archive, KeepsTheKeyboardInTheSidebar) {
    SidebarOnScreen screen;
    auto& archive = partNamed<PlaceButton>(screen.sidebar, "Archive");
    archive.setFocus();
    QTest::keyClick(&archive, Qt::Key_Return);
    EXPECT_TRUE(screen.list().hasFocus());
}

TEST(Trash, SaysHowManyDaysAreLeft) {
    SidebarOnScreen screen;
    click(screen.sidebar, "Trash");
    EXPECT_EQ(screen.lines(), QStringList({"bad", "worse"}));
    EXPECT_EQ(screen.chatRow("bad").data(ChatRows::Note).toString(), "1 day");
    EXPECT_EQ(screen.chatRow("worse").data(ChatRows::Note).toString(), "12 days");
    EXPECT_EQ(screen.chatRow("worse").data(Qt::AccessibleTextRole).toString(),
              "Title of worse, erased in 12 days");
}

TEST(Trash, RestoresAndOpensNothing) {
    SidebarOnScreen screen;
    screen.sidebar.showPlace(ChatPlace::Trash);
    screen.sidebar.focusChats();
    screen.list().setCurrentIndex(screen.chatRow("bad"));
    screen.press(Qt::Key_Return);
    EXPECT_TRUE(screen.opened.isEmpty()) << "what is written there would be erased";
    auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    ASSERT_TRUE(menu);
    actionCalled(*menu, "Restore")->trigger();
    menu->close();
    ASSERT_EQ(screen.restored.size(), 1);
    EXPECT_EQ(screen.restored[0][0].toStringList(), QStringList("bad"));
}

TEST(Trash, AsksBeforeItErases) {
    SidebarOnScreen screen;
    screen.sidebar.showPlace(ChatPlace::Trash);
    screen.sidebar.focusChats();
    screen.press(Qt::Key_A, Qt::ControlModifier);
    screen.press(Qt::Key_Delete);
    ASSERT_TRUE(screen.question());
    EXPECT_EQ(screen.question()->windowTitle(), "Erase 2 chats for good?");
    QTest::keyClick(screen.question()->focusWidget(), Qt::Key_Return);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    EXPECT_FALSE(screen.question());
    EXPECT_TRUE(screen.erased.isEmpty()) << "the first thing Enter presses is Cancel";
    screen.press(Qt::Key_Delete);
    ASSERT_TRUE(screen.question());
    click(*screen.question(), "Erase 2 chats");
    ASSERT_EQ(screen.erased.size(), 1);
    EXPECT_EQ(screen.erased[0][0].toStringList(), QStringList({"bad", "worse"}));
    EXPECT_TRUE(screen.deletions.isEmpty());
}

TEST(Trash, IsEmptiedAfterAQuestion) {
    SidebarOnScreen screen;
    click(screen.sidebar, "Trash");
    click(screen.sidebar, "Empty trash");
    ASSERT_TRUE(screen.question());
    EXPECT_EQ(screen.question()->windowTitle(), "Erase all 2 chats in the trash for good?");
    EXPECT_TRUE(screen.emptied.isEmpty());
    click(*screen.question(), "Erase all 2");
    EXPECT_EQ(screen.emptied.size(), 1);
}

TEST(Trash, EmptyItSaysSo) {
    SidebarOnScreen screen;
    screen.sidebar.showPlace(ChatPlace::Trash);
    screen.chats.resize(7);
    screen.sidebar.setChats(screen.chats);
    EXPECT_FALSE(screen.list().isVisible());
    EXPECT_FALSE(partNamed<Button>(screen.sidebar, "Empty trash").isVisible());
}

TEST(UndoneActions, AreNamed) {
    SidebarOnScreen screen;
    const auto said = [&] { return partNamed<Button>(screen.sidebar, "Undo").accessibleDescription(); };
    screen.sidebar.showUndo(UndoneAction::Delete, {"A", "B", "C"});
    EXPECT_EQ(said(), "Deleted 3 chats");
    screen.sidebar.showUndo(UndoneAction::Archive, {"A"});
    EXPECT_EQ(said(), "Archived “A”");
    screen.sidebar.showUndo(UndoneAction::DeleteFolder, {"Work"});
    EXPECT_EQ(said(), "Deleted the folder “Work”");
}

} // namespace
} // namespace ponder::ui
