#include "kernels/activation.h"
#include "kernels/cpu/operations.h"
#include "kernels/norm.h"
#include "kernels/rope.h"
#include "tests/kernels/random_blocks.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <vector>

namespace ponder::kernels {
namespace {

const Operations& scalar() {
    return operations(InstructionSet::Scalar);
}

class Elementwise : public testing::TestWithParam<InstructionSet> {
protected:
    const Operations& tested() const { return operations(GetParam()); }
    std::mt19937 random{11};
};

class FastElementwise : public Elementwise {};

constexpr std::int64_t kLengths[] = {1, 7, 8, 31, 64, 577, 2048};

TEST_P(FastElementwise, RmsNormAgreesWithReference) {
    for (const std::int64_t n : kLengths) {
        const std::vector<float> x = randomFloats(n, random, 3), weight = randomFloats(n, random);
        std::vector<float> expected(x.size()), got(x.size());
        scalar().rmsNorm(x.data(), weight.data(), 1e-5f, n, expected.data());
        tested().rmsNorm(x.data(), weight.data(), 1e-5f, n, got.data());
        for (std::size_t i = 0; i < x.size(); ++i)
            ASSERT_NEAR(got[i], expected[i], 1e-6 * std::fabs(expected[i]));
        got = x;
        tested().rmsNorm(got.data(), weight.data(), 1e-5f, n, got.data());
        for (std::size_t i = 0; i < x.size(); ++i)
            ASSERT_NEAR(got[i], expected[i], 1e-6 * std::fabs(expected[i]));
    }
}

TEST_P(Elementwise, RmsNormWithoutWeightsHasUnitMeanSquare) {
    std::vector<float> x = randomFloats(1000, random, 50);
    tested().rmsNorm(x.data(), nullptr, 0, 1000, x.data());
    EXPECT_NEAR(std::inner_product(x.begin(), x.end(), x.begin(), 0.0) / 1000, 1, 1e-6);
}

TEST_P(FastElementwise, GatedActivationsAgreeWithReference) {
    for (const Activation activation : {Activation::Silu, Activation::GeluTanh, Activation::SwigluOai}) {
        for (const std::int64_t n : kLengths) {
            std::vector<float> gate = randomFloats(n, random, 6);
            const std::vector<float> up = randomFloats(n, random, 6);
            gate[0] = -120; // σ vanishes
            std::vector<float> expected(gate.size());
            scalar().gatedActivation(activation, gate.data(), up.data(), n, expected.data());
            tested().gatedActivation(activation, gate.data(), up.data(), n, gate.data());
            for (std::size_t i = 0; i < gate.size(); ++i) {
                ASSERT_NEAR(gate[i], expected[i], 2e-6 * (1 + std::fabs(expected[i])))
                    << static_cast<int>(activation);
            }
        }
    }
}

TEST_P(Elementwise, GatedActivationsKeepNotANumber) {
    const std::vector<float> bad(9, NAN), good(9, 1);
    for (const Activation activation : {Activation::Silu, Activation::GeluTanh, Activation::SwigluOai}) {
        std::vector<float> y(9);
        tested().gatedActivation(activation, bad.data(), good.data(), 9, y.data());
        for (const float value : y) EXPECT_TRUE(std::isnan(value)) << static_cast<int>(activation);
        tested().gatedActivation(activation, good.data(), bad.data(), 9, y.data());
        for (const float value : y) EXPECT_TRUE(std::isnan(value)) << static_cast<int>(activation);
    }
}

TEST_P(FastElementwise, SoftmaxAgreesWithReference) {
    for (const std::int64_t n : kLengths) {
        std::vector<float> x = randomFloats(n, random, 10);
        x[x.size() / 2] = n > 1 ? -INFINITY : 0;
        std::vector<float> expected = x;
        scalar().softmax(expected.data(), n);
        tested().softmax(x.data(), n);
        for (std::size_t i = 0; i < x.size(); ++i) ASSERT_NEAR(x[i], expected[i], 1e-6 * expected[i] + 1e-30);
        if (n > 1) {
            EXPECT_EQ(x[x.size() / 2], 0);
        }
    }
}

TEST_P(Elementwise, SoftmaxOfHugeNumbersIsFinite) {
    std::vector<float> x = {1e30f, 1e30f, -1e30f};
    tested().softmax(x.data(), 3);
    EXPECT_FLOAT_EQ(x[0], 0.5f);
    EXPECT_FLOAT_EQ(x[1], 0.5f);
    EXPECT_EQ(x[2], 0);
}

TEST_P(FastElementwise, VectorArithmeticAgreesWithReference) {
    for (const std::int64_t n : kLengths) {
        const std::vector<float> x = randomFloats(n, random), y = randomFloats(n, random);
        EXPECT_NEAR(tested().dot(x.data(), y.data(), n), scalar().dot(x.data(), y.data(), n),
                    2e-6 * static_cast<double>(n));
        const auto expectSame = [&](auto operation) {
            std::vector<float> expected = y, got = y;
            operation(scalar(), expected.data());
            operation(tested(), got.data());
            EXPECT_EQ(got, expected) << n;
        };
        expectSame([&](const Operations& with, float* out) { with.addScaled(0.37f, x.data(), out, n); });
        expectSame([&](const Operations& with, float* out) { with.add(x.data(), out, n); });
        expectSame([&](const Operations& with, float* out) { with.multiply(x.data(), out, n); });
    }
}

std::string caseName(const testing::TestParamInfo<InstructionSet>& info) {
    return setName(info.param);
}

INSTANTIATE_TEST_SUITE_P(Sets, Elementwise, testing::ValuesIn(availableSets()), caseName);
INSTANTIATE_TEST_SUITE_P(Sets, FastElementwise, testing::ValuesIn(fastSets()), caseName);

TEST(Activations, MatchTheirFormulas) {
    const float gate[] = {2, -1, 9}, up[] = {3, 3, -20};
    float y[3];
    gatedActivation(Activation::Silu, gate, up, 3, y);
    EXPECT_NEAR(y[0], 2 / (1 + std::exp(-2.0)) * 3, 1e-5);
    gatedActivation(Activation::GeluTanh, gate, up, 3, y);
    EXPECT_NEAR(y[1], -0.5 * (1 - std::tanh(0.7978845608 * 1.044715)) * 3, 1e-6);
    gatedActivation(Activation::SwigluOai, gate, up, 3, y);
    EXPECT_NEAR(y[2], 7 / (1 + std::exp(-1.702 * 7)) * -6, 1e-4); // 9 and -20 are cut to 7 and -7
}

TEST(LayerNorm, CentresScalesAndShifts) {
    const float x[] = {1, 2, 3, 6}, weight[] = {1, 1, 2, 1}, bias[] = {0, 0, 0, 10};
    float y[4];
    layerNorm(x, weight, bias, 0, 4, y);
    const double deviation = std::sqrt(3.5);
    EXPECT_NEAR(y[0], -2 / deviation, 1e-6);
    EXPECT_NEAR(y[1], -1 / deviation, 1e-6);
    EXPECT_NEAR(y[2], 0, 1e-6);
    EXPECT_NEAR(y[3], 3 / deviation + 10, 1e-6);
}

TEST(Rope, PairsTurnNeighboursAndLeaveTheRest) {
    float x[] = {1, 0, 0, 1, 5, 6};
    const float cosines[] = {0, 0.6f}, sines[] = {1, 0.8f};
    rotate(RopeStyle::Pairs, x, 4, cosines, sines);
    const float expected[] = {0, 1, -0.8f, 0.6f, 5, 6};
    for (int i = 0; i < 6; ++i) EXPECT_FLOAT_EQ(x[i], expected[i]) << i;
}

TEST(Rope, HalvesTurnTheFirstHalfAgainstTheSecond) {
    float x[] = {1, 0, 0, 1, 5, 6};
    const float cosines[] = {0, 0.6f}, sines[] = {1, 0.8f};
    rotate(RopeStyle::Halves, x, 4, cosines, sines);
    const float expected[] = {0, -0.8f, 1, 0.6f, 5, 6};
    for (int i = 0; i < 6; ++i) EXPECT_FLOAT_EQ(x[i], expected[i]) << i;
}

} // namespace
} // namespace ponder::kernels
