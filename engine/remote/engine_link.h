#pragma once

#include "engine/remote/wire.h"
#include "engine/support/file_descriptor.h"

#include <chrono>
#include <variant>

namespace ponder::engine {

enum class LinkEvent {
    Silence, ///< the other side gave no sign of life for as long as was asked
    Closed,  ///< the other side is gone
    Stop,    ///< the descriptor to watch became readable
};

/// Ponder's end of the socket to its engine process. Waits with patience, never for ever. One thread.
class EngineLink {
public:
    /// `socket` is a connected stream socket; it is made non-blocking.
    explicit EngineLink(FileDescriptor socket);

    /// Nothing can be sent or received any more.
    void close() { socket_.reset(); }

    /// Empty when all of it is sent, else Silence or Closed.
    std::optional<LinkEvent> send(const Command& command, std::chrono::milliseconds patience);

    /// The next report or why there is none. Watches `stopDescriptor` too unless it is -1. Throws Error if
    /// what came is not a report.
    std::variant<Report, LinkEvent> receive(std::chrono::milliseconds patience, int stopDescriptor);

private:
    FileDescriptor socket_;
    FrameBuffer received_;
};

} // namespace ponder::engine
