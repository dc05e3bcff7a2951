#pragma once

#include "ui/chat_row.h"

#include <QDate>

#include <vector>

namespace ponder::ui {

enum class ListedKind { Heading, Pinned, Folder, Chat };

/// One line of the sidebar's list: a heading, a folder, or a chat under one of them.
struct ListedRow {
    ListedKind kind = ListedKind::Chat;
    QString key;     ///< the same as long as the line is
    QString heading; ///< of a heading or a folder
    QString group;   ///< where a chat lands that is dropped here
    int count = 0;   ///< chats in the folder
    bool collapsed = false;
    ChatRow chat;

    bool operator==(const ListedRow&) const = default;
};

/// The groups a chat can be dropped into: pinned, in no folder, or a folder.
QString pinnedGroup();
QString looseGroup();
QString folderGroup(const QString& folder);
/// The folder's name; null for the other groups.
QString folderOfGroup(const QString& group);

/// The key of a folder's line.
QString folderKey(const QString& folder);

/// Whether the heading of pinned chats stands there without any, as a place to drop the first one.
enum class PinnedHeading { WithChats, Always };

/// The lines of one page, newest chats first. The list: pinned chats, folders, days. The archive: days. The
/// trash: without headings, last deleted first.
std::vector<ListedRow> listRows(const std::vector<ChatRow>& chats, const std::vector<FolderRow>& folders,
                                ChatPlace page, PinnedHeading pinnedHeading, const QDate& today);

} // namespace ponder::ui
