#include "app/single_window.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstring>
#include <thread>

#include <QSocketNotifier>

#include "engine/engine.h"

namespace ponder::app {

namespace {

constexpr auto kPatience = std::chrono::seconds(5); // for a window that is just starting
constexpr std::size_t kLongestPath = 4096;

/// An address holds 107 bytes and a data folder's path may be longer, so the folder is named by its
/// descriptor.
class SocketAddress {
public:
    explicit SocketAddress(const std::filesystem::path& folder)
        : folder_(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)) {
        address_.sun_family = AF_UNIX;
        const std::string path = "/proc/self/fd/" + std::to_string(folder_) + "/window.socket";
        std::memcpy(address_.sun_path, path.c_str(), path.size() + 1);
    }
    ~SocketAddress() {
        if (folder_ >= 0) ::close(folder_);
    }
    SocketAddress(const SocketAddress&) = delete;
    SocketAddress& operator=(const SocketAddress&) = delete;

    const char* path() const { return address_.sun_path; }
    const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&address_); }
    static constexpr socklen_t kSize = sizeof(sockaddr_un);

private:
    int folder_;
    sockaddr_un address_{};
};

int openSocket() {
    return ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

} // namespace

SingleWindow::SingleWindow(Paths paths, QObject* parent) : QObject(parent), paths_(std::move(paths)) {}

SingleWindow::~SingleWindow() {
    if (socket_ < 0) return;
    ::unlink(SocketAddress(paths_.data).path());
    ::close(socket_);
}

WindowClaim SingleWindow::claim(const std::string& modelFile) {
    try {
        makePrivateFolder(paths_.data);
        lock_.emplace(paths_.windowLock().string());
    } catch (const engine::Error&) {
        return WindowClaim::First; // the store will say in the window what is the matter
    }
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (!lock_->tryExclusive()) {
        if (tell(modelFile)) return WindowClaim::HandedOver;
        if (std::chrono::steady_clock::now() > end) return WindowClaim::NoAnswer;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    listen();
    return WindowClaim::First;
}

void SingleWindow::listen() {
    const SocketAddress address(paths_.data);
    ::unlink(address.path()); // of a window that crashed; the lock says that it is gone
    socket_ = openSocket();
    if (socket_ < 0) return;
    if (::bind(socket_, address.get(), SocketAddress::kSize) != 0) {
        ::close(socket_); // some disks have no sockets; a second start then asks to close the first
        socket_ = -1;
        return;
    }
    auto* arrived = new QSocketNotifier(socket_, QSocketNotifier::Read, this);
    connect(arrived, &QSocketNotifier::activated, this, &SingleWindow::receive);
}

void SingleWindow::receive() {
    std::array<char, kLongestPath> path{};
    const ssize_t size = ::recv(socket_, path.data(), path.size(), 0);
    if (size < 0) return;
    const QString request = QString::fromUtf8(path.data(), size);
    if (request == QLatin1String(kNewChat))
        emit newChatAsked();
    else
        emit asked(request);
}

bool SingleWindow::tell(const std::string& modelFile) const {
    const int socket = openSocket();
    if (socket < 0) return false;
    const SocketAddress address(paths_.data);
    const std::string path = modelFile.empty() || modelFile == kNewChat
                                 ? modelFile
                                 : std::filesystem::absolute(modelFile).string();
    const ssize_t sent = ::sendto(socket, path.data(), path.size(), 0, address.get(), SocketAddress::kSize);
    ::close(socket);
    return sent >= 0;
}

} // namespace ponder::app
