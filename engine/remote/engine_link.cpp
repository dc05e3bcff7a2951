#include "engine/remote/engine_link.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <utility>

namespace ponder::engine {

namespace {

/// Counts silence in short waits, not by the clock: when this very process was suspended, the time it slept
/// through is not held against the other one.
class Patience {
public:
    static constexpr std::chrono::milliseconds kWait{250};

    explicit Patience(std::chrono::milliseconds total)
        : waits_(std::max<int>(1, static_cast<int>(total / kWait))) {}

    bool exhaustedAfterAnotherWait() { return --waits_ <= 0; }

private:
    int waits_;
};

enum class Readiness { Socket, Stop, Silence };

Readiness wait(int socket, short events, int stopDescriptor, std::chrono::milliseconds total) {
    Patience patience(total);
    for (;;) {
        std::array<pollfd, 2> watched{{{socket, events, 0}, {stopDescriptor, POLLIN, 0}}};
        const int ready = ::poll(watched.data(), watched.size(), static_cast<int>(Patience::kWait.count()));
        if (ready > 0 && watched[1].revents != 0) return Readiness::Stop;
        if (ready > 0) return Readiness::Socket;
        if (ready == 0 && patience.exhaustedAfterAnotherWait()) return Readiness::Silence;
    }
}

} // namespace

EngineLink::EngineLink(FileDescriptor socket) : socket_(std::move(socket)) {
    ::fcntl(socket_.number(), F_SETFL, ::fcntl(socket_.number(), F_GETFL) | O_NONBLOCK);
}

std::optional<LinkEvent> EngineLink::send(const Command& command, std::chrono::milliseconds patience) {
    const std::string frame = encode(command);
    std::string_view left = frame;
    while (!left.empty()) {
        const ssize_t sent = ::send(socket_.number(), left.data(), left.size(), MSG_NOSIGNAL);
        if (sent >= 0) {
            left.remove_prefix(static_cast<std::size_t>(sent));
        } else if (errno == EAGAIN) {
            if (wait(socket_.number(), POLLOUT, -1, patience) == Readiness::Silence)
                return LinkEvent::Silence;
        } else if (errno != EINTR) {
            return LinkEvent::Closed;
        }
    }
    return std::nullopt;
}

std::variant<Report, LinkEvent> EngineLink::receive(std::chrono::milliseconds patience, int stopDescriptor) {
    for (;;) {
        // Even in a flood of reports a stop is noticed before the next one.
        if (stopDescriptor >= 0) {
            pollfd stop{stopDescriptor, POLLIN, 0};
            if (::poll(&stop, 1, 0) > 0) return LinkEvent::Stop;
        }
        if (const auto frame = received_.take()) return decodeReport(*frame);
        std::array<char, 64 * 1024> bytes;
        const ssize_t count = ::recv(socket_.number(), bytes.data(), bytes.size(), 0);
        if (count > 0) {
            received_.append({bytes.data(), static_cast<std::size_t>(count)});
            continue;
        }
        if (count == 0 || (errno != EAGAIN && errno != EINTR)) return LinkEvent::Closed;
        switch (wait(socket_.number(), POLLIN, stopDescriptor, patience)) {
        case Readiness::Socket:
            break;
        case Readiness::Stop:
            return LinkEvent::Stop;
        case Readiness::Silence:
            return LinkEvent::Silence;
        }
    }
}

} // namespace ponder::engine
