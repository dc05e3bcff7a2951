#include "app/chat_list.h"

#include <algorithm>

namespace ponder::app {

namespace {

constexpr std::int64_t kDay = 24LL * 3600 * 1000;

// In UTC, as asking for the time zone ten thousand times takes longer than all the rest.
QDateTime timeOf(std::int64_t milliseconds) {
    return QDateTime::fromMSecsSinceEpoch(milliseconds, Qt::UTC);
}

} // namespace

void ChatList::put(const ChatHeader& header) {
    ChatHeader* known = find(header.id);
    if (!known) {
        headers_.push_back(header);
        return;
    }
    ChatHeader updated = header;
    updated.pinned = known->pinned;
    updated.folder = known->folder;
    updated.archivedMs = known->archivedMs;
    updated.deletedMs = known->deletedMs;
    *known = std::move(updated);
}

void ChatList::replace(const ChatHeader& header) {
    if (ChatHeader* known = find(header.id))
        *known = header;
    else
        headers_.push_back(header);
}

void ChatList::remove(const std::string& id) {
    std::erase_if(headers_, [&](const ChatHeader& header) { return header.id == id; });
}

const ChatHeader* ChatList::find(const std::string& id) const {
    const auto found = std::find_if(headers_.begin(), headers_.end(),
                                    [&](const ChatHeader& header) { return header.id == id; });
    return found == headers_.end() ? nullptr : &*found;
}

ChatHeader* ChatList::find(const std::string& id) {
    return const_cast<ChatHeader*>(std::as_const(*this).find(id));
}

std::vector<ui::ChatRow> ChatList::rows(const std::set<std::string>& generating, std::int64_t nowMs) const {
    std::vector<ui::ChatRow> rows;
    rows.reserve(headers_.size());
    for (const ChatHeader& header : headers_) {
        ui::ChatRow row;
        row.id = QString::fromStdString(header.id);
        row.title = QString::fromStdString(header.title);
        row.updated = timeOf(header.updatedMs);
        row.pinned = header.pinned;
        row.generating = generating.contains(header.id);
        row.folder = QString::fromStdString(header.folder);
        if (header.deletedMs > 0) {
            row.place = ui::ChatPlace::Trash;
            row.placed = timeOf(header.deletedMs);
            row.daysLeft = daysLeft(header.deletedMs, nowMs);
        } else if (header.archivedMs > 0) {
            row.place = ui::ChatPlace::Archive;
            row.placed = timeOf(header.archivedMs);
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

int daysLeft(std::int64_t deletedMs, std::int64_t nowMs) {
    const std::int64_t left = deletedMs + kTrashDays * kDay - nowMs;
    return static_cast<int>(std::clamp<std::int64_t>((left + kDay - 1) / kDay, 0, kTrashDays));
}

std::vector<ui::FolderRow> folderRows(const std::vector<Folder>& folders) {
    std::vector<ui::FolderRow> rows;
    for (const Folder& folder : folders)
        rows.push_back({.name = QString::fromStdString(folder.name), .collapsed = folder.collapsed});
    return rows;
}

} // namespace ponder::app
