#include "kernels/attention.h"

#include "kernels/cpu/operations.h"
#include "kernels/half.h"
#include "tests/kernels/random_blocks.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <tuple>
#include <vector>

namespace ponder::kernels {
namespace {

struct Attention {
    std::vector<float> query, keys, values, scores, output;
    std::vector<std::uint16_t> halfKeys, halfValues;
    AttentionHead head;

    Attention(CacheType type, std::int64_t length, std::int64_t positions, unsigned seed = 1) {
        std::mt19937 random(seed);
        const std::int64_t stride = length + 5;
        query = randomFloats(length, random, 2);
        keys = randomFloats(stride * positions, random);
        values = randomFloats(stride * positions, random);
        scores.resize(static_cast<std::size_t>(positions));
        output.resize(static_cast<std::size_t>(length));
        for (float x : keys) halfKeys.push_back(floatToHalf(x));
        for (float x : values) halfValues.push_back(floatToHalf(x));
        const bool half = type == CacheType::F16;
        head = {.query = query.data(),
                .keyLength = length,
                .cacheType = type,
                .keys = half ? static_cast<const void*>(halfKeys.data()) : keys.data(),
                .keyStride = stride,
                .values = half ? static_cast<const void*>(halfValues.data()) : values.data(),
                .valueStride = stride,
                .valueLength = length,
                .positions = positions,
                .scale = 1 / std::sqrt(static_cast<float>(length)),
                .scores = scores.data(),
                .output = output.data()};
    }
};

class AttendHead : public testing::TestWithParam<std::tuple<CacheType, InstructionSet>> {
protected:
    CacheType cache() const { return std::get<0>(GetParam()); }
    const Operations& tested() const { return operations(std::get<1>(GetParam())); }
    void expectNearReference(Attention& attention) const {
        operations(InstructionSet::Scalar).attendHead(attention.head);
        const std::vector<float> expected = attention.output;
        tested().attendHead(attention.head);
        for (std::size_t i = 0; i < expected.size(); ++i)
            ASSERT_NEAR(attention.output[i], expected[i], 3e-6) << i;
    }
};

class FastAttendHead : public AttendHead {};

TEST_P(FastAttendHead, AgreesWithReference) {
    for (const std::int64_t length : {6, 8, 64, 80, 128, 192, 256, 576}) {
        for (const std::int64_t positions : {1, 3, 4, 17, 300}) {
            Attention attention(cache(), length, positions);
            SCOPED_TRACE(std::to_string(length) + " numbers, " + std::to_string(positions) + " positions");
            expectNearReference(attention);
        }
    }
}

TEST_P(FastAttendHead, SinkTakesItsShare) {
    for (const float sink : {-3.f, 0.5f, 40.f}) {
        Attention attention(cache(), 64, 19);
        attention.head.sink = &sink;
        expectNearReference(attention);
    }
}

TEST_P(AttendHead, SinkOfEqualWeightHalvesTheOutput) {
    Attention attention(CacheType::F32, 8, 1);
    float score = 0;
    for (std::size_t i = 0; i < 8; ++i) score += attention.query[i] * attention.keys[i];
    score *= attention.head.scale;
    attention.head.sink = &score;
    tested().attendHead(attention.head);
    for (std::size_t i = 0; i < 8; ++i) EXPECT_NEAR(attention.output[i], attention.values[i] / 2, 1e-6);
}

TEST_P(AttendHead, HugeScoresStayFinite) {
    Attention attention(cache(), 64, 33);
    attention.head.scale = 1e4f;
    tested().attendHead(attention.head);
    for (const float x : attention.output) EXPECT_TRUE(std::isfinite(x));
}

TEST_P(AttendHead, NotANumberStaysVisible) {
    Attention attention(CacheType::F32, 64, 33);
    attention.keys[69 * 12] = NAN;
    tested().attendHead(attention.head);
    for (const float x : attention.output) EXPECT_TRUE(std::isnan(x));
}

std::string caseName(const testing::TestParamInfo<std::tuple<CacheType, InstructionSet>>& info) {
    return std::string(std::get<0>(info.param) == CacheType::F32 ? "F32_" : "F16_") +
           setName(std::get<1>(info.param));
}

constexpr CacheType kCaches[] = {CacheType::F32, CacheType::F16};
INSTANTIATE_TEST_SUITE_P(Caches, AttendHead,
                         testing::Combine(testing::ValuesIn(kCaches), testing::ValuesIn(availableSets())),
                         caseName);
INSTANTIATE_TEST_SUITE_P(Caches, FastAttendHead,
                         testing::Combine(testing::ValuesIn(kCaches), testing::ValuesIn(fastSets())),
                         caseName);

class Halves : public testing::TestWithParam<InstructionSet> {};

TEST_P(Halves, EveryHalfSurvivesTheRoundTrip) {
    std::vector<std::uint16_t> all, back(65536);
    for (unsigned i = 0; i < 65536; ++i) all.push_back(static_cast<std::uint16_t>(i));
    std::vector<float> wide(65536);
    const Operations& tested = operations(GetParam());
    tested.convertFromF16(all.data(), wide.data(), 65536);
    tested.convertToF16(wide.data(), back.data(), 65536);
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (std::isnan(wide[i])) {
            EXPECT_TRUE((back[i] & 0x7FFF) > 0x7C00) << i;
        } else {
            ASSERT_EQ(back[i], all[i]);
        }
    }
}

TEST_P(Halves, RoundToNearestEven) {
    std::vector<float> x = {1 + 0x1p-11f, 1 + 3 * 0x1p-11f, 65519.f,    65520.f, -65536.f, 0x1p-25f,
                            0x1.8p-25f,   0x1p-24f,         0x1.8p-24f, -0.f,    INFINITY};
    x.resize(16, 0x1.ffcp-15f);
    const std::vector<std::uint16_t> expected = {0x3C00, 0x3C02, 0x7BFF, 0x7C00, 0xFC00, 0,
                                                 1,      1,      2,      0x8000, 0x7C00};
    std::vector<std::uint16_t> got(x.size());
    operations(GetParam()).convertToF16(x.data(), got.data(), static_cast<std::int64_t>(x.size()));
    for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_EQ(got[i], expected[i]) << x[i];
    EXPECT_EQ(got[15], 0x0400); // rounds up into the smallest normal
}

TEST_P(Halves, AgreeWithReferenceOnRandomBits) {
    std::mt19937 random(3);
    std::vector<float> x(100'003);
    for (float& value : x) {
        const auto bits = static_cast<std::uint32_t>(random());
        std::memcpy(&value, &bits, sizeof bits);
    }
    std::vector<std::uint16_t> got(x.size());
    operations(GetParam()).convertToF16(x.data(), got.data(), static_cast<std::int64_t>(x.size()));
    for (std::size_t i = 0; i < x.size(); ++i) ASSERT_EQ(got[i], floatToHalf(x[i])) << x[i];
}

INSTANTIATE_TEST_SUITE_P(Sets, Halves, testing::ValuesIn(availableSets()),
                         [](const auto& info) { return setName(info.param); });

} // namespace
} // namespace ponder::kernels
