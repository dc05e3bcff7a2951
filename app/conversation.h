#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/engine.h"

namespace ponder::app {

enum class PartKind { Reasoning, Text, Attachment, Tool };

/// A stretch of a turn. Times are milliseconds since 1970, 0 where nobody looked at the clock.
struct Part {
    PartKind kind = PartKind::Text;
    std::string text;  ///< a tool's output
    std::string name;  ///< an attachment's file name, a tool's name
    std::string input; ///< what a tool was asked
    int tokens = 0;
    std::int64_t startedMs = 0;
    std::int64_t endedMs = 0;

    bool operator==(const Part&) const = default;
};

Part textPart(std::string text);
Part reasoningPart(std::string text);

/// Streaming answers found on disk by a program that is not writing them have been interrupted.
enum class TurnState { Complete, Streaming, Stopped, Interrupted, Failed };

/// How an answer came about; kept with it.
struct AnswerRecord {
    std::string modelName;
    std::string modelIdentity;
    std::string modelPath;
    std::string engineVersion;
    std::string settings; ///< JSON, see answer_settings.h
    std::string stop;     ///< engine::stopReasonName
    std::string failure;  ///< the sentences shown when it failed
    int promptTokens = 0;
    int reusedTokens = 0;
    int reasoningTokens = 0;
    int answerTokens = 0;
    double loadSeconds = 0;
    double promptSeconds = 0;
    double answerSeconds = 0;

    bool operator==(const AnswerRecord&) const = default;
};

/// One message of the tree: a prompt or an answer. Numbers count from 1 within the chat and give the order;
/// the clock does not. Parent 0 is the chat itself.
struct Turn {
    int number = 0;
    int parent = 0;
    int activeChild = 0; ///< the branch last looked at below this turn, 0: none
    engine::Role role = engine::Role::User;
    TurnState state = TurnState::Complete;
    std::int64_t createdMs = 0;
    std::int64_t finishedMs = 0;
    std::vector<Part> parts;
    AnswerRecord answer; ///< of assistant turns

    bool operator==(const Turn&) const = default;
};

/// Titles made from the prompt give way to titles a person wrote, never the other way round.
enum class TitleOrigin { Automatic, Person };

struct ChatHeader {
    std::string id; ///< drawn at random by whoever creates the chat, the same in every export
    std::string title;
    TitleOrigin titleOrigin = TitleOrigin::Automatic;
    std::string system;
    std::string modelPath; ///< the model last used here
    std::string folder;    ///< empty: in none
    std::string settings;  ///< JSON of what is set for this chat alone; empty: nothing
    std::int64_t createdMs = 0;
    std::int64_t updatedMs = 0;
    std::int64_t archivedMs = 0; ///< 0: not in the archive
    std::int64_t deletedMs = 0;  ///< 0: not in the trash
    bool pinned = false;
    int activeRoot = 0;  ///< the first turn's branch last looked at
    int readingTurn = 0; ///< where the reader was, 0: at the end

    bool operator==(const ChatHeader&) const = default;
};

/// A chat in memory only is gone when it is left.
enum class ChatKeeping { OnDisk, InMemory };

/// A chat as a tree of turns, with one path through it that is being read. Plain values; one thread at a
/// time.
class Conversation {
public:
    Conversation() = default;
    /// Throws Error when a turn's parent is missing or follows it, or two turns share a number.
    Conversation(ChatHeader header, std::vector<Turn> turns);

    ChatHeader header;
    ChatKeeping keeping = ChatKeeping::OnDisk;

    bool empty() const { return turns_.empty(); }
    const std::vector<Turn>& turns() const { return turns_; } ///< by number
    const Turn* find(int number) const;
    Turn* find(int number);
    const Turn& turn(int number) const;
    Turn& turn(int number);

    /// Adds a turn below `parent` and makes the active path end in it.
    Turn& add(int parent, engine::Role role, std::vector<Part> parts);

    /// Turn numbers from the first to the last one on the active path.
    std::vector<int> activePath() const;
    /// Turn numbers from the first one to this one; none for 0.
    std::vector<int> pathTo(int number) const;
    /// All answers to the same prompt, or all versions of the same prompt, oldest first.
    std::vector<int> siblings(int number) const;
    /// Children of a turn (0: of the chat), oldest first.
    std::vector<int> children(int number) const;
    /// Makes the active path go through this turn; below it, it goes on as last time.
    void select(int number);
    /// What the chat itself (0) or a turn holds as its active child.
    int activeChild(int number) const;

    bool operator==(const Conversation&) const = default;

private:
    int& activeChildOf(int number);

    std::vector<Turn> turns_; // sorted by number
};

/// Whether the model is shown what it thought before earlier answers.
enum class PastThoughts { LeaveOut, Keep };

/// The messages the model is shown: the system prompt, then the turns of `path`.
std::vector<engine::Message> messagesFor(const Conversation& conversation, const std::vector<int>& path,
                                         PastThoughts pastThoughts);

/// The texts of all parts of one kind, joined by blank lines.
std::string joinedText(const Turn& turn, PartKind kind);
/// What the model is shown of a user's turn: attachments first, each under its name, then the text.
std::string promptText(const Turn& turn);

/// Milliseconds since 1970.
std::int64_t nowMilliseconds();
/// Twelve characters of 0–9 and a–z without look-alikes, from the system's random numbers.
std::string newChatId();
/// The same kind of name made of the first twelve of some bytes.
std::string chatIdFrom(std::string_view bytes);

/// "reasoning", "text", …; as the store and our JSON spell them.
std::string_view partKindName(PartKind kind);
std::string_view turnStateName(TurnState state);
std::string_view roleName(engine::Role role);
/// Unknown names are read as the plainest value: text, interrupted, user.
PartKind partKindFromName(std::string_view name);
TurnState turnStateFromName(std::string_view name);
engine::Role roleFromName(std::string_view name);

} // namespace ponder::app
