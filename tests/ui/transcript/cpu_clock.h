#pragma once

#include <ctime>

namespace ponder::ui {

/// Time this thread has spent computing. On a machine with nothing else to do it is the time that passes;
/// where tests run beside each other it is the part that is ours.
class CpuClock {
public:
    CpuClock() : start_(now()) {}
    double milliseconds() const { return now() - start_; }

private:
    static double now() {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
    }

    double start_;
};

} // namespace ponder::ui
