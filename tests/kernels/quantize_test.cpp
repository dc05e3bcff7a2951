// What the quantisers lose, in figures, and that they lose no more than those of ggml do.

#include "kernels/quantize.h"

#include "kernels/dequantize.h"
#include "kernels/half.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <limits>
#include <ostream>
#include <string>
#include <vector>

namespace ponder::kernels {
namespace {

/// Numbers as weights are: a bell, and two of a hundred four times as far out. The same on every machine.
std::vector<float> sampleWeights() {
    std::vector<float> values(64 * 1024);
    std::uint32_t state = 12345;
    const auto next = [&state] {
        state = state * 1664525u + 1013904223u;
        return static_cast<float>(state >> 16) / 65536.0f;
    };
    for (float& value : values) {
        const float bell = next() + next() + next() + next() - 2.0f;
        const float rare = next();
        value = 0.05f * bell * (rare < 0.02f ? 4.0f : 1.0f);
    }
    return values;
}

std::vector<float> roundTrip(TensorType type, const std::vector<float>& values) {
    const auto count = static_cast<std::int64_t>(values.size());
    std::vector<std::uint8_t> blocks(rowBytes(type, count));
    std::vector<float> back(values.size());
    quantizeRow(type, values.data(), blocks.data(), count);
    dequantizeRow(type, blocks.data(), back.data(), count);
    return back;
}

/// Root of the mean squared error, as a share of the numbers' own.
double relativeError(const std::vector<float>& wanted, const std::vector<float>& got) {
    double error = 0, squares = 0;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const double difference = static_cast<double>(got[i]) - wanted[i];
        error += difference * difference;
        squares += static_cast<double>(wanted[i]) * wanted[i];
    }
    return std::sqrt(error / squares);
}

struct Case {
    TensorType type;
    double ggml; ///< relativeError of ggml_quantize_chunk (llama.cpp inside llama-cpp-python 0.3.36) on
                 ///< sampleWeights
};

void PrintTo(const Case& each, std::ostream* stream) {
    *stream << typeLayout(each.type).name;
}

class Quantize : public testing::TestWithParam<Case> {};

TEST_P(Quantize, LosesNoMoreThanGgmlDoes) {
    const std::vector<float> values = sampleWeights();
    const double error = relativeError(values, roundTrip(GetParam().type, values));
    std::printf("%-7s %.6f, ggml %.6f, ratio %.4f\n", typeLayout(GetParam().type).name.data(), error,
                GetParam().ggml, error / GetParam().ggml);
    EXPECT_LE(error, 1.001 * GetParam().ggml);
    EXPECT_GT(error, 0.5 * GetParam().ggml);
}

TEST_P(Quantize, KeepsZeros) {
    for (const float value : roundTrip(GetParam().type, std::vector<float>(512, 0.0f))) EXPECT_EQ(value, 0);
}

// Every number equal, alone among zeros, tiny, huge: cut where the type's scales end, but never not a number.
TEST_P(Quantize, TakesOddNumbers) {
    const float most = std::numeric_limits<float>::max();
    for (const float scale : {1.0f, -1.0f, 1e-6f, 1e-20f, 1e-40f, 1e5f, 1e9f, 1e30f, most, -most}) {
        std::vector<float> alone(512, 0.0f), equal(512, scale), mixed(512);
        alone[300] = scale;
        for (std::size_t i = 0; i < mixed.size(); ++i)
            mixed[i] = scale * std::sin(static_cast<float>(i)) * (i % 7 == 0 ? 0.01f : 1.0f);
        for (const auto& values : {alone, equal, mixed}) {
            for (const float value : roundTrip(GetParam().type, values))
                ASSERT_TRUE(std::isfinite(value)) << scale;
        }
    }
    const std::vector<float> ones(512, 0.75f);
    EXPECT_LE(relativeError(ones, roundTrip(GetParam().type, ones)), 0.04);
}

TEST_P(Quantize, WritesWhatItReadTheSameWay) {
    // Numbers that a type can hold come back as they were, or nearly: its own output is such numbers.
    const std::vector<float> once = roundTrip(GetParam().type, sampleWeights());
    const double again = relativeError(once, roundTrip(GetParam().type, once));
    EXPECT_LE(again, 0.35 * GetParam().ggml);
}

INSTANTIATE_TEST_SUITE_P(Types, Quantize,
                         testing::Values(Case{TensorType::Q8_0, 0.006961}, Case{TensorType::Q4_0, 0.110343},
                                         Case{TensorType::Q4_1, 0.087795}, Case{TensorType::Q5_0, 0.055166},
                                         Case{TensorType::Q5_1, 0.042390}, Case{TensorType::Q2_K, 0.324102},
                                         Case{TensorType::Q3_K, 0.177229}, Case{TensorType::Q4_K, 0.081548},
                                         Case{TensorType::Q5_K, 0.041232}, Case{TensorType::Q6_K, 0.021380},
                                         Case{TensorType::IQ4_NL, 0.090444},
                                         Case{TensorType::IQ4_XS, 0.091579},
                                         Case{TensorType::MXFP4, 0.128829}),
                         [](const auto& info) { return std::string(typeLayout(info.param.type).name); });

TEST(QuantizePlain, HalvesAreRoundedToTheNearestEven) {
    // 1 + 2^-11 lies between 1 and 1 + 2^-10, 1 + 3 · 2^-11 between that and 1 + 2^-9.
    EXPECT_EQ(roundTrip(TensorType::F16, {1 + 0x1p-11f, 1 + 0x1.8p-10f, 65504, -0.0f, 0x1p-24f}),
              (std::vector<float>{1, 1 + 0x1p-9f, 65504, -0.0f, 0x1p-24f}));
    EXPECT_EQ(roundTrip(TensorType::BF16, {1 + 0x1p-8f, 1 + 0x1.8p-7f, -3.5f, 0x1p-130f}),
              (std::vector<float>{1, 1 + 0x1p-6f, -3.5f, 0x1p-130f}));
    EXPECT_TRUE(std::isnan(bfloatToFloat(floatToBfloat(std::numeric_limits<float>::quiet_NaN()))));
    EXPECT_TRUE(std::isinf(bfloatToFloat(floatToBfloat(std::numeric_limits<float>::max()))));
}

TEST(QuantizePlain, SomeTypesAreNotWritten) {
    EXPECT_TRUE(canQuantize(TensorType::Q4_K));
    EXPECT_FALSE(canQuantize(TensorType::IQ2_XXS));
    EXPECT_FALSE(canQuantize(TensorType::I32));
}

} // namespace
} // namespace ponder::kernels
