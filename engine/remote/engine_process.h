#pragma once

#include "engine/support/file_descriptor.h"

#include <sys/types.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace ponder::engine {

struct ProcessEnd {
    int exitCode = 0;       ///< when `signal` is 0
    int signal = 0;         ///< 0: it ended by itself
    bool askedByUs = false; ///< `kill` came first
};

/// A running engine program. Ended and reaped by the destructor, and by the kernel when this process ends.
/// Any thread.
class EngineProcess {
public:
    /// Starts `program` with `socket` as its descriptor 3 and no other but the standard ones, in a process
    /// group of its own (Ctrl-C in a terminal is meant for Ponder). Throws Error if it cannot be started.
    EngineProcess(const std::string& program, FileDescriptor socket);
    ~EngineProcess();
    EngineProcess(const EngineProcess&) = delete;
    EngineProcess& operator=(const EngineProcess&) = delete;

    void kill();
    bool running() const;
    /// Empty if it still runs after `patience`.
    std::optional<ProcessEnd> waitForEnd(std::chrono::milliseconds patience);

private:
    void keep(const std::string& program, FileDescriptor socket);

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    pid_t process_ = 0; ///< 0 before the start and after the end
    int startError_ = 0;
    bool killed_ = false;
    std::optional<ProcessEnd> end_;
    std::thread keeper_;
};

} // namespace ponder::engine
