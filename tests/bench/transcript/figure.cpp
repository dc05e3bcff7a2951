#include "tests/bench/transcript/figure.h"

#include <algorithm>
#include <cstdio>
#include <ctime>

namespace ponder::bench {

namespace {

double millisecondsOf(clockid_t clock) {
    timespec time{};
    clock_gettime(clock, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

double quantileOf(std::vector<double> values, double share) {
    const auto at = values.begin() + std::ptrdiff_t(double(values.size() - 1) * share);
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

} // namespace

Stopwatch::Stopwatch() : start_{millisecondsOf(CLOCK_MONOTONIC), millisecondsOf(CLOCK_THREAD_CPUTIME_ID)} {}

Sample Stopwatch::read() const {
    return {millisecondsOf(CLOCK_MONOTONIC) - start_.wall,
            millisecondsOf(CLOCK_THREAD_CPUTIME_ID) - start_.computing};
}

Sample quantile(const std::vector<Sample>& samples, double share) {
    std::vector<double> wall;
    std::vector<double> computing;
    for (const Sample& sample : samples) {
        wall.push_back(sample.wall);
        computing.push_back(sample.computing);
    }
    return {quantileOf(wall, share), quantileOf(computing, share)};
}

void printHeader() {
    std::printf("%-52s %10s %10s %10s\n", "", "promised", "passed", "computed");
}

void print(const Figure& figure) {
    char computing[32] = "";
    if (figure.computing > 0) std::snprintf(computing, sizeof computing, "%.1f", figure.computing);
    std::printf("%-52s %7.0f %-2s %10.1f %10s%s\n", figure.name.c_str(), figure.promised, figure.unit.c_str(),
                figure.measured, computing, figure.isKept() ? "" : "  missed");
    std::fflush(stdout);
}

} // namespace ponder::bench
