#include "kernels/matmul.h"

#include "kernels/activation_row.h"
#include "kernels/cpu/operations.h"
#include "kernels/dequantize.h"
#include "tests/kernels/product.h"
#include "tests/kernels/random_blocks.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <tuple>
#include <vector>

namespace ponder::kernels {
namespace {

const Operations& scalar() {
    return operations(InstructionSet::Scalar);
}

class Matmul : public testing::TestWithParam<std::tuple<TensorType, InstructionSet>> {
protected:
    TensorType type() const { return std::get<0>(GetParam()); }
    InstructionSet set() const { return std::get<1>(GetParam()); }
    const Operations& tested() const { return operations(set()); }
    // A few blocks, an odd number of blocks, and more than one group of eight of them; floats also without a
    // block.
    std::vector<std::int64_t> widths() const {
        const std::int64_t block = typeLayout(type()).elements;
        if (block == 1) return {1, 7, 8, 24, 43, 256, 300, 576};
        if (block == 256) return {256, 512, 1280};
        return {block, 5 * block, 8 * block, 19 * block};
    }
};

class FastMatmul : public Matmul {
protected:
    void expectNearReference(std::int64_t columns, std::int64_t rows, std::int64_t tokens) const {
        const Product product(type(), columns, rows, tokens, scalar());
        std::vector<float> expected = product.outputs(-7), got = product.outputs(-7);
        scalar().matmul(product.range(expected));
        tested().matmul(product.range(got));
        for (std::int64_t token = 0; token < tokens; ++token) {
            for (std::int64_t row = 0; row < rows + 3; ++row) {
                const auto at = static_cast<std::size_t>(token * (rows + 3) + row);
                const double tolerance = row < rows ? 2e-6 * product.magnitude(row, token) : 0;
                ASSERT_NEAR(got[at], expected[at], tolerance)
                    << columns << " columns, row " << row << " of " << rows << ", token " << token;
            }
        }
    }
};

TEST_P(FastMatmul, AgreesWithReference) {
    for (const std::int64_t columns : widths()) {
        for (const std::int64_t rows : {1, 3, 17}) {
            for (const std::int64_t tokens : {1, 2, 5, 9}) expectNearReference(columns, rows, tokens);
        }
    }
}

TEST_P(FastMatmul, AgreesWithReferenceBeyondOneTileOfTokens) {
    expectNearReference(widths().back(), 9, 67);
}

TEST_P(Matmul, ResultDependsNeitherOnRangeNorOnCompany) {
    const std::int64_t rows = 37, tokens = 67;
    const Product product(type(), widths().back(), rows, tokens, tested());
    std::vector<float> together = product.outputs(0), alone = product.outputs(0);
    tested().matmul(product.range(together));

    const std::size_t bytes = activationRowBytes(activationFormat(type()), product.columns);
    for (std::int64_t token = 0; token < tokens; ++token) {
        for (std::int64_t row = 0; row < rows; row += 5) {
            MatmulRange part = product.range(alone);
            part.rowBegin = row;
            part.rowEnd = std::min(row + 5, rows);
            part.activations = product.activations.data() + bytes * static_cast<std::size_t>(token);
            part.tokens = 1;
            part.output += token * part.outputStride;
            tested().matmul(part);
        }
    }
    EXPECT_EQ(std::memcmp(together.data(), alone.data(), together.size() * sizeof(float)), 0);
}

TEST_P(Matmul, NearTheProductOfFloats) {
    const std::int64_t columns = widths().back(), rows = 17;
    const Product product(type(), columns, rows, 1, tested());
    std::vector<float> got = product.outputs(0);
    tested().matmul(product.range(got));
    double error = 0, size = 0;
    for (std::int64_t row = 0; row < rows; ++row) {
        std::vector<float> weights(static_cast<std::size_t>(columns));
        dequantizeRow(type(),
                      product.weights.data() + 1 + static_cast<std::size_t>(row) * rowBytes(type(), columns),
                      weights.data(), columns);
        double exact = 0, squares = 0;
        for (std::size_t i = 0; i < weights.size(); ++i) {
            exact += static_cast<double>(weights[i]) * product.inputs[i];
            squares += static_cast<double>(weights[i]) * weights[i];
        }
        error += std::pow(got[static_cast<std::size_t>(row)] - exact, 2);
        size += squares; // the variance of the product, inputs having variance 1
    }
    const ActivationFormat format = activationFormat(type());
    const double most = format == ActivationFormat::F32     ? 1e-5
                        : format == ActivationFormat::Words ? 3e-4
                                                            : 0.02;
    EXPECT_LT(std::sqrt(error / size), most);
}

TEST_P(Matmul, NotANumberStaysVisible) {
    const std::int64_t columns = widths().back();
    Product product(type(), columns, 3, 1, tested());
    product.inputs[static_cast<std::size_t>(columns - 1)] = NAN;
    tested().convertActivations(activationFormat(type()), product.inputs.data(), columns,
                                product.activations.data());
    std::vector<float> got = product.outputs(0);
    tested().matmul(product.range(got));
    for (std::size_t row = 0; row < 3; ++row) EXPECT_TRUE(std::isnan(got[row])) << row;
}

std::string caseName(const testing::TestParamInfo<std::tuple<TensorType, InstructionSet>>& info) {
    return typeName(std::get<0>(info.param)) + "_" + setName(std::get<1>(info.param));
}

INSTANTIATE_TEST_SUITE_P(Types, Matmul,
                         testing::Combine(testing::ValuesIn(weightTypes()),
                                          testing::ValuesIn(availableSets())),
                         caseName);
INSTANTIATE_TEST_SUITE_P(Types, FastMatmul,
                         testing::Combine(testing::ValuesIn(weightTypes()), testing::ValuesIn(fastSets())),
                         caseName);

// Blocks are whole numbers, added in one order: wider vectors change no bit.
class WideMatmul : public testing::TestWithParam<TensorType> {};

TEST_P(WideMatmul, Avx512GivesTheBitsOfAvx2) {
    const std::int64_t block = typeLayout(GetParam()).elements;
    const std::int64_t columns = block == 1 ? 203 : 5 * block;
    for (const std::int64_t tokens : {1, 6}) {
        const Product product(GetParam(), columns, 19, tokens, scalar());
        std::vector<float> narrow = product.outputs(0), wide = product.outputs(0);
        operations(InstructionSet::Avx2).matmul(product.range(narrow));
        operations(InstructionSet::Avx512).matmul(product.range(wide));
        EXPECT_EQ(std::memcmp(narrow.data(), wide.data(), wide.size() * sizeof(float)), 0)
            << tokens << " tokens";
    }
}

std::vector<TensorType> typesOfWholeNumbers() {
    std::vector<TensorType> types;
    if (supportedInstructionSet() < InstructionSet::Avx512) return types;
    for (const TensorType type : weightTypes()) {
        if (activationFormat(type) != ActivationFormat::F32) types.push_back(type);
    }
    return types;
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(WideMatmul); // without AVX-512 there are none
INSTANTIATE_TEST_SUITE_P(Types, WideMatmul, testing::ValuesIn(typesOfWholeNumbers()),
                         [](const auto& info) { return typeName(info.param); });

std::string formatName(ActivationFormat format) {
    switch (format) {
    case ActivationFormat::F32:
        return "F32";
    case ActivationFormat::Q8_0:
        return "Q8_0";
    case ActivationFormat::Q8_K:
        return "Q8_K";
    case ActivationFormat::Words:
        return "Words";
    }
    return "";
}

class ConvertActivations : public testing::TestWithParam<std::tuple<ActivationFormat, InstructionSet>> {
protected:
    static constexpr std::int64_t kColumns = 1280;
    ActivationFormat format() const { return std::get<0>(GetParam()); }
    std::vector<std::byte> convert(const Operations& with, const std::vector<float>& x) const {
        std::vector<std::byte> row(activationRowBytes(format(), kColumns));
        with.convertActivations(format(), x.data(), kColumns, row.data());
        return row;
    }
    void expectEqual(const std::vector<float>& x) const {
        EXPECT_EQ(convert(operations(std::get<1>(GetParam())), x), convert(scalar(), x));
    }
};

TEST_P(ConvertActivations, EqualsReferenceBitForBit) {
    std::mt19937 random(5);
    for (const float deviation : {1e-30f, 1e-3f, 1.f, 1e4f, 1e30f}) {
        expectEqual(randomFloats(kColumns, random, deviation));
    }
}

TEST(ConvertToWords, FillsTheLastSegmentWithZeros) {
    std::mt19937 random(7);
    const std::vector<float> x = randomFloats(75, random);
    for (const InstructionSet set : availableSets()) {
        std::vector<std::byte> row(activationRowBytes(ActivationFormat::Words, 75), std::byte(0xEE));
        operations(set).convertActivations(ActivationFormat::Words, x.data(), 75, row.data());
        const WordsRow words = wordsRow(row.data(), 75);
        for (int i = 0; i < 128; ++i) {
            const float number = i < 75 ? x[static_cast<std::size_t>(i)] : 0;
            EXPECT_NEAR(words.values[i] * words.scales[i / 64], number, 0.51f * words.scales[i / 64]) << i;
        }
    }
}

TEST_P(ConvertActivations, ZeroAndVanishingRows) {
    expectEqual(std::vector<float>(kColumns, 0));
    expectEqual(std::vector<float>(kColumns, -0.f));
    expectEqual(std::vector<float>(kColumns, 1e-45f));
}

TEST_P(ConvertActivations, InfinityMakesItsBlockNotANumber) {
    std::mt19937 random(6);
    std::vector<float> x = randomFloats(kColumns, random);
    x[700] = -INFINITY;
    const auto row = convert(operations(std::get<1>(GetParam())), x);
    float scale;
    const std::size_t block = format() == ActivationFormat::F32     ? 700
                              : format() == ActivationFormat::Q8_0  ? 21
                              : format() == ActivationFormat::Words ? 10
                                                                    : 2;
    std::memcpy(&scale, row.data() + block * sizeof scale, sizeof scale);
    EXPECT_FALSE(std::isfinite(scale));
    expectEqual(x);
}

INSTANTIATE_TEST_SUITE_P(Formats, ConvertActivations,
                         testing::Combine(testing::Values(ActivationFormat::F32, ActivationFormat::Q8_0,
                                                          ActivationFormat::Q8_K, ActivationFormat::Words),
                                          testing::ValuesIn(fastSets())),
                         [](const auto& info) {
                             return formatName(std::get<0>(info.param)) + "_" +
                                    setName(std::get<1>(info.param));
                         });

TEST(ActivationRows, AreApartByWholeCacheLines) {
    EXPECT_EQ(activationRowBytes(ActivationFormat::F32, 7), 64u);
    EXPECT_EQ(activationRowBytes(ActivationFormat::Q8_0, 32), 64u);
    EXPECT_EQ(activationRowBytes(ActivationFormat::Q8_K, 256), 320u);
    EXPECT_EQ(activationRowBytes(ActivationFormat::Words, 65), 320u);
}

} // namespace
} // namespace ponder::kernels
