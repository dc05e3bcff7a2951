#include "app/downloads/rate_meter.h"

namespace ponder::app {

void RateMeter::add(std::uint64_t bytesSoFar, Clock::time_point now) {
    if (!samples_.empty() && bytesSoFar < samples_.back().bytes) samples_.clear(); // begun anew
    samples_.push_back({now, bytesSoFar});
    while (samples_.size() > 2 && now - samples_.front().time > kWindow) samples_.pop_front();
}

std::uint64_t RateMeter::bytesPerSecond() const {
    if (samples_.size() < 2) return 0;
    const std::chrono::duration<double> time = samples_.back().time - samples_.front().time;
    if (time.count() <= 0) return 0;
    return static_cast<std::uint64_t>(static_cast<double>(samples_.back().bytes - samples_.front().bytes) /
                                      time.count());
}

} // namespace ponder::app
