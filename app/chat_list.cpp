#include "app/chat_list.h"

#include <algorithm>

namespace ponder::app {

void ChatList::put(const ChatHeader& header) {
    remove(header.id);
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

std::vector<ui::ChatRow> ChatList::rows(const std::set<std::string>& generating) const {
    std::vector<ui::ChatRow> rows;
    rows.reserve(headers_.size());
    for (const ChatHeader& header : headers_) {
        ui::ChatRow row;
        row.id = QString::fromStdString(header.id);
        row.title = QString::fromStdString(header.title);
        row.updated = QDateTime::fromMSecsSinceEpoch(header.updatedMs);
        row.pinned = header.pinned;
        row.generating = generating.contains(header.id);
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace ponder::app
