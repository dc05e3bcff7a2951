#pragma once

#include <QString>

#include <chrono>
#include <vector>

namespace ponder::ui {

enum class Role { User, Assistant };

enum class PartKind { Reasoning, Text, Attachment };

/// A stretch of a message. Of an assistant the text is Markdown, of a person it is shown as typed (only
/// fenced code becomes a code block). An attachment's text is its file name.
struct MessagePart {
    PartKind kind = PartKind::Text;
    QString text;
    /// Reasoning: how long it took, or has taken so far when it is still running; 0: not known.
    std::chrono::milliseconds elapsed{0};

    bool operator==(const MessagePart&) const = default;
};

/// Stopped: by the person. Interrupted: the program or the engine ended before the answer did. Both can be
/// continued.
enum class MessageState { Streaming, Done, Stopped, Interrupted, Failed };

/// Three depths of bad news: one line what happened, one line what to do, and the rest behind "Details".
struct Failure {
    QString what;
    QString next;
    QString details;

    bool operator==(const Failure&) const = default;
};

/// Shown in the row below an answer; zeros are left out.
struct AnswerFigures {
    int tokens = 0;
    double tokensPerSecond = 0;
    double secondsToFirstToken = 0;

    bool operator==(const AnswerFigures&) const = default;
};

/// What the transcript shows of one message. Plain values: whoever owns the conversation makes them, the view
/// keeps its own copy.
struct MessageContent {
    int id = 0; ///< unique within the chat; every signal about the message carries it
    Role role = Role::User;
    std::vector<MessagePart> parts;
    MessageState state = MessageState::Done;
    int branch = 1; ///< this one is `branch` of `branchCount` alternatives, counted from 1
    int branchCount = 1;
    QString modelName;
    AnswerFigures figures;
    /// With MessageState::Failed. Where the state is Stopped, it may say why.
    Failure failure;
    QString cutBelow; ///< words on a line below the message; empty: there is none

    bool operator==(const MessageContent&) const = default;
};

/// How a streamed answer ended.
struct AnswerEnd {
    MessageState state = MessageState::Done;
    AnswerFigures figures;
    Failure failure;
    /// Measured duration of each reasoning part, in order; empty: the view's own clock stands.
    std::vector<std::chrono::milliseconds> reasoningTimes;
};

} // namespace ponder::ui
