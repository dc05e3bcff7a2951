#include "app/fetch/pace.h"

#include <algorithm>

namespace ponder::fetch {

namespace {

constexpr std::chrono::milliseconds kLook{100};
/// A server that was slow for a while does not earn a burst.
constexpr std::chrono::seconds kMostBehind{1};

} // namespace

void Pace::startOver() {
    bytesPerSecond_ = control_.bytesPerSecond();
    bytes_ = 0;
    start_ = Clock::now();
}

void Pace::take(std::uint64_t bytes) {
    if (control_.bytesPerSecond() != bytesPerSecond_) startOver();
    bytes_ += bytes;
    while (bytesPerSecond_ > 0 && control_.bytesPerSecond() == bytesPerSecond_) {
        const std::chrono::duration<double> due(static_cast<double>(bytes_) /
                                                static_cast<double>(bytesPerSecond_));
        const auto ahead = start_ + std::chrono::duration_cast<Clock::duration>(due) - Clock::now();
        if (ahead <= Clock::duration::zero()) {
            if (-ahead > kMostBehind) startOver();
            return;
        }
        control_.wait(std::min(std::chrono::ceil<std::chrono::milliseconds>(ahead), kLook));
    }
}

} // namespace ponder::fetch
