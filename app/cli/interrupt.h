#pragma once

#include <stop_token>
#include <thread>

namespace ponder::app {

/// While it lives, the first Ctrl+C asks for a stop, and a second one ends the program at once. One at a
/// time.
class InterruptStop {
public:
    InterruptStop();
    ~InterruptStop();
    InterruptStop(const InterruptStop&) = delete;
    InterruptStop& operator=(const InterruptStop&) = delete;

    std::stop_token token() const { return stop_.get_token(); }

private:
    std::stop_source stop_;
    int pipe_[2] = {-1, -1};
    std::thread watcher_;
};

} // namespace ponder::app
