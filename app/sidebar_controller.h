#pragma once

#include <set>
#include <string>
#include <vector>

#include <QObject>

#include "app/chat_list.h"
#include "app/store_thread.h"
#include "ui/main_window.h"

namespace ponder::app {

/// The list of chats: rename, pin, delete with undo, on the screen at once and on the disk behind it. What it
/// means for an open chat is for the receiver of its signals. Window's thread.
class SidebarController : public QObject {
    Q_OBJECT
public:
    SidebarController(StoreThread& store, ui::MainWindow& window);

    void reset(std::vector<ChatHeader> chats);
    void put(const ChatHeader& header);
    /// Empty: a chat that has no message yet.
    void setCurrent(const std::string& chat);
    void setGenerating(std::set<std::string> chats);

    void rename(const std::string& chat, const QString& title);
    void setPinned(const std::string& chat, bool pinned);
    void moveToTrash(const std::string& chat);
    void restoreFromTrash(const std::string& chat);

signals:
    void renamed(const std::string& chat, const std::string& title);
    void pinned(const std::string& chat, bool pinned);
    void trashed(const std::string& chat);
    void restored(const std::string& chat);

private:
    void refresh();

    StoreThread& store_;
    ui::MainWindow& window_;
    ChatList chats_;
    std::set<std::string> generating_;
    std::string current_;
};

} // namespace ponder::app
