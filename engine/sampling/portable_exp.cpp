#include "engine/sampling/portable_exp.h"

#include <array>
#include <bit>
#include <cstdint>

namespace ponder::engine {

namespace {

constexpr double kLog2OfE = 1.4426950408889634;
// ln 2 in two parts: the first has zeros at its end, so that multiples of it are exact (fdlibm, e_exp.c).
constexpr double kLn2High = 6.93147180369123816490e-01;
constexpr double kLn2Low = 1.90821492927058770002e-10;

/// 1 / i!
constexpr std::array<double, 14> kSeries = [] {
    std::array<double, 14> series{1};
    for (std::size_t i = 1; i < series.size(); ++i) series[i] = series[i - 1] / static_cast<double>(i);
    return series;
}();

// Adding it rounds to a whole number, which is then in the sum's low bits.
constexpr double kRounder = 0x1.8p52;

/// Without a branch or a conversion of integers, so that a loop of it is done in vectors of any width.
inline double exponential(double x) {
    // x = n ln 2 + rest, |rest| <= ln 2 / 2: the series of e^rest ends below the last bit.
    const double rounded = x * kLog2OfE + kRounder;
    const double n = rounded - kRounder;
    const double rest = (x - n * kLn2High) - n * kLn2Low;
    double sum = kSeries.back();
    for (std::size_t i = kSeries.size() - 1; i-- > 0;) sum = sum * rest + kSeries[i];
    const double power = std::bit_cast<double>((std::bit_cast<std::uint64_t>(rounded) + 1023) << 52);
    return x > -700 ? sum * power : 0;
}

} // namespace

double portableExp(double x) {
    return exponential(x);
}

void portableExp(std::span<double> values) {
    for (double& value : values) value = exponential(value);
}

} // namespace ponder::engine
