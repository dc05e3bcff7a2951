#include "app/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>
#include <utility>

#include "engine/engine.h"

namespace ponder::app {

FileLock::FileLock(const std::string& path)
    : file_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    if (file_ < 0)
        throw engine::Error("The file " + path + " cannot be created (" + std::strerror(errno) +
                            "). Check the permissions of its folder, or choose another with --data-dir.");
}

FileLock::~FileLock() {
    if (file_ >= 0) ::close(file_);
}

FileLock::FileLock(FileLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
    std::swap(file_, other.file_);
    return *this;
}

bool FileLock::tryExclusive() {
    return ::flock(file_, LOCK_EX | LOCK_NB) == 0;
}

bool FileLock::waitShared(int seconds) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
    while (::flock(file_, LOCK_SH | LOCK_NB) != 0) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return true;
}

} // namespace ponder::app
