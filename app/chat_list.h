#pragma once

#include <set>
#include <string>
#include <vector>

#include "app/conversation.h"
#include "ui/sidebar.h"

namespace ponder::app {

/// The chats the sidebar lists, as the window knows them; the store has the truth.
class ChatList {
public:
    void reset(std::vector<ChatHeader> headers) { headers_ = std::move(headers); }
    void put(const ChatHeader& header);
    void remove(const std::string& id);
    const ChatHeader* find(const std::string& id) const;

    /// `generating`: chats that are being answered.
    std::vector<ui::ChatRow> rows(const std::set<std::string>& generating) const;

private:
    std::vector<ChatHeader> headers_;
};

} // namespace ponder::app
