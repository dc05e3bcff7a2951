#pragma once

#include <chrono>

namespace ponder::engine {

/// What durations are measured by: it never goes back.
using Clock = std::chrono::steady_clock;

inline double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

} // namespace ponder::engine
