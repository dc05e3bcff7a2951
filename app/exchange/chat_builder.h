#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/conversation.h"

namespace ponder::app {

/// A message of a foreign export, as it stands there.
struct ForeignMessage {
    std::string id;
    std::string parent; ///< empty, or an id that is not there: the beginning of the chat
    engine::Role role = engine::Role::User;
    std::vector<Part> parts; ///< none: the message is not shown, those below it move up
    std::int64_t createdMs = 0;
    std::string model;
};

/// Puts the messages of a foreign chat in order: a tree of turns, in which the pieces of one answer
/// (thoughts, tool calls, text) are one turn.
class ChatBuilder {
public:
    /// `source` and `id` name the chat where it comes from; its id here follows from them.
    ChatBuilder(std::string_view source, std::string_view id);

    ChatHeader header; ///< to be filled in

    void add(ForeignMessage message) { messages_.push_back(std::move(message)); }

    /// The chat, read at the branch that ends in message `current`; empty or unknown: in the newest one.
    /// Once.
    Conversation build(const std::string& current);

private:
    void addBelow(const std::string& parent, int turn);
    bool continuesAnswer(const ForeignMessage& message, int turn) const;
    int place(const ForeignMessage& message, int turn);
    Turn& turnAt(int number) { return turns_[static_cast<std::size_t>(number) - 1]; }
    const Turn& turnAt(int number) const { return turns_[static_cast<std::size_t>(number) - 1]; }

    std::vector<ForeignMessage> messages_;
    std::multimap<std::string, std::size_t> children_;
    std::map<std::string, int> turnOf_;
    std::vector<Turn> turns_; // numbered from 1 as they lie here
};

Part attachmentPart(std::string name, std::string text);
Part toolPart(std::string name, std::string input, std::string output);

} // namespace ponder::app
