#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include <QObject>

#include "app/chat_list.h"
#include "app/store_thread.h"
#include "ui/main_window.h"

namespace ponder::app {

/// The list of chats and where they are kept: rename, pin, folders, archive, trash, with undo; on the screen
/// at once and on the disk behind it. What it means for an open chat is for the receiver of its signals.
/// Window's thread.
class SidebarController : public QObject {
    Q_OBJECT
public:
    SidebarController(StoreThread& store, ui::MainWindow& window);

    /// Chats outside the trash; folders and the trash are read by itself.
    void reset(std::vector<ChatHeader> chats);
    void put(const ChatHeader& header);
    /// Empty: a chat that has no message yet.
    void setCurrent(const std::string& chat);
    void setGenerating(std::set<std::string> chats);

    void rename(const std::string& chat, const QString& title);
    /// A title that gives way to a person's.
    void retitle(const std::string& chat, const std::string& title);
    void setPinned(const ChatIds& chats, bool pinned);
    /// Into the folder, or out of any (empty); chats that were pinned are not any more.
    void move(const ChatIds& chats, const std::string& folder);
    void setArchived(const ChatIds& chats, bool archived);
    void moveToTrash(const ChatIds& chats);
    void restore(const ChatIds& chats);
    void erase(const ChatIds& chats);
    void emptyTrash();

    void addFolder(const std::string& name, const ChatIds& chats);
    void renameFolder(const std::string& name, const std::string& newName);
    void deleteFolder(const std::string& name);
    void setCollapsed(const std::string& folder, bool collapsed);
    void undo();

    /// The title of a chat of the list, empty for one that is not in it.
    QString titleOf(const std::string& chat) const;

signals:
    void generatingChanged(const std::set<std::string>& chats);
    void renamed(const std::string& chat, const std::string& title);
    void trashed(const std::string& chat);
    void restored(const std::string& chat); ///< by undo, and the only one: to be opened again
    void newChatWanted(const std::string& folder);

private:
    void connectChats();
    void connectFolders();
    void refresh();
    void readAgain();
    void readPutAway();
    /// Changes the rows of the chats that are known, and the disk after them; what the disk refuses is read
    /// from it again.
    void change(const ChatIds& chats, const std::function<void(ChatHeader&)>& row,
                std::function<void(ChatStore&)> disk);
    void changeFolders(std::function<void(ChatStore&)> disk);
    void offerUndo(ui::UndoneAction action, const QStringList& titles, std::function<void()> undo);
    QStringList titles(const ChatIds& chats) const;
    ChatIds known(const ChatIds& chats) const;

    StoreThread& store_;
    ui::MainWindow& window_;
    ChatList chats_;
    std::vector<Folder> folders_;
    std::set<std::string> generating_;
    std::string current_;
    std::function<void()> undo_;
    int changes_ = 0; ///< how many have been made here
};

} // namespace ponder::app
