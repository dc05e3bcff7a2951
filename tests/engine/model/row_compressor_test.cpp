#include "engine/model/row_compressor.h"

#include "tests/support/temp_dir.h"
#include "tests/support/tiny_model.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace ponder::engine {
namespace {

class RowCompressorTest : public testing::TestWithParam<int> {
protected:
    RowCompressorTest() {
        const int layer = ratio_ == kOverlappingRatio ? 0 : 1;
        weights_ = model_.layer(layer).compressed.compressor;
        std::mt19937 random(3);
        const auto draw = [&] { return static_cast<float>(static_cast<std::int32_t>(random())) * 0x1p-29f; };
        for (std::int64_t i = 0; i < positions_ * projected_; ++i) {
            values_.push_back(draw());
            gates_.push_back(draw());
        }
    }

    static Model openTiny() {
        const tests::TempDir folder;
        tests::tinyModel({.family = tests::TinyFamily::Deepseek4}).write(folder / "model.gguf");
        return Model(GgufFile::open((folder / "model.gguf").string(), GgufFile::Access::Weights));
    }

    /// All rows, the compressor's numbers carried from one position to the next.
    std::vector<float> rows(std::int64_t count) {
        RowCompressor compressor(model_);
        std::vector<float> carried(static_cast<std::size_t>(RowCompressor::carriedNumbers(ratio_, length_)));
        std::vector<float> rows, row(static_cast<std::size_t>(length_));
        for (std::int64_t position = 0; position < count; ++position) {
            const bool whole = compressor.take({.weights = weights_,
                                                .ratio = ratio_,
                                                .length = length_,
                                                .position = position,
                                                .values = values_.data() + position * projected_,
                                                .gates = gates_.data() + position * projected_},
                                               carried.data(), row.data());
            EXPECT_EQ(whole, (position + 1) % ratio_ == 0);
            if (whole) rows.insert(rows.end(), row.begin(), row.end());
        }
        return rows;
    }

    /// Row `block` by the formula: softmax over all places at once.
    std::vector<double> expectedRow(std::int64_t block) const {
        std::vector<double> row;
        double squares = 0;
        for (std::int64_t i = 0; i < length_; ++i) {
            double sum = 0, weights = 0;
            const auto add = [&](std::int64_t position, std::int64_t column) {
                const auto at = static_cast<std::size_t>(position * projected_ + column);
                const auto place = static_cast<std::size_t>(position % ratio_ * projected_ + column);
                const double weight = std::exp(static_cast<double>(gates_[at]) +
                                               static_cast<double>(weights_.placeBias[place]));
                weights += weight;
                sum += weight * values_[at];
            };
            for (int t = 0; t < ratio_; ++t) {
                if (ratio_ == kOverlappingRatio && block > 0) add((block - 1) * ratio_ + t, i);
                add(block * ratio_ + t, projected_ - length_ + i);
            }
            row.push_back(sum / weights);
            squares += row.back() * row.back();
        }
        const double scale =
            1 / std::sqrt(squares / static_cast<double>(length_) + model_.config().normEpsilon);
        for (std::size_t i = 0; i < row.size(); ++i) row[i] *= scale * weights_.norm[i];
        const RopeTable rope(model_.config().rope, {});
        const std::size_t first = row.size() - static_cast<std::size_t>(rope.dimensions());
        for (std::size_t pair = 0; pair < rope.frequencies().size(); ++pair) {
            const double angle = static_cast<double>(block * ratio_) * rope.frequencies()[pair];
            double& x = row[first + 2 * pair];
            double& y = row[first + 2 * pair + 1];
            const double turned = x * std::cos(angle) - y * std::sin(angle);
            y = x * std::sin(angle) + y * std::cos(angle);
            x = turned;
        }
        return row;
    }

    const Model model_ = openTiny();
    const int ratio_ = GetParam();
    const std::int64_t length_ = model_.config().keyLength;
    const std::int64_t projected_ = RowCompressor::projectedNumbers(ratio_, length_);
    const std::int64_t positions_ = 5 * ratio_ + 3;
    CompressorWeights weights_;
    std::vector<float> values_, gates_;
};

TEST_P(RowCompressorTest, ARowIsTheSoftmaxOfItsBlockNormedAndRotated) {
    const std::vector<float> rows = this->rows(positions_);
    ASSERT_EQ(rows.size(), static_cast<std::size_t>(5 * length_));
    for (std::int64_t block = 0; block < 5; ++block) {
        const std::vector<double> expected = expectedRow(block);
        for (std::size_t i = 0; i < expected.size(); ++i) {
            EXPECT_NEAR(rows[static_cast<std::size_t>(block * length_) + i], expected[i], 2e-5)
                << "block " << block << " number " << i;
        }
    }
}

TEST_P(RowCompressorTest, LaterPositionsChangeNoRow) {
    const std::vector<float> some = rows(2 * ratio_ + 1);
    std::vector<float> all = rows(positions_);
    all.resize(some.size());
    EXPECT_EQ(some, all);
}

INSTANTIATE_TEST_SUITE_P(Ratios, RowCompressorTest, testing::Values(kOverlappingRatio, kPlainRatio));

} // namespace
} // namespace ponder::engine
