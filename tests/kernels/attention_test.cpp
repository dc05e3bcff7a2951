#include "kernels/attention.h"

#include "kernels/half.h"
#include "tests/kernels/attention_rows.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <tuple>
#include <utility>
#include <vector>

namespace ponder::kernels {
namespace {

class AttendHead : public testing::TestWithParam<AttentionCase> {
protected:
    CacheType cache() const { return std::get<0>(GetParam()); }
    const Operations& tested() const { return operations(std::get<1>(GetParam())); }
    void expectNearReference(Attention& attention) const {
        attention.attend(operations(InstructionSet::Scalar));
        const std::vector<float> expected = attention.output;
        attention.attend(tested());
        for (std::size_t i = 0; i < expected.size(); ++i)
            ASSERT_NEAR(attention.output[i], expected[i], 3e-6) << i;
    }
};

class FastAttendHead : public AttendHead {};

/// The answer when the first positions of `attention` are given by themselves, then the next ones, and so on.
std::vector<float> inPieces(Attention& attention, const Operations& with,
                            const std::vector<std::int64_t>& lengths) {
    SoftmaxState state;
    // Whatever lies there is not read.
    std::fill(attention.output.begin(), attention.output.end(), NAN);
    AttentionHead piece = attention.head;
    piece.state = &state;
    for (const std::int64_t length : lengths) {
        piece.positions = length;
        attendHeads(with, &piece, 1, attention.scratch.data());
        piece.keys = static_cast<const std::byte*>(piece.keys) + length * piece.keyStride;
        piece.values = static_cast<const std::byte*>(piece.values) + length * piece.valueStride;
        piece.sink = nullptr;
    }
    return attention.output;
}

TEST_P(FastAttendHead, AgreesWithReference) {
    for (const std::int64_t length : {6, 8, 31, 40, 64, 80, 96, 128, 192, 256, 576}) {
        for (const std::int64_t positions : {1, 3, 4, 17, 300}) {
            Attention attention(cache(), length, positions);
            SCOPED_TRACE(std::to_string(length) + " numbers, " + std::to_string(positions) + " positions");
            expectNearReference(attention);
        }
    }
}

// Heads of several tokens, which see more and more, or slide; and several heads of one.
TEST_P(AttendHead, CompanyChangesNothing) {
    for (const std::int64_t window : {1000, 7}) {
        for (const std::int64_t length : {40, 64, 576}) {
            Attention all(cache(), length, 61);
            std::mt19937 random(3);
            for (std::int64_t count = 1; count <= kMostHeads; count += 3) {
                std::vector<float> queries = randomFloats(count * length, random);
                std::vector<float> together(queries.size()), alone(queries.size());
                const float sink = 0.3f;
                std::vector<AttentionHead> heads;
                for (std::int64_t i = 0; i < count; ++i) {
                    AttentionHead head = all.head;
                    const std::int64_t end = 61 - (count - 1) / 2 + i / 2;
                    const std::int64_t first = std::max<std::int64_t>(0, end - window);
                    head.query = queries.data() + i * length;
                    head.keys = all.cachedKeys.data() + first * head.keyStride;
                    head.values = all.cachedValues.data() + first * head.valueStride;
                    head.positions = end - first;
                    head.sink = i % 2 == 0 ? &sink : nullptr;
                    head.output = together.data() + i * length;
                    heads.push_back(head);
                }
                std::vector<float> scratch(static_cast<std::size_t>(attentionScratch(heads.data(), count)));
                attendHeads(tested(), heads.data(), count, scratch.data());
                for (std::int64_t i = 0; i < count; ++i) {
                    heads[static_cast<std::size_t>(i)].output = alone.data() + i * length;
                    attendHeads(tested(), &heads[static_cast<std::size_t>(i)], 1, scratch.data());
                }
                ASSERT_EQ(std::memcmp(together.data(), alone.data(), alone.size() * sizeof(float)), 0)
                    << count << " heads of " << length << ", window " << window;
            }
        }
    }
}

TEST_P(AttendHead, PiecesOfThePositionsComeToTheSame) {
    for (const std::int64_t length : {6, 40, 192}) {
        for (const float spread : {1.f, 60.f}) { // of scores: the largest comes early or late
            Attention attention(cache(), length, 301);
            const float sink = 0.7f;
            attention.head.sink = &sink;
            attention.head.scale *= spread;
            attention.attend(operations(InstructionSet::Scalar));
            const std::vector<float> expected = attention.output;
            for (const auto& lengths :
                 {std::vector<std::int64_t>{301}, {1, 300}, {300, 1}, {16, 3, 250, 32}, {100, 100, 101}}) {
                const std::vector<float> got = inPieces(attention, tested(), lengths);
                for (std::size_t i = 0; i < got.size(); ++i)
                    ASSERT_NEAR(got[i], expected[i], 3e-6 * spread)
                        << i << " of " << length << ", " << lengths.size() << " pieces";
            }
        }
    }
}

TEST_P(AttendHead, StepsInRangesAreTheWholeBitForBit) {
    constexpr std::int64_t kHeads = 5, kLength = 80, kPositions = 333;
    Attention all(cache(), kLength, kPositions);
    std::mt19937 random(4);
    const std::vector<float> queries = randomFloats(kHeads * kLength, random);
    std::vector<float> whole(queries.size()), inSteps(queries.size());
    std::vector<AttentionHead> heads(kHeads, all.head);
    for (std::int64_t i = 0; i < kHeads; ++i) {
        AttentionHead& head = heads[static_cast<std::size_t>(i)];
        head.query = queries.data() + i * kLength;
        head.positions = kPositions - i;
        head.output = whole.data() + i * kLength;
    }
    std::vector<float> scratch(static_cast<std::size_t>(attentionScratch(heads.data(), kHeads)));
    attendHeads(tested(), heads.data(), kHeads, scratch.data());
    for (std::size_t i = 0; i < heads.size(); ++i)
        heads[i].output = inSteps.data() + i * static_cast<std::size_t>(kLength);
    std::fill(scratch.begin(), scratch.end(), NAN);
    // Backwards: ranges do not wait for one another.
    for (std::int64_t at = 320; at >= 0; at -= 64)
        tested().scoreHeads(heads.data(), kHeads, {at, at + 64}, scratch.data());
    for (std::int64_t i = kHeads; i-- > 0;)
        tested().weighHeads(heads.data(), kHeads, {i, i + 1}, scratch.data());
    for (std::int64_t at = 64; at >= 0; at -= 32)
        tested().mixHeads(heads.data(), kHeads, {at, at + 32}, scratch.data());
    EXPECT_EQ(inSteps, whole);
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
    attention.attend(tested());
    for (std::size_t i = 0; i < 8; ++i) EXPECT_NEAR(attention.output[i], attention.values[i] / 2, 1e-6);
}

TEST_P(AttendHead, HugeScoresStayFinite) {
    Attention attention(cache(), 64, 33);
    attention.head.scale = 1e4f;
    attention.attend(tested());
    for (const float x : attention.output) EXPECT_TRUE(std::isfinite(x));
}

TEST_P(AttendHead, NotANumberStaysVisible) {
    Attention attention(cache(), 64, 33);
    attention.keys[64 * 12] = NAN;
    attention.cachedKeys = Attention::cached(cache(), attention.keys, 64, attention.head.keyStride);
    attention.head.keys = attention.cachedKeys.data();
    attention.attend(tested());
    for (const float x : attention.output) EXPECT_TRUE(std::isnan(x));
}

/// Heads whose values are the first numbers of their keys, as a latent row is.
struct SharedRows {
    static constexpr std::int64_t kHeads = 7;
    Attention rows;
    std::vector<float> queries, outputs, scratch;
    std::vector<AttentionHead> heads;
    const float sink = 0.4f;

