#pragma once

#include <chrono>
#include <cstdint>
#include <deque>

namespace ponder::app {

/// How fast bytes come, over the last seconds.
class RateMeter {
public:
    using Clock = std::chrono::steady_clock;
    static constexpr std::chrono::seconds kWindow{5};

    void startOver() { samples_.clear(); }
    void add(std::uint64_t bytesSoFar, Clock::time_point now);
    /// 0 until there is something to go by.
    std::uint64_t bytesPerSecond() const;

private:
    struct Sample {
        Clock::time_point time;
        std::uint64_t bytes;
    };
    std::deque<Sample> samples_;
};

} // namespace ponder::app
