#pragma once

#include <optional>
#include <string>

namespace ponder::app {

/// A lock that the system takes back when the process ends, however it ends. Not for threads.
class FileLock {
public:
    /// Creates the file if need be. Throws Error when that fails.
    explicit FileLock(const std::string& path);
    ~FileLock();
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&& other) noexcept;

    /// True if nobody else holds the lock in any way.
    bool tryExclusive();
    /// Waits while another process holds it exclusively; false after about `seconds`. An exclusive lock held
    /// becomes a shared one.
    bool waitShared(int seconds);

private:
    int file_ = -1;
};

} // namespace ponder::app
