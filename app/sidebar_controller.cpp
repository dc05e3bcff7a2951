#include "app/sidebar_controller.h"

#include <algorithm>
#include <utility>

namespace ponder::app {

namespace {

ChatIds idsOf(const QStringList& words) {
    ChatIds ids;
    for (const QString& id : words) ids.push_back(id.toStdString());
    return ids;
}

/// What is read from the store beside the chats of the list.
struct PutAway {
    std::vector<Folder> folders;
    std::vector<ChatHeader> trashed;
};

} // namespace

SidebarController::SidebarController(StoreThread& store, ui::MainWindow& window)
    : store_(store), window_(window) {
    connectChats();
    connectFolders();
}

void SidebarController::connectChats() {
    using ui::Sidebar;
    const Sidebar* const sidebar = &window_.sidebar();
    connect(sidebar, &Sidebar::renameRequested, this,
            [this](const QString& chat, const QString& title) { rename(chat.toStdString(), title); });
    connect(sidebar, &Sidebar::pinRequested, this,
            [this](const QStringList& ids, bool pinned) { setPinned(idsOf(ids), pinned); });
    connect(sidebar, &Sidebar::moveRequested, this, [this](const QStringList& ids, const QString& folder) {
        move(idsOf(ids), folder.toStdString());
    });
    connect(sidebar, &Sidebar::archiveRequested, this,
            [this](const QStringList& ids, bool archived) { setArchived(idsOf(ids), archived); });
    connect(sidebar, &Sidebar::deleteRequested, this,
            [this](const QStringList& ids) { moveToTrash(idsOf(ids)); });
    connect(sidebar, &Sidebar::restoreRequested, this,
            [this](const QStringList& ids) { restore(idsOf(ids)); });
    connect(sidebar, &Sidebar::eraseRequested, this, [this](const QStringList& ids) { erase(idsOf(ids)); });
    connect(sidebar, &Sidebar::emptyTrashRequested, this, &SidebarController::emptyTrash);
    connect(sidebar, &Sidebar::undoRequested, this, &SidebarController::undo);
    connect(sidebar, &Sidebar::undoExpired, this, [this] { undo_ = {}; });
}

void SidebarController::connectFolders() {
    using ui::Sidebar;
    const Sidebar* const sidebar = &window_.sidebar();
    connect(sidebar, &Sidebar::folderAdded, this, [this](const QString& name, const QStringList& ids) {
        addFolder(name.toStdString(), idsOf(ids));
    });
    connect(sidebar, &Sidebar::folderRenamed, this, [this](const QString& name, const QString& newName) {
        renameFolder(name.toStdString(), newName.toStdString());
    });
    connect(sidebar, &Sidebar::folderDeleted, this,
            [this](const QString& name) { deleteFolder(name.toStdString()); });
    connect(sidebar, &Sidebar::folderCollapsed, this,
            [this](const QString& name, bool collapsed) { setCollapsed(name.toStdString(), collapsed); });
    connect(sidebar, &Sidebar::newChatInFolderRequested, this,
            [this](const QString& folder) { emit newChatWanted(folder.toStdString()); });
}

void SidebarController::reset(std::vector<ChatHeader> chats) {
    chats_.reset(std::move(chats));
    refresh();
    readPutAway();
}

void SidebarController::readPutAway() {
    store_.ask<PutAway>(
        this,
        [](ChatStore& store) { return PutAway{.folders = store.folders(), .trashed = store.trashedChats()}; },
        [this, asked = changes_](PutAway away) {
            if (changes_ != asked) return readPutAway(); // it is older than what the list shows by now
            folders_ = std::move(away.folders);
            for (const ChatHeader& header : away.trashed) chats_.replace(header);
            refresh();
        });
}

void SidebarController::readAgain() {
    store_.ask<std::vector<ChatHeader>>(
        this, [](ChatStore& store) { return store.chats(); },
        [this, asked = changes_](std::vector<ChatHeader> chats) {
            if (changes_ != asked) return readAgain();
            // Chats the disk does not have yet stay in the list.
            std::set<std::string> there;
            for (const ChatHeader& header : chats) there.insert(header.id);
            for (const ChatHeader& header : chats_.headers())
                if (header.deletedMs == 0 && !there.contains(header.id)) chats.push_back(header);
            reset(std::move(chats));
        });
}

void SidebarController::put(const ChatHeader& header) {
    chats_.put(header);
    refresh();
}

void SidebarController::setCurrent(const std::string& chat) {
    current_ = chat;
    window_.sidebar().setCurrentChat(QString::fromStdString(chat));
}

void SidebarController::setGenerating(std::set<std::string> chats) {
    if (chats == generating_) return;
    generating_ = std::move(chats);
    refresh();
    emit generatingChanged(generating_);
}

QString SidebarController::titleOf(const std::string& chat) const {
    const ChatHeader* known = chats_.find(chat);
    return known ? QString::fromStdString(known->title) : QString();
}

void SidebarController::retitle(const std::string& chat, const std::string& title) {
    const ChatHeader* known = chats_.find(chat);
    if (!known || known->titleOrigin == TitleOrigin::Person) return;
    ChatHeader header = *known;
    header.title = title;
    put(header);
    store_.run([chat, title](ChatStore& store) { store.retitle(chat, title); });
}

void SidebarController::refresh() {
    window_.sidebar().setFolders(folderRows(folders_));
    window_.sidebar().setChats(chats_.rows(generating_, nowMilliseconds()));
    window_.sidebar().setCurrentChat(QString::fromStdString(current_));
}

// ---- chats

void SidebarController::rename(const std::string& chat, const QString& title) {
    const std::string words = title.trimmed().toStdString();
    if (!chats_.find(chat) || words.empty()) return refresh();
    change(
        {chat},
        [&](ChatHeader& header) {
            header.title = words;
            header.titleOrigin = TitleOrigin::Person;
        },
        [chat, words](ChatStore& store) { store.rename(chat, words); });
    emit renamed(chat, words);
}

void SidebarController::setPinned(const ChatIds& chats, bool pinned) {
    change(
        chats, [&](ChatHeader& header) { header.pinned = pinned; },
        [chats, pinned](ChatStore& store) { store.setPinned(chats, pinned); });
}

void SidebarController::move(const ChatIds& chats, const std::string& folder) {
    change(
        chats,
        [&](ChatHeader& header) {
            header.folder = folder;
            header.pinned = false;
        },
        [chats, folder](ChatStore& store) {
            store.setFolder(chats, folder);
            store.setPinned(chats, false);
        });
}

void SidebarController::setArchived(const ChatIds& ids, bool archived) {
    const ChatIds chats = known(ids);
    if (chats.empty()) return;
    const std::int64_t when = archived ? nowMilliseconds() : 0;
    change(
        chats, [&](ChatHeader& header) { header.archivedMs = when; },
        [chats, when](ChatStore& store) { store.setArchived(chats, when); });
    if (archived)
        offerUndo(ui::UndoneAction::Archive, titles(chats), [this, chats] { setArchived(chats, false); });
}

void SidebarController::moveToTrash(const ChatIds& ids) {
    const ChatIds chats = known(ids);
    if (chats.empty()) return;
    const std::int64_t now = nowMilliseconds();
    for (const std::string& chat : chats) emit trashed(chat);
    change(
        chats, [&](ChatHeader& header) { header.deletedMs = now; },
        [chats](ChatStore& store) { store.trash(chats); });
    offerUndo(ui::UndoneAction::Delete, titles(chats), [this, chats] {
        restore(chats);
        if (chats.size() == 1) emit restored(chats.front());
    });
}

void SidebarController::restore(const ChatIds& chats) {
    change(
        chats, [](ChatHeader& header) { header.deletedMs = 0; },
        [chats](ChatStore& store) { store.restore(chats); });
}

void SidebarController::erase(const ChatIds& chats) {
    for (const std::string& chat : chats) chats_.remove(chat);
    change({}, {}, [chats](ChatStore& store) { store.erase(chats); });
}

void SidebarController::emptyTrash() {
    ChatIds trashed;
    for (const ChatHeader& header : chats_.headers())
        if (header.deletedMs > 0) trashed.push_back(header.id);
    for (const std::string& chat : trashed) chats_.remove(chat);
    change({}, {}, [](ChatStore& store) { store.emptyTrash(); });
    window_.sidebar().hideUndo();
}

void SidebarController::change(const ChatIds& chats, const std::function<void(ChatHeader&)>& row,
                               std::function<void(ChatStore&)> disk) {
    ++changes_;
    for (const std::string& chat : chats)
        if (ChatHeader* header = chats_.find(chat)) row(*header);
    refresh();
    store_.run(
        this, std::move(disk), [] {},
        [this] {
            undo_ = {};
            window_.sidebar().hideUndo();
            readAgain(); // nothing of it has happened
        });
}

ChatIds SidebarController::known(const ChatIds& chats) const {
    ChatIds known;
    for (const std::string& chat : chats)
        if (chats_.find(chat)) known.push_back(chat);
    return known;
}

QStringList SidebarController::titles(const ChatIds& chats) const {
    QStringList titles;
    for (const std::string& chat : chats)
        if (const ChatHeader* header = chats_.find(chat)) titles << QString::fromStdString(header->title);
    return titles;
}

void SidebarController::offerUndo(ui::UndoneAction action, const QStringList& titles,
                                  std::function<void()> undo) {
    undo_ = std::move(undo);
    window_.sidebar().showUndo(action, titles);
}

void SidebarController::undo() {
    if (const auto undo = std::exchange(undo_, {})) undo();
}

// ---- folders

void SidebarController::addFolder(const std::string& name, const ChatIds& chats) {
    if (std::none_of(folders_.begin(), folders_.end(), [&](const Folder& f) { return f.name == name; }))
        folders_.push_back({.name = name});
    changeFolders([name](ChatStore& store) { store.addFolder(name); });
    if (!chats.empty()) move(chats, name);
}

void SidebarController::renameFolder(const std::string& name, const std::string& newName) {
    for (Folder& folder : folders_)
        if (folder.name == name) folder.name = newName;
    ChatIds inside;
    for (const ChatHeader& header : chats_.headers())
        if (header.folder == name) inside.push_back(header.id);
    change(
        inside, [&](ChatHeader& header) { header.folder = newName; },
        [name, newName](ChatStore& store) { store.renameFolder(name, newName); });
}

void SidebarController::deleteFolder(const std::string& name) {
    ChatIds inside;
    for (const ChatHeader& header : chats_.headers())
        if (header.folder == name) inside.push_back(header.id);
    std::vector<std::string> order;
    for (const Folder& folder : folders_) order.push_back(folder.name);
    std::erase_if(folders_, [&](const Folder& folder) { return folder.name == name; });
    change(
        inside, [](ChatHeader& header) { header.folder.clear(); },
        [name](ChatStore& store) { store.deleteFolder(name); });
    offerUndo(ui::UndoneAction::DeleteFolder, {QString::fromStdString(name)}, [this, name, inside, order] {
        const auto place = std::find(order.begin(), order.end(), name) - order.begin();
        folders_.insert(folders_.begin() + std::min<std::ptrdiff_t>(place, std::ssize(folders_)),
                        Folder{.name = name});
        change(
            inside, [&](ChatHeader& header) { header.folder = name; },
            [name, inside, order](ChatStore& store) {
                store.addFolder(name);
                store.setFolder(inside, name);
                store.orderFolders(order);
            });
    });
}

void SidebarController::setCollapsed(const std::string& name, bool collapsed) {
    for (Folder& folder : folders_)
        if (folder.name == name) folder.collapsed = collapsed;
    changeFolders([name, collapsed](ChatStore& store) { store.setCollapsed(name, collapsed); });
}

void SidebarController::changeFolders(std::function<void(ChatStore&)> disk) {
    change({}, {}, std::move(disk));
}

} // namespace ponder::app
