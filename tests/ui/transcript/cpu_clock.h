#pragma once

#include "tests/support/sanitized.h"

#include <algorithm>
#include <ctime>

namespace ponder::ui {

/// What a sanitizer makes of a second: about that much longer.
constexpr double kSanitizerCost = tests::kIsSanitized ? 4 : 1;

/// Time this thread has spent computing. On a machine with nothing else to do it is the time that passes;
/// where tests run beside each other it is the part that is ours, without what a sanitizer adds.
class CpuClock {
public:
    CpuClock() : start_(now()) {}
    double milliseconds() const { return (now() - start_) / kSanitizerCost; }

private:
    static double now() {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
    }

    double start_;
};

/// What `measure` says, in milliseconds; where that is more than `most`, the least of three tries: threads
/// beside this one on the same core and its caches make a try slower, never faster.
template <typename Measure>
double leastMilliseconds(double most, const Measure& measure) {
    double least = measure();
    for (int again = 0; again < 2 && least > most; ++again) least = std::min(least, measure());
    return least;
}

} // namespace ponder::ui
