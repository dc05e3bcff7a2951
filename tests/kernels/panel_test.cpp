#include "kernels/panel.h"

#include "kernels/panel_shape.h"
#include "tests/kernels/product.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <tuple>
#include <vector>

namespace ponder::kernels {
namespace {

std::vector<TensorType> panelTypes() {
    std::vector<TensorType> types = weightTypes();
    std::erase_if(types, [](TensorType type) { return !hasPanelLayout(type); });
    return types;
}

std::vector<std::uint8_t> packed(const Product& product) {
    const std::size_t row = rowBytes(product.type, product.columns);
    const std::size_t panel = panelBytes(product.type, product.columns);
    std::vector<std::uint8_t> panels(panelsBytes(product.type, product.columns, product.rows), 0xEE);
    for (std::int64_t first = 0; first < product.rows; first += kPanelRows) {
        packPanel(product.type, product.weights.data() + 1 + static_cast<std::size_t>(first) * row,
                  std::min(kPanelRows, product.rows - first), product.columns,
                  panels.data() + static_cast<std::size_t>(first / kPanelRows) * panel);
    }
    return panels;
}

MatmulRange rangeInPanels(const Product& product, const std::vector<std::uint8_t>& panels,
                          std::vector<float>& output) {
    MatmulRange range = product.range(output);
    range.weights = panels.data();
    range.inPanels = true;
    return range;
}

class Panels : public testing::TestWithParam<std::tuple<TensorType, InstructionSet>> {
protected:
    TensorType type() const { return std::get<0>(GetParam()); }
    const Operations& tested() const { return operations(std::get<1>(GetParam())); }
    std::vector<std::int64_t> widths() const {
        const std::int64_t block = typeLayout(type()).elements;
        if (block == 1) return {1, 7, 64, 263, 320, 576};
        return {block, 5 * block, 19 * block};
    }
};

TEST_P(Panels, GiveTheBitsOfRowsInFileOrder) {
    for (const std::int64_t columns : widths()) {
        for (const std::int64_t rows : {1, 16, 19, 40}) {
            for (const std::int64_t tokens : {1, 2, 3, 4, 5, 8, 13, 67}) {
                const Product product(type(), columns, rows, tokens, tested());
                const std::vector<std::uint8_t> panels = packed(product);
                std::vector<float> expected = product.outputs(-7), got = product.outputs(-7);
                tested().matmul(product.range(expected));
                tested().matmul(rangeInPanels(product, panels, got));
                ASSERT_EQ(std::memcmp(got.data(), expected.data(), got.size() * sizeof(float)), 0)
                    << columns << " columns, " << rows << " rows, " << tokens << " tokens";
            }
        }
    }
}

// Sixteen tokens fill a tile, 256 share what is unpacked: what is left over begins earlier.
TEST_P(Panels, AnyNumberOfTokensGivesTheSame) {
    const std::int64_t columns = 2 * typeLayout(type()).elements;
    for (const std::int64_t tokens : {12, 15, 16, 17, 31, 256, 259}) {
        const Product product(type(), columns, 35, tokens, tested());
        const std::vector<std::uint8_t> panels = packed(product);
        std::vector<float> expected = product.outputs(-7), got = product.outputs(-7);
        MatmulRange range = rangeInPanels(product, panels, got);
        tested().matmul(range);
        range.tokens = 1;
        for (std::int64_t token = 0; token < tokens; ++token) {
            range.output = expected.data() + token * range.outputStride;
            range.activations = product.activationsOf(token);
            tested().matmul(range);
        }
        ASSERT_EQ(std::memcmp(got.data(), expected.data(), got.size() * sizeof(float)), 0)
            << tokens << " tokens";
    }
}

TEST_P(Panels, ResultDependsNotOnTheRange) {
    const Product product(type(), widths().back(), 70, 3, tested());
    const std::vector<std::uint8_t> panels = packed(product);
    std::vector<float> together = product.outputs(-7), apart = product.outputs(-7);
    MatmulRange range = rangeInPanels(product, panels, together);
    tested().matmul(range);
    range.output = apart.data();
    for (const auto& [begin, end] : {std::pair(48, 70), {0, 16}, {16, 41}, {32, 48}}) {
        range.rowBegin = begin;
        range.rowEnd = end;
        tested().matmul(range);
    }
    EXPECT_EQ(std::memcmp(together.data(), apart.data(), apart.size() * sizeof(float)), 0);
}

INSTANTIATE_TEST_SUITE_P(
    Types, Panels, testing::Combine(testing::ValuesIn(panelTypes()), testing::ValuesIn(availableSets())),
    [](const auto& info) {
        return typeName(std::get<0>(info.param)) + "_" + setName(std::get<1>(info.param));
    });

class PanelBytes : public testing::TestWithParam<TensorType> {};

TEST_P(PanelBytes, AreThoseOfTheRows) {
    const std::int64_t block = typeLayout(GetParam()).elements;
    const std::int64_t columns = block == 1 ? 203 : 3 * block;
    for (const std::int64_t rows : {1, 7, 16}) {
        const Product product(GetParam(), columns, rows, 1, operations(InstructionSet::Scalar));
        const std::vector<std::uint8_t> panel = packed(product);
        const std::size_t row = rowBytes(GetParam(), columns);
        ASSERT_GE(panel.size(), 16 * row);
        const auto lines =
            holdsHalves(GetParam()) ? static_cast<std::size_t>(wordSegments(columns) + 1) / 2 : 0;
        ASSERT_LE(panel.size(), 16 * row + 48 + 64 * lines);
        std::vector<std::uint8_t> unpacked(row);
        for (std::int64_t r = 0; r < kPanelRows; ++r) {
            unpackPanelRow(GetParam(), panel.data(), r, columns, unpacked.data());
            if (r < rows)
                EXPECT_EQ(std::memcmp(unpacked.data(),
                                      product.weights.data() + 1 + static_cast<std::size_t>(r) * row, row),
                          0);
            else
                EXPECT_EQ(unpacked, std::vector<std::uint8_t>(row, 0));
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Types, PanelBytes, testing::ValuesIn(panelTypes()),
                         [](const auto& info) { return typeName(info.param); });

} // namespace
} // namespace ponder::kernels
