#include "kernels/cpu/operations.h"
#include "tests/kernels/random_blocks.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace ponder::kernels {
namespace {

class Transposed : public testing::TestWithParam<InstructionSet> {
protected:
    static constexpr std::int64_t kGap = 3; // between the rows of inputs and outputs

    std::vector<float> multiply(InstructionSet set, std::int64_t tokens) const {
        std::vector<float> output(static_cast<std::size_t>(tokens * (columns + kGap)), -1.f);
        operations(set).multiplyTransposed({.weights = weights.data(),
                                            .rows = rows,
                                            .columns = columns,
                                            .input = input.data(),
                                            .inputStride = rows + kGap,
                                            .tokens = tokens,
                                            .output = output.data(),
                                            .outputStride = columns + kGap});
        return output;
    }
    void draw(std::int64_t height, std::int64_t width, std::int64_t tokens) {
        std::mt19937 random(9);
        rows = height;
        columns = width;
        weights = randomFloats(rows * columns, random);
        input = randomFloats(tokens * (rows + kGap), random);
    }

    std::int64_t rows = 0, columns = 0;
    std::vector<float> weights, input;
};

TEST_P(Transposed, AgreesWithReferenceAndLeavesTheGapsAlone) {
    for (const std::int64_t height : {1, 31, 128, 129, 512}) {
        for (const std::int64_t width : {1, 7, 8, 40, 100, 128}) {
            draw(height, width, 7);
            const std::vector<float> expected = multiply(InstructionSet::Scalar, 7);
            const std::vector<float> got = multiply(GetParam(), 7);
            for (std::size_t i = 0; i < got.size(); ++i)
                ASSERT_NEAR(got[i], expected[i], 1e-4) << i << " of " << height << " × " << width;
        }
    }
}

TEST_P(Transposed, OtherTokensChangeNothing) {
    draw(200, 45, 8);
    const std::vector<float> all = multiply(GetParam(), 8);
    for (std::int64_t tokens = 1; tokens < 8; ++tokens) {
        const std::vector<float> some = multiply(GetParam(), tokens);
        EXPECT_TRUE(std::equal(some.begin(), some.end(), all.begin())) << tokens;
    }
}

INSTANTIATE_TEST_SUITE_P(Sets, Transposed, testing::ValuesIn(availableSets()),
                         [](const auto& info) { return setName(info.param); });

} // namespace
} // namespace ponder::kernels
