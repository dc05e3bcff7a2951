#include "kernels/dequantize.h"

#include <gtest/gtest.h>

#include <bit>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/places.h"

namespace ponder::kernels {
namespace {

std::vector<std::uint8_t> readBytes(const std::string& name) {
    std::ifstream file(PONDER_SOURCE_DIR "/tests/golden/quants/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

class GoldenQuants : public testing::TestWithParam<std::string> {};

TEST_P(GoldenQuants, EqualBitForBit) {
    const TypeLayout* layout = findTypeLayout(GetParam());
    ASSERT_NE(layout, nullptr);
    const std::vector<std::uint8_t> blocks = readBytes(GetParam() + ".bin");
    const std::vector<std::uint8_t> expectedBytes = readBytes(GetParam() + ".f32");
    const std::size_t count = expectedBytes.size() / sizeof(float);
    ASSERT_EQ(count, 64u * static_cast<std::size_t>(layout->elements));
    ASSERT_EQ(blocks.size(), rowBytes(layout->type, static_cast<std::int64_t>(count)));

    std::vector<float> values(count);
    dequantizeRow(layout->type, blocks.data(), values.data(), static_cast<std::int64_t>(count));

    const auto* expected = reinterpret_cast<const std::uint32_t*>(expectedBytes.data());
    std::size_t different = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (std::bit_cast<std::uint32_t>(values[i]) == expected[i]) continue;
        if (different++ == 0) {
            ADD_FAILURE() << "value " << i << ": " << values[i] << ", expected "
                          << std::bit_cast<float>(expected[i]);
        }
    }
    EXPECT_EQ(different, 0u);
}

TEST_P(GoldenQuants, IsAWeightType) {
    EXPECT_TRUE(isWeightType(findTypeLayout(GetParam())->type));
}

INSTANTIATE_TEST_SUITE_P(Types, GoldenQuants,
                         testing::Values("Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0", "Q2_K", "Q3_K", "Q4_K",
                                         "Q5_K", "Q6_K", "IQ2_XXS", "IQ2_XS", "IQ3_XXS", "IQ1_S", "IQ4_NL",
                                         "IQ3_S", "IQ2_S", "IQ4_XS", "IQ1_M", "BF16", "TQ1_0", "TQ2_0",
                                         "MXFP4", "NVFP4", "Q1_0", "Q2_0"),
                         [](const auto& info) { return info.param; });

TEST(Dequantize, RefusesTypesThatHoldNoWeights) {
    EXPECT_FALSE(isWeightType(TensorType::I32));
    EXPECT_FALSE(isWeightType(TensorType::Q8_K));
}

} // namespace
} // namespace ponder::kernels
