#include "app/library/library_watch.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>

namespace ponder::app {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::uint32_t kComingAndGoing = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO |
                                          IN_CLOSE_WRITE | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF;
constexpr std::string_view kSlowly = ", so changes are seen every 10 seconds.";
constexpr unsigned kChanged = 1;
constexpr unsigned kGrown = 2;

// File systems whose other ends change files without this kernel seeing it.
constexpr std::uint64_t kRemoteKinds[] = {0x6969 /* NFS */, 0xFF534D42 /* CIFS */, 0xFE534D42 /* SMB 2 */,
                                          0x517B /* SMB */, 0x01021997 /* 9P */,   0x65735546 /* FUSE */};

bool isRemote(const std::string& folder) {
    struct statfs status {};
    if (::statfs(folder.c_str(), &status) != 0) return false;
    const auto kind = static_cast<std::uint64_t>(static_cast<std::uint32_t>(status.f_type));
    return std::find(std::begin(kRemoteKinds), std::end(kRemoteKinds), kind) != std::end(kRemoteKinds);
}

int timeoutUntil(const std::optional<Clock::time_point>& until) {
    if (!until) return -1;
    const auto left = std::chrono::ceil<milliseconds>(*until - Clock::now());
    return static_cast<int>(std::max(left, milliseconds(0)).count());
}

void bringForward(std::optional<Clock::time_point>& due, Clock::time_point time) {
    if (!due || time < *due) due = time;
}

} // namespace

LibraryWatch::LibraryWatch(std::function<void()> changed, Timing timing)
    : changed_(std::move(changed)), timing_(timing), inotify_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)),
      mounts_(::open("/proc/self/mounts", O_RDONLY | O_CLOEXEC)),
      wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (inotify_ < 0)
        newTrouble_ = trouble_ = "The system has no more room for watching folders" + std::string(kSlowly);
    thread_ = std::thread([this] { run(); });
}

LibraryWatch::~LibraryWatch() {
    ending_ = true;
    wake();
    thread_.join();
    for (const int file : {inotify_, mounts_, wake_})
        if (file >= 0) ::close(file);
}

void LibraryWatch::wake() const {
    ::eventfd_write(wake_, 1);
}

void LibraryWatch::startPolling(const std::string& reason) {
    newTrouble_ = trouble_ = reason + std::string(kSlowly);
    wake(); // it may be waiting for a change that the system will not tell of
}

void LibraryWatch::watch(const std::string& folder) {
    add(folder, nullptr);
}

void LibraryWatch::watchFor(const std::string& missingFolder) {
    namespace fs = std::filesystem;
    fs::path folder = fs::path(missingFolder).lexically_normal();
    if (!folder.has_filename()) folder = folder.parent_path();
    std::error_code error;
    // The nearest folder that is there, and what must appear in it.
    for (; folder.has_relative_path(); folder = folder.parent_path()) {
        const std::string name = folder.filename().string();
        if (!fs::is_directory(folder.parent_path(), error)) continue;
        return add(folder.parent_path().string(), &name);
    }
}

void LibraryWatch::add(const std::string& folder, const std::string* awaited) {
    if (inotify_ < 0) return;
    const std::uint32_t mask = kComingAndGoing | (awaited ? 0U : std::uint32_t{IN_MODIFY});
    const bool remote = isRemote(folder);
    const std::lock_guard lock(mutex_);
    // IN_MASK_ADD: a folder may be watched for its own sake and for one below it.
    const int number = ::inotify_add_watch(inotify_, folder.c_str(), mask | IN_ONLYDIR | IN_MASK_ADD);
    if (number < 0) {
        // Other reasons: it is gone, or not for us to see; then the list of folders says so.
        if (errno == ENOSPC || errno == ENOMEM)
            startPolling("The system's limit for watched folders is reached (fs.inotify.max_user_watches)");
        return;
    }
    if (remote && newTrouble_.empty())
        startPolling("The folder " + folder + " lies on another computer or a special disk");
    Watched& watched = watched_[number];
    watched.round = round_;
    if (awaited)
        watched.awaited.insert(*awaited);
    else
        watched.isAll = true;
}

void LibraryWatch::forgetOthers() {
    const std::lock_guard lock(mutex_);
    for (auto each = watched_.begin(); each != watched_.end();) {
        if (each->second.round == round_) {
            ++each;
            continue;
        }
        ::inotify_rm_watch(inotify_, each->first);
        each = watched_.erase(each);
    }
    ++round_;
    if (inotify_ >= 0) trouble_ = std::exchange(newTrouble_, {});
}

std::string LibraryWatch::trouble() const {
    const std::lock_guard lock(mutex_);
    return trouble_;
}

unsigned LibraryWatch::readEvents() {
    alignas(inotify_event) std::array<char, 64 * 1024> buffer;
    unsigned seen = 0;
    for (;;) {
        const ssize_t size = ::read(inotify_, buffer.data(), buffer.size());
        if (size < 0 && errno == EINTR) continue;
        if (size <= 0) return seen;
        const std::lock_guard lock(mutex_);
        for (ssize_t at = 0; at < size;) {
            const auto* event = reinterpret_cast<const inotify_event*>(buffer.data() + at);
            at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
            if (event->mask & IN_IGNORED) {
                watched_.erase(event->wd);
                continue;
            }
            if (event->mask & IN_Q_OVERFLOW) {
                seen |= kChanged;
                continue;
            }
            const auto watched = watched_.find(event->wd);
            if (watched == watched_.end()) continue;
            const std::string name = event->len > 0 ? event->name : "";
            const bool matters =
                watched->second.isAll || name.empty() || watched->second.awaited.contains(name);
            if (matters) seen |= event->mask & IN_MODIFY ? kGrown : kChanged;
        }
    }
}

void LibraryWatch::run() {
    std::optional<Clock::time_point> due;
    Clock::time_point last = Clock::now();
    while (!ending_) {
        const bool polls = mustPoll();
        std::optional<Clock::time_point> until = due;
        if (polls) bringForward(until, last + timing_.polled);
        std::array<pollfd, 3> asked{{{wake_, POLLIN, 0}, {inotify_, POLLIN, 0}, {mounts_, POLLPRI, 0}}};
        ::poll(asked.data(), asked.size(), timeoutUntil(until));
        if (ending_) return;
        eventfd_t woken = 0;
        ::eventfd_read(wake_, &woken);
        const unsigned seen = asked[1].revents ? readEvents() : 0;
        const bool hasMounted = asked[2].revents & (POLLPRI | POLLERR);
        const auto now = Clock::now();
        if (hasMounted || (seen & kChanged)) bringForward(due, now + timing_.gathered);
        if (seen & kGrown) bringForward(due, std::max(now + timing_.gathered, last + timing_.growing));
        if ((!due || now < *due) && (!polls || now < last + timing_.polled)) continue;
        due.reset();
        last = now;
        changed_();
    }
}

bool LibraryWatch::mustPoll() const {
    const std::lock_guard lock(mutex_);
    return inotify_ < 0 || !trouble_.empty();
}

} // namespace ponder::app
