#include "tests/ui/gallery/keeping_scenes.h"

#include "tests/ui/gallery/sample_chats.h"
#include "ui/chat_rows.h"
#include "ui/widgets/button.h"
#include "ui/widgets/chat_drag.h"
#include "ui/widgets/chat_list_view.h"
#include "ui/widgets/place_header.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QDragMoveEvent>
#include <QMenu>
#include <QMimeData>

#include <memory>

namespace ponder::ui {

namespace {

constexpr int kTrashed[] = {9, 10, 11, 12};

QString work() {
    return said("Work", "Arbeit", "工作", "العمل");
}

QString emptyFolder() {
    return said("Nothing in it yet", "Noch nichts darin", "还没有内容", "لا شيء فيه بعد");
}

void furnish(Stage& stage) {
    MainWindow& window = stage.window();
    std::vector<ChatRow> chats = manyChats();
    for (const auto& [number, folder] :
         {std::pair(1, work()), {3, work()}, {6, work()}, {5, "رسائل"}, {2, "写作"}})
        chats[std::size_t(number)].folder = folder;
    chats[4].title = said(
        "A very long title that goes on and on, far beyond what a sidebar of this width can show",
        "Ein sehr langer Titel, der immer weiter geht, viel weiter als eine so schmale Seitenleiste zeigt",
        "一个非常非常长的标题，一直写下去，远远超出这么窄的侧边栏所能显示的范围",
        "عنوان طويل جدًا يمتد ويمتد أبعد بكثير مما يمكن لشريط جانبي بهذا العرض أن يعرضه");
    int daysLeft = 29;
    for (const int number : kTrashed) {
        ChatRow& chat = chats[std::size_t(number)];
        chat.place = ChatPlace::Trash;
        chat.placed = chat.updated;
        chat.daysLeft = daysLeft;
        daysLeft = daysLeft > 20 ? 12 : 1;
    }
    for (std::size_t i = 20; i < 24; ++i) chats[i].place = ChatPlace::Archive;
    window.sidebar().setFolders({{work()}, {"写作", true}, {"رسائل"}, {emptyFolder(), true}});
    window.sidebar().setChats(chats);
    window.setModels(sampleModels());
    window.setCurrentModel("/models/Qwen3 4B");
    window.setEmptyChat(EmptyChat::Ready);
    window.sidebar().setCurrentChat("attention");
    window.setChatTitle(attentionTitle());
    window.transcript().show(attentionChat());
    stage.settle();
}

ChatListView& list(Stage& stage) {
    return *stage.window().findChild<ChatListView*>();
}

QModelIndex rowOf(Stage& stage, const QString& id) {
    return stage.window().findChild<ChatRows*>()->indexOf(id);
}

void openMenuOf(Stage& stage, const QModelIndex& index) {
    const QPoint place = list(stage).visualRect(index).center();
    QContextMenuEvent event(QContextMenuEvent::Mouse, place, list(stage).viewport()->mapToGlobal(place));
    QApplication::sendEvent(list(stage).viewport(), &event);
}

void folderMenu(Stage& stage) {
    furnish(stage);
    openMenuOf(stage, stage.window().findChild<ChatRows*>()->indexOfFolder(work()));
}

void chatMenu(Stage& stage) {
    furnish(stage);
    openMenuOf(stage, rowOf(stage, "wal"));
    auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    for (QAction* action : menu->actions())
        if (action->menu()) menu->setActiveAction(action);
    stage.settle();
}

void selectSome(Stage& stage) {
    for (const char* id : {"wal", "regex", "house", "lisbon"})
        list(stage).selectionModel()->select(rowOf(stage, id), QItemSelectionModel::Select);
}

void severalChats(Stage& stage) {
    furnish(stage);
    selectSome(stage);
    openMenuOf(stage, rowOf(stage, "regex"));
}

void severalDeleted(Stage& stage) {
    furnish(stage);
    stage.window().sidebar().showUndo(UndoneAction::Delete, {"A", "B", "C", "D", "E"});
}

void dragOver(Stage& stage) {
    furnish(stage);
    const std::unique_ptr<QMimeData> carried(chatsToDrag({"lisbon"}));
    const QPoint place = list(stage).visualRect(rowOf(stage, "regex")).center();
    QDragEnterEvent enter(place, Qt::MoveAction, carried.get(), Qt::LeftButton, {});
    QApplication::sendEvent(list(stage).viewport(), &enter);
    QDragMoveEvent move(place, Qt::MoveAction, carried.get(), Qt::LeftButton, {});
    QApplication::sendEvent(list(stage).viewport(), &move);
}

void renamingFolder(Stage& stage) {
    furnish(stage);
    list(stage).setFocus();
    list(stage).setCurrentIndex(stage.window().findChild<ChatRows*>()->indexOfFolder(work()));
    stage.window().sidebar().renameCurrent();
}

void archive(Stage& stage) {
    furnish(stage);
    stage.window().sidebar().showPlace(ChatPlace::Archive);
}

void trash(Stage& stage) {
    furnish(stage);
    stage.window().sidebar().showPlace(ChatPlace::Trash);
}

void trashEmpty(Stage& stage) {
    furnish(stage);
    stage.window().sidebar().setChats(fewChats());
    stage.window().sidebar().showPlace(ChatPlace::Trash);
}

void emptyTheTrash(Stage& stage) {
    trash(stage);
    for (auto* button : stage.window().findChildren<Button*>())
        if (button->isVisible() && button->accessibleName() == PlaceHeader::tr("Empty trash"))
            button->click();
    stage.settle();
}

void rightToLeft(Stage& stage) {
    furnish(stage);
    stage.window().setLayoutDirection(Qt::RightToLeft);
}

void selectedInFolders(Stage& stage) {
    furnish(stage);
    selectSome(stage);
}

void largeText(Stage& stage) {
    furnish(stage);
    stage.theme().setTextSize(Theme::kLargestText);
}

void noChats(Stage& stage) {
    stage.window().setModels(sampleModels());
    stage.window().setCurrentModel("/models/Qwen3 4B");
    stage.window().setEmptyChat(EmptyChat::Ready);
    stage.window().sidebar().setChats({});
}

void archiveEmpty(Stage& stage) {
    noChats(stage);
    stage.window().sidebar().showPlace(ChatPlace::Archive);
}

} // namespace

std::vector<Scene> keepingScenes() {
    return {
        {"folders", furnish, Stage::kUsual, Showing::Every},
        {"folder_menu", folderMenu},
        {"chat_menu", chatMenu, Stage::kUsual, Showing::Every},
        {"several_chats", severalChats},
        {"several_deleted", severalDeleted},
        {"drag_over_folder", dragOver},
        {"folder_rename", renamingFolder},
        {"archive", archive},
        {"archive_empty", archiveEmpty},
        {"trash", trash, Stage::kUsual, Showing::Every},
        {"trash_empty", trashEmpty},
        {"empty_the_trash", emptyTheTrash},
        {"no_chats", noChats},
        {"folders_selected", selectedInFolders},
        {"folders_right_to_left", rightToLeft},
        {"folders_large_text", largeText},
    };
}

} // namespace ponder::ui
