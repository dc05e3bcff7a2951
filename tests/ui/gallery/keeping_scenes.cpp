#include "tests/ui/gallery/keeping_scenes.h"

#include "tests/ui/gallery/sample_chats.h"
#include "ui/chat_rows.h"
#include "ui/widgets/button.h"
#include "ui/widgets/chat_drag.h"
#include "ui/widgets/chat_list_view.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QDragMoveEvent>
#include <QMenu>
#include <QMimeData>

#include <memory>

namespace ponder::ui {

namespace {

constexpr int kTrashed[] = {9, 10, 11, 12};

void furnish(Stage& stage) {
    MainWindow& window = stage.window();
    std::vector<ChatRow> chats = manyChats();
    for (const auto& [number, folder] :
         {std::pair(1, "Work"), {3, "Work"}, {6, "Work"}, {5, "رسائل"}, {2, "写作"}})
        chats[std::size_t(number)].folder = folder;
    chats[4].title =
        "A very long title that goes on and on, far beyond what a sidebar of this width can show";
    int daysLeft = 29;
    for (const int number : kTrashed) {
        ChatRow& chat = chats[std::size_t(number)];
        chat.place = ChatPlace::Trash;
        chat.placed = chat.updated;
        chat.daysLeft = daysLeft;
        daysLeft = daysLeft > 20 ? 12 : 1;
    }
    for (std::size_t i = 20; i < 24; ++i) chats[i].place = ChatPlace::Archive;
    window.sidebar().setFolders({{"Work"}, {"写作", true}, {"رسائل"}, {"Nothing in it yet", true}});
    window.sidebar().setChats(chats);
    window.setModels(sampleModels());
    window.setCurrentModel("/models/Qwen3 4B");
    window.setEmptyChat(EmptyChat::Ready);
    window.sidebar().setCurrentChat("attention");
    window.setChatTitle("Attention and softmax, step by step");
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
    openMenuOf(stage, stage.window().findChild<ChatRows*>()->indexOfFolder("Work"));
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
    list(stage).setCurrentIndex(stage.window().findChild<ChatRows*>()->indexOfFolder("Work"));
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
        if (button->accessibleName() == "Empty trash") button->click();
    stage.settle();
}

void rightToLeft(Stage& stage) {
    furnish(stage);
    stage.window().setLayoutDirection(Qt::RightToLeft);
}

} // namespace

std::vector<Scene> keepingScenes() {
    std::vector<Scene> scenes;
    const std::pair<const char*, void (*)(Stage&)> subjects[] = {
        {"folders", furnish},
        {"folder_menu", folderMenu},
        {"chat_menu", chatMenu},
        {"several_chats", severalChats},
        {"several_deleted", severalDeleted},
        {"drag_over_folder", dragOver},
        {"folder_rename", renamingFolder},
        {"archive", archive},
        {"trash", trash},
        {"trash_empty", trashEmpty},
        {"empty_the_trash", emptyTheTrash},
    };
    for (const auto& [name, set] : subjects) {
        scenes.push_back({QString(name) + "_light", Appearance::Light, Stage::kUsual, set});
        scenes.push_back({QString(name) + "_dark", Appearance::Dark, Stage::kUsual, set});
    }
    scenes.push_back({"high_contrast_folders", Appearance::HighContrast, Stage::kUsual, [](Stage& stage) {
                          furnish(stage);
                          selectSome(stage);
                      }});
    scenes.push_back({"right_to_left_folders", Appearance::Light, Stage::kUsual, rightToLeft});
    scenes.push_back({"large_text_folders", Appearance::Light, Stage::kUsual, [](Stage& stage) {
                          furnish(stage);
                          stage.theme().setTextSize(Theme::kLargestText);
                      }});
    return scenes;
}

} // namespace ponder::ui
