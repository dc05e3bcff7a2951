#include "ui/chat_menus.h"

#include "ui/chat_rows.h"
#include "ui/commands.h"
#include "ui/widgets/menu.h"

namespace ponder::ui {

namespace {

/// In a menu, an ampersand is a mark and a tab begins the key.
QString asWords(QString name) {
    return name.replace('&', "&&").replace('\t', ' ');
}

} // namespace

ChatMenus::ChatMenus(const ChatRows& rows, QObject* parent) : QObject(parent), rows_(rows) {}

void ChatMenus::addChats(Menu& menu, const QStringList& ids) {
    const ChatRow* first = ids.isEmpty() ? nullptr : rows_.chat(ids.first());
    if (!first) return;
    if (first->place == ChatPlace::Trash) return addTrashed(menu, ids);
    const bool isOne = ids.size() == 1;
    const bool isArchived = first->place == ChatPlace::Archive;
    const bool isPinned = first->pinned;
    if (!isArchived)
        connect(menu.add(isPinned ? Icon::Unpin : Icon::Pin, isPinned ? tr("Unpin") : tr("Pin")),
                &QAction::triggered, this, [this, ids, isPinned] { emit pinChosen(ids, !isPinned); });
    if (isOne)
        connect(menu.add(Icon::Pencil, tr("Rename"), shownKey(Command::RenameChat)), &QAction::triggered,
                this, [this, ids] { emit renameChosen(ids.first()); });
    if (!isArchived) addFolders(menu, ids, isOne && !isPinned ? first->folder : QString());
    connect(menu.add(Icon::Archive, isArchived ? tr("Take out of the archive") : tr("Archive")),
            &QAction::triggered, this, [this, ids, isArchived] { emit archiveChosen(ids, !isArchived); });
    connect(menu.add(Icon::File, isOne ? tr("Export…") : tr("Export %n chats…", nullptr, int(ids.size()))),
            &QAction::triggered, this, [this, ids, isOne] {
                if (isOne)
                    emit exportChosen(ids.first());
                else
                    emit exportSeveralChosen(ids);
            });
    menu.addSeparator();
    const QString words = isOne ? tr("Delete") : tr("Delete %n chats", nullptr, int(ids.size()));
    connect(menu.add(Icon::Trash, words), &QAction::triggered, this, [this, ids] { emit deleteChosen(ids); });
}

void ChatMenus::addTrashed(Menu& menu, const QStringList& ids) {
    const bool isOne = ids.size() == 1;
    connect(menu.add(Icon::Restore, isOne ? tr("Restore") : tr("Restore %n chats", nullptr, int(ids.size()))),
            &QAction::triggered, this, [this, ids] { emit restoreChosen(ids); });
    menu.addSeparator();
    connect(
        menu.add(Icon::Trash, isOne ? tr("Erase now…") : tr("Erase %n chats now…", nullptr, int(ids.size()))),
        &QAction::triggered, this, [this, ids] { emit eraseChosen(ids); });
}

void ChatMenus::addFolders(Menu& menu, const QStringList& ids, const QString& present) {
    Menu* folders = menu.addSubmenu(Icon::Folder, tr("Move to folder"));
    for (const FolderRow& folder : rows_.folders()) {
        const bool isHere = folder.name == present;
        QAction* entry = folders->add(isHere ? Icon::Check : Icon::Folder, asWords(folder.name));
        entry->setEnabled(!isHere);
        connect(entry, &QAction::triggered, this,
                [this, ids, name = folder.name] { emit moveChosen(ids, name); });
    }
    if (!rows_.folders().empty()) folders->addSeparator();
    if (!present.isEmpty())
        connect(folders->add(Icon::None, tr("No folder")), &QAction::triggered, this,
                [this, ids] { emit moveChosen(ids, {}); });
    connect(folders->add(Icon::Plus, tr("New folder…")), &QAction::triggered, this,
            [this, ids] { emit newFolderChosen(ids); });
}

void ChatMenus::addFolder(Menu& menu, const QString& name) {
    connect(menu.add(Icon::Plus, tr("New chat here")), &QAction::triggered, this,
            [this, name] { emit newChatChosen(name); });
    connect(menu.add(Icon::Pencil, tr("Rename"), shownKey(Command::RenameChat)), &QAction::triggered, this,
            [this, name] { emit folderRenameChosen(name); });
    connect(menu.add(Icon::File, tr("Export its chats…")), &QAction::triggered, this,
            [this, name] { emit exportFolderChosen(name); });
    menu.addSeparator();
    connect(menu.add(Icon::Trash, tr("Delete the folder, keep its chats")), &QAction::triggered, this,
            [this, name] { emit folderDeleteChosen(name); });
}

} // namespace ponder::ui
