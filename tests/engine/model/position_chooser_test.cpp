#include "engine/model/position_chooser.h"

#include "engine/backend/cpu_backend.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace ponder::engine {
namespace {

constexpr std::int64_t kLength = 32;

std::vector<float> randomNumbers(std::int64_t count, std::uint32_t seed) {
    std::mt19937 random(seed);
    std::vector<float> numbers;
    for (std::int64_t i = 0; i < count; ++i)
        numbers.push_back(static_cast<float>(static_cast<std::int32_t>(random())) * 0x1p-31f);
    return numbers;
}

Matrix matrixOf(const std::vector<float>& keys) {
    return {kernels::TensorType::F32, reinterpret_cast<const std::byte*>(keys.data()), kLength,
            static_cast<std::int64_t>(keys.size()) / kLength};
}

std::vector<std::int64_t> choose(const std::vector<float>& keys, const std::vector<float>& queries,
                                 const std::vector<float>& weights, std::int64_t count,
                                 std::int64_t capacity = 5000) {
    CpuBackend backend(2);
    PositionChooser chooser(backend);
    const auto chosen = chooser.choose({.keys = matrixOf(keys),
                                        .queries = queries.data(),
                                        .weights = weights.data(),
                                        .heads = static_cast<int>(weights.size()),
                                        .count = count,
                                        .capacity = capacity});
    return {chosen.begin(), chosen.end()};
}

/// A query that reads the first number of a key.
std::vector<float> firstNumber() {
    std::vector<float> query(kLength, 0.0f);
    query[0] = 1;
    return query;
}

std::vector<float> keysWithFirstNumbers(std::initializer_list<float> numbers) {
    std::vector<float> keys;
    for (float number : numbers) {
        keys.push_back(number);
        keys.resize(keys.size() + kLength - 1, 0.0f);
    }
    return keys;
}

TEST(PositionChooser, TakesTheGreatestScoresInTheOrderOfTheRows) {
    constexpr std::int64_t kRows = 5000; // several slices
    constexpr int kHeads = 3;
    const auto keys = randomNumbers(kRows * kLength, 1);
    const auto queries = randomNumbers(kHeads * kLength, 2);
    const std::vector<float> weights{0.5f, -0.25f, 1.0f};
    std::vector<std::pair<double, std::int64_t>> scores;
    for (std::int64_t row = 0; row < kRows; ++row) {
        double score = 0;
        for (std::int64_t head = 0; head < kHeads; ++head) {
            double product = 0;
            for (std::int64_t i = 0; i < kLength; ++i) {
                product += static_cast<double>(queries[static_cast<std::size_t>(head * kLength + i)]) *
                           keys[static_cast<std::size_t>(row * kLength + i)];
            }
            score += weights[static_cast<std::size_t>(head)] * std::max(0.0, product);
        }
        scores.emplace_back(-score, row);
    }
    std::sort(scores.begin(), scores.end());
    std::vector<std::int64_t> expected;
    for (int i = 0; i < 100; ++i) expected.push_back(scores[static_cast<std::size_t>(i)].second);
    std::sort(expected.begin(), expected.end());
    EXPECT_EQ(choose(keys, queries, weights, 100), expected);
}

TEST(PositionChooser, ANegativeProductCountsAsNothing) {
    // With a negative weight the rows whose product is positive come last.
    EXPECT_EQ(choose(keysWithFirstNumbers({3, -5, 2, -1}), firstNumber(), {-1}, 3),
              (std::vector<std::int64_t>{1, 2, 3}));
}

TEST(PositionChooser, OfEqualRowsSomeAreTakenAndNeverOneThatIsNotThere) {
    for (const std::int64_t capacity : {5, 6, 64, 1000}) {
        const auto chosen =
            choose(keysWithFirstNumbers({-1, -2, 7, -3, -4}), firstNumber(), {1}, 3, capacity);
        ASSERT_EQ(chosen.size(), 3u);
        EXPECT_TRUE(std::is_sorted(chosen.begin(), chosen.end()));
        EXPECT_NE(std::find(chosen.begin(), chosen.end(), 2), chosen.end()) << "the one with a score";
        EXPECT_LT(chosen.back(), 5);
    }
}

TEST(PositionChooser, NotANumberIsChosenLast) {
    EXPECT_EQ(choose(keysWithFirstNumbers({NAN, 1, NAN, 2}), firstNumber(), {1}, 2),
              (std::vector<std::int64_t>{1, 3}));
    const auto chosen = choose(keysWithFirstNumbers({NAN, NAN, NAN}), firstNumber(), {NAN}, 2);
    ASSERT_EQ(chosen.size(), 2u);
    EXPECT_LT(chosen.back(), 3) << "not one that is not there";
}

TEST(PositionChooser, AllRowsCanBeChosen) {
    EXPECT_EQ(choose(keysWithFirstNumbers({1, 3, 2}), firstNumber(), {1}, 3),
              (std::vector<std::int64_t>{0, 1, 2}));
}

} // namespace
} // namespace ponder::engine
