#include "engine/model/rope_table.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ponder::engine {

namespace {

/// The pair whose wavelength makes `turns` turns within the original context (YaRN, eq. 17).
double pairOfTurns(const RopeSettings& settings, double turns) {
    return settings.dimensions * std::log(settings.originalContext / (turns * 2 * std::numbers::pi)) /
           (2 * std::log(settings.base));
}

/// Share of each pair's own frequency that YaRN keeps: 1 for fast pairs, 0 for slow ones.
double keptShare(const RopeSettings& settings, int pair) {
    double low = pairOfTurns(settings, settings.betaFast);
    double high = pairOfTurns(settings, settings.betaSlow);
    if (settings.rangeRounded == Switch::On) {
        low = std::floor(low);
        high = std::ceil(high);
    }
    low = std::max(0.0, low);
    high = std::min(settings.dimensions - 1.0, high);
    const double ramp = (pair - low) / std::max(0.001, high - low);
    return 1.0 - std::clamp(ramp, 0.0, 1.0);
}

} // namespace

RopeTable::RopeTable(const RopeSettings& settings, const std::vector<float>& factors)
    : magnitude_(settings.magnitude) {
    for (int pair = 0; pair < settings.dimensions / 2; ++pair) {
        double frequency = std::pow(settings.base, -2.0 * pair / settings.dimensions);
        if (!factors.empty()) frequency /= factors[static_cast<std::size_t>(pair)];
        if (settings.scaling == RopeScaling::Linear) frequency /= settings.factor;
        if (settings.scaling == RopeScaling::Yarn) {
            const double kept = keptShare(settings, pair);
            frequency = frequency / settings.factor * (1 - kept) + frequency * kept;
        }
        frequencies_.push_back(frequency);
    }
}

void RopeTable::prepare(std::int64_t first, std::int64_t count) {
    cosines_.resize(static_cast<std::size_t>(count * pairs()));
    sines_.resize(cosines_.size());
    for (std::int64_t i = 0; i < count; ++i) {
        for (std::int64_t pair = 0; pair < pairs(); ++pair) {
            const double angle =
                static_cast<double>(first + i) * frequencies_[static_cast<std::size_t>(pair)];
            const auto at = static_cast<std::size_t>(i * pairs() + pair);
            cosines_[at] = static_cast<float>(std::cos(angle) * magnitude_);
            sines_[at] = static_cast<float>(std::sin(angle) * magnitude_);
        }
    }
}

} // namespace ponder::engine
