#include "kernels/convolution.h"

#include "kernels/cpu/operations.h"
#include "tests/kernels/random_blocks.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace ponder::kernels {
namespace {

class ConvolveSilu : public testing::TestWithParam<InstructionSet> {
protected:
    const Operations& tested() const { return operations(GetParam()); }
    std::mt19937 random{17};
};

TEST_P(ConvolveSilu, FollowsItsFormula) {
    for (const std::int64_t channels : {1, 7, 8, 33, 160}) {
        for (const std::int64_t length : {1, 2, 4}) {
            constexpr std::int64_t kTokens = 5;
            const auto inputs = randomFloats((length - 1 + kTokens) * channels, random, 2);
            const auto factors = randomFloats(length * channels, random);
            std::vector<float> output(static_cast<std::size_t>(kTokens * channels + 1), -7);
            tested().convolveSilu({.inputs = inputs.data(),
                                   .factors = factors.data(),
                                   .length = length,
                                   .channels = channels,
                                   .tokens = kTokens,
                                   .output = output.data()});
            EXPECT_EQ(output.back(), -7) << "written beside the output";
            for (std::int64_t i = 0; i < kTokens * channels; ++i) {
                double sum = 0;
                for (std::int64_t k = 0; k < length; ++k)
                    sum +=
                        static_cast<double>(factors[static_cast<std::size_t>(k * channels + i % channels)]) *
                        inputs[static_cast<std::size_t>(k * channels + i)];
                ASSERT_NEAR(output[static_cast<std::size_t>(i)], sum / (1 + std::exp(-sum)), 1e-5)
                    << channels;
            }
        }
    }
}

TEST_P(ConvolveSilu, VanishesFarBelowZeroAndKeepsWhatIsNoNumber) {
    const float inputs[] = {-200, 100, NAN}, factors[] = {1, 1, 1};
    float output[3];
    tested().convolveSilu(
        {.inputs = inputs, .factors = factors, .length = 1, .channels = 3, .tokens = 1, .output = output});
    EXPECT_NEAR(output[0], 0, 1e-30);
    EXPECT_FLOAT_EQ(output[1], 100);
    EXPECT_TRUE(std::isnan(output[2]));
}

INSTANTIATE_TEST_SUITE_P(Sets, ConvolveSilu, testing::ValuesIn(availableSets()),
                         [](const auto& info) { return setName(info.param); });

} // namespace
} // namespace ponder::kernels
