#include "engine/model/rope_table.h"

#include <gtest/gtest.h>

#include <cmath>

namespace ponder::engine {
namespace {

TEST(RopeTable, PlainFrequenciesFallGeometrically) {
    const RopeTable table({.dimensions = 8, .base = 10000}, {});
    for (int pair = 0; pair < 4; ++pair) {
        EXPECT_NEAR(table.frequencies()[static_cast<std::size_t>(pair)], std::pow(10.0, -pair), 1e-12);
    }
}

TEST(RopeTable, FactorsDivideTheFrequencies) {
    const RopeTable table({.dimensions = 4, .base = 100}, {1, 8});
    EXPECT_NEAR(table.frequencies()[0], 1, 1e-12);
    EXPECT_NEAR(table.frequencies()[1], 0.1 / 8, 1e-12);
}

TEST(RopeTable, LinearScalingStretchesEveryPair) {
    const RopeTable table({.dimensions = 4, .base = 100, .scaling = RopeScaling::Linear, .factor = 4}, {});
    EXPECT_NEAR(table.frequencies()[0], 0.25, 1e-12);
    EXPECT_NEAR(table.frequencies()[1], 0.025, 1e-12);
}

// 64 dimensions, base 10000, 4096 positions: pairs up to 10 keep their frequency, from 23 on all is
// stretched.
TEST(RopeTable, YarnKeepsFastPairsAndStretchesSlowOnes) {
    const RopeSettings settings{
        .dimensions = 64, .base = 10000, .scaling = RopeScaling::Yarn, .factor = 40, .originalContext = 4096};
    const RopeTable table(settings, {});
    const auto kept = [&](int pair) {
        const double own = std::pow(10000.0, -2.0 * pair / 64);
        return (table.frequencies()[static_cast<std::size_t>(pair)] / own - 1.0 / 40) / (1 - 1.0 / 40);
    };
    EXPECT_NEAR(kept(10), 1, 1e-9);
    EXPECT_NEAR(kept(11), 1 - 1.0 / 13, 1e-9);
    EXPECT_NEAR(kept(22), 1 - 12.0 / 13, 1e-9);
    EXPECT_NEAR(kept(23), 0, 1e-9);
}

TEST(RopeTable, AnglesAreThoseOfThePositions) {
    RopeTable table({.dimensions = 4, .base = 100, .magnitude = 2}, {});
    table.prepare(5, 2);
    EXPECT_NEAR(table.cosines(0)[1], 2 * std::cos(0.5), 1e-6);
    EXPECT_NEAR(table.sines(1)[0], 2 * std::sin(6.0), 1e-6);
}

} // namespace
} // namespace ponder::engine
