#pragma once

#include <chrono>
#include <cstdint>

#include "app/fetch/control.h"

namespace ponder::fetch {

/// Keeps a transfer to the speed that was asked for, by leaving bytes in the network's hands. libcurl's own
/// limit lets through a hundred buffers before it looks at the clock.
class Pace {
public:
    explicit Pace(Control& control) : control_(control) {}

    /// Waits until so many more bytes are due. Throws PauseAsked.
    void take(std::uint64_t bytes);

private:
    using Clock = std::chrono::steady_clock;

    void startOver();

    Control& control_;
    std::uint64_t bytesPerSecond_ = 0;
    std::uint64_t bytes_ = 0;
    Clock::time_point start_{};
};

} // namespace ponder::fetch