    SharedRows(CacheType type, std::int64_t length, std::int64_t valueLength, std::int64_t positions)
        : rows(type, length, positions) {
        std::mt19937 random(9);
        queries = randomFloats(kHeads * length, random, 2);
        outputs.assign(static_cast<std::size_t>(kHeads * valueLength), NAN);
        for (std::int64_t i = 0; i < kHeads; ++i) {
            AttentionHead head = rows.head;
            head.query = queries.data() + i * length;
            head.values = head.keys;
            head.valueLength = valueLength;
            head.positions = std::max<std::int64_t>(1, positions - 40 * (kHeads - 1 - i));
            head.sink = i == 3 ? &sink : nullptr;
            head.output = outputs.data() + i * valueLength;
            heads.push_back(head);
        }
    }
    const std::vector<float>& attend(const Operations& with) {
        std::fill(outputs.begin(), outputs.end(), NAN); // whatever lies there is not read
        scratch.assign(static_cast<std::size_t>(attentionScratch(heads.data(), kHeads)), NAN);
        attendHeads(with, heads.data(), kHeads, scratch.data());
        return outputs;
    }
    /// The same with values that are a copy of the keys: not split.
    std::vector<float> attendCopied(const Operations& with) {
        const std::vector<std::byte> copy = rows.cachedKeys;
        for (AttentionHead& head : heads) head.values = copy.data();
        const std::vector<float> result = attend(with);
        for (AttentionHead& head : heads) head.values = head.keys;
        return result;
    }
};

TEST_P(AttendHead, RowsThatAreKeyAndValueComeToTheSame) {
    for (const std::int64_t length : {6, 40, 72, 576}) {
        for (const std::int64_t positions : {1, 3, 17, 127, 128, 129, 256, 257, 700}) {
            const std::int64_t values = length == 576 ? 512 : length - 3;
            SharedRows shared(cache(), length, values, positions);
            ASSERT_TRUE(sharesRows(shared.heads.front()));
            const std::vector<float> expected = shared.attendCopied(operations(InstructionSet::Scalar));
            const std::vector<float> got = shared.attend(tested());
            for (std::size_t i = 0; i < got.size(); ++i)
                ASSERT_NEAR(got[i], expected[i], toleranceOf(GetParam(), 5e-6f))
                    << i << " of " << length << " numbers, " << positions << " positions";
        }
    }
}

TEST_P(AttendHead, CompanyChangesNothingForRowsThatAreKeyAndValue) {
    SharedRows shared(cache(), 72, 64, 700);
    // A sliding head sees other rows first.
    AttentionHead& sliding = shared.heads[2];
    sliding.keys = sliding.values = static_cast<const std::byte*>(sliding.keys) + 100 * sliding.keyStride;
    sliding.positions -= 100;
    const std::vector<float> together = shared.attend(tested());
    std::fill(shared.outputs.begin(), shared.outputs.end(), NAN);
    for (AttentionHead& head : shared.heads) attendHeads(tested(), &head, 1, shared.scratch.data());
    EXPECT_EQ(together, shared.outputs);
}

TEST_P(AttendHead, HugeScoresOfSharedRowsStayFinite) {
    SharedRows shared(cache(), 64, 64, 300);
    for (AttentionHead& head : shared.heads) head.scale = 1e4f;
    for (const float x : shared.attend(tested())) EXPECT_TRUE(std::isfinite(x));
}

TEST(SplitAttention, SplitsOnAnyThreadAreTheWholeBitForBit) {
    for (const CacheType type : kCaches) {
        SharedRows shared(type, 80, 64, 700);
        std::vector<float> scratch(
            static_cast<std::size_t>(attentionScratch(shared.heads.data(), SharedRows::kHeads)));
        attendHeads(shared.heads.data(), SharedRows::kHeads, scratch.data());
        const std::vector<float> whole = shared.outputs;
        const std::int64_t splits = attentionSplits(shared.heads.data(), SharedRows::kHeads);
        ASSERT_EQ(splits, 3);
        const std::int64_t numbers = splitNumbers(shared.heads.data(), SharedRows::kHeads);
        std::vector<float> answers(static_cast<std::size_t>(splits * numbers), NAN);
        for (std::int64_t split = splits; split-- > 0;) // backwards: they do not wait for one another
            attendSplit(shared.heads.data(), SharedRows::kHeads, split, answers.data() + split * numbers);
        std::fill(shared.outputs.begin(), shared.outputs.end(), NAN);
        for (std::int64_t i = SharedRows::kHeads; i-- > 0;)
            joinSplits(shared.heads.data(), SharedRows::kHeads, {i, i + 1}, answers.data());
        EXPECT_EQ(shared.outputs, whole);
    }
}

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

class CacheBlocks : public testing::TestWithParam<InstructionSet> {};

TEST_P(CacheBlocks, AgreeWithReferenceBitForBit) {
    std::mt19937 random(5);
    for (const std::int64_t n : {1, 31, 32, 33, 80, 576}) {
        for (const float size : {1e-9f, 1e-4f, 1.f, 300.f, 1e7f}) {
            const std::vector<float> x = randomFloats(n, random, size);
            std::vector<std::byte> expected(cacheRowBytes(CacheType::Q8_0, n)), got(expected.size());
            operations(InstructionSet::Scalar).convertToQ8_0(x.data(), expected.data(), n);
            operations(GetParam()).convertToQ8_0(x.data(), got.data(), n);
            EXPECT_EQ(got, expected) << n << " numbers of " << size;
        }
    }
}

TEST(CacheRows, AreReadAsTheyWereStored) {
    std::mt19937 random(8);
    for (const std::int64_t n : {1, 31, 32, 40, 576}) {
        const std::vector<float> x = randomFloats(n, random);
        for (const auto& [type, tolerance] :
             {std::pair(CacheType::F32, 0.f), std::pair(CacheType::F16, 1e-3f),
              std::pair(CacheType::Q8_0, 2e-2f), std::pair(CacheType::Words, 3e-4f)}) {
            std::vector<std::byte> row(cacheRowBytes(type, n));
            storeCacheRow(type, x.data(), row.data(), n);
            std::vector<float> back(x.size());
            loadCacheRow(type, row.data(), back.data(), n);
            for (std::size_t i = 0; i < x.size(); ++i)
                ASSERT_NEAR(back[i], x[i], tolerance) << i << " of " << n;
        }
    }
}

TEST_P(CacheBlocks, AreWithinHalfAStepOfTheNumbers) {
    std::mt19937 random(6);
    const std::vector<float> x = randomFloats(96, random);
    std::vector<std::byte> row(cacheRowBytes(CacheType::Q8_0, 96));
    operations(GetParam()).convertToQ8_0(x.data(), row.data(), 96);
    for (std::size_t i = 0; i < x.size(); ++i) {
        const std::byte* block = row.data() + i / 32 * 34;
        std::uint16_t half;
        std::memcpy(&half, block, sizeof half);
        const float step = halfToFloat(half);
        const float back = step * static_cast<float>(static_cast<std::int8_t>(block[2 + i % 32]));
        // The largest of a block may lie a rounding of the scale beyond the last level.
        EXPECT_NEAR(back, x[i], step * 0.57f) << i;
    }
}

TEST_P(CacheBlocks, TheRestOfTheLastBlockIsZero) {
    const std::vector<float> x(5, 1.f);
    std::vector<std::byte> row(cacheRowBytes(CacheType::Q8_0, 5), std::byte{0x5A});
    operations(GetParam()).convertToQ8_0(x.data(), row.data(), 5);
    ASSERT_EQ(row.size(), 34u);
    for (std::size_t i = 2 + 5; i < row.size(); ++i) EXPECT_EQ(row[i], std::byte{0});
}

TEST_P(CacheBlocks, ABrokenNumberBreaksItsBlockAlone) {
    for (const float broken : {NAN, INFINITY, -INFINITY}) {
        std::vector<float> x(64, 1.f);
        x[40] = broken;
        std::vector<std::byte> row(cacheRowBytes(CacheType::Q8_0, 64));
        operations(GetParam()).convertToQ8_0(x.data(), row.data(), 64);
        std::uint16_t first, second;
        std::memcpy(&first, row.data(), sizeof first);
        std::memcpy(&second, row.data() + 34, sizeof second);
        EXPECT_FALSE(std::isnan(halfToFloat(first)));
        EXPECT_TRUE(std::isnan(halfToFloat(second)));
    }
}

INSTANTIATE_TEST_SUITE_P(Sets, CacheBlocks, testing::ValuesIn(availableSets()),
                         [](const auto& info) { return setName(info.param); });

} // namespace
} // namespace ponder::kernels
