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

} // namespace

double portableExp(double x) {
    if (!(x > -700)) return 0;
    // x = n ln 2 + rest, |rest| <= ln 2 / 2: the series of e^rest ends below the last bit.
    const auto n = static_cast<std::int64_t>(x * kLog2OfE - 0.5);
    const double count = static_cast<double>(n);
    const double rest = (x - count * kLn2High) - count * kLn2Low;
    double sum = 0;
    for (std::size_t i = kSeries.size(); i-- > 0;) sum = sum * rest + kSeries[i];
    return sum * std::bit_cast<double>(static_cast<std::uint64_t>(1023 + n) << 52);
}

} // namespace ponder::engine
