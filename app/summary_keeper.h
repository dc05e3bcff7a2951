#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <QObject>

#include "app/conversation.h"
#include "app/store_thread.h"

namespace ponder::app {

/// What the model wrote of the beginning of a chat, from its first message through this turn.
struct Summary {
    int through = 0;
    std::string text = {};

    bool operator==(const Summary&) const = default;
};

/// The summaries of chats that have become too long, on the disk with their chats. A temporary chat's are in
/// memory only. Window's thread.
class SummaryKeeper : public QObject {
    Q_OBJECT
public:
    explicit SummaryKeeper(StoreThread& store) : store_(store) {}

    /// Reads what the disk has of this chat, once; a temporary chat that is kept from now on goes to the
    /// disk.
    void open(const std::string& chat, ChatKeeping keeping);
    /// `then` follows when the chat's summaries are known.
    void whenRead(const std::string& chat, std::function<void()> then);
    /// Null: none.
    const Summary* through(const std::string& chat, int turn) const;
    void add(const std::string& chat, Summary summary);

private:
    void write(const std::string& chat);

    StoreThread& store_;
    std::map<std::string, std::vector<Summary>> summaries_; // oldest first
    std::map<std::string, std::vector<std::function<void()>>> reading_;
    std::set<std::string> read_;
    std::set<std::string> unkept_; // of temporary chats
};

} // namespace ponder::app
