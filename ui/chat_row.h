#pragma once

#include <QDateTime>
#include <QString>

namespace ponder::ui {

/// Where a chat is kept: in the sidebar's usual list, or put away.
enum class ChatPlace { List, Archive, Trash };

/// One chat as the sidebar shows it.
struct ChatRow {
    QString id;
    QString title;
    QDateTime updated;
    bool pinned = false;
    bool generating = false; ///< a small dot moves while this chat is being answered
    QString folder;          ///< empty: in none
    ChatPlace place = ChatPlace::List;
    QDateTime placed; ///< since when it is in the archive or the trash
    int daysLeft = 0; ///< in the trash: until it is erased

    bool operator==(const ChatRow&) const = default;
};

/// A folder of the sidebar.
struct FolderRow {
    QString name;
    bool collapsed = false; ///< only its heading is shown

    bool operator==(const FolderRow&) const = default;
};

} // namespace ponder::ui
