#pragma once

#include <set>
#include <string>
#include <vector>

#include "app/conversation.h"
#include "app/store/chat_store.h"
#include "ui/chat_row.h"

namespace ponder::app {

/// The chats the sidebar lists, those in the archive and the trash too, and the folders, as the window knows
/// them; the store has the truth.
class ChatList {
public:
    void reset(std::vector<ChatHeader> headers) { headers_ = std::move(headers); }
    /// What the chat says of itself. Where it is kept stays as it is known here.
    void put(const ChatHeader& header);
    /// The same, and where it is kept.
    void replace(const ChatHeader& header);
    void remove(const std::string& id);
    const ChatHeader* find(const std::string& id) const;
    ChatHeader* find(const std::string& id);
    const std::vector<ChatHeader>& headers() const { return headers_; }

    /// `generating`: chats that are being answered. `nowMs`: for the days left in the trash.
    std::vector<ui::ChatRow> rows(const std::set<std::string>& generating, std::int64_t nowMs) const;

private:
    std::vector<ChatHeader> headers_;
};

/// Days, counting a day begun as one, until the trash is emptied of a chat deleted then.
int daysLeft(std::int64_t deletedMs, std::int64_t nowMs);

std::vector<ui::FolderRow> folderRows(const std::vector<Folder>& folders);

} // namespace ponder::app
