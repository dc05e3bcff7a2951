#include "tests/kernels/attention_rows.h"

#include <algorithm>
#include <utility>

namespace ponder::kernels {
namespace {

/// The heads of a prompt's tokens, two a token, each of which sees `window` positions up to its own.
struct PromptHeads {
    Attention rows;
    std::vector<float> queries, outputs, scratch;
    std::vector<AttentionHead> heads;
    const float sink = 0.4f;

    PromptHeads(CacheType type, std::int64_t length, std::int64_t valueLength, std::int64_t positions,
                std::int64_t count, std::int64_t window = 1 << 20)
        : rows(type, length, positions) {
        std::mt19937 random(11);
        queries = randomFloats(count * length, random, 2);
        outputs.assign(static_cast<std::size_t>(count * valueLength), NAN);
        for (std::int64_t i = 0; i < count; ++i) {
            const std::int64_t end = std::max<std::int64_t>(1, positions - (count - 1 - i) / 2);
            const std::int64_t first = std::max<std::int64_t>(0, end - window);
            AttentionHead head = rows.head;
            head.query = queries.data() + i * length;
            head.keys = rows.cachedKeys.data() + first * head.keyStride;
            head.values = rows.cachedValues.data() + first * head.valueStride;
            head.valueLength = valueLength;
            head.positions = end - first;
            head.sink = i % 3 == 0 ? &sink : nullptr;
            head.output = outputs.data() + i * valueLength;
            heads.push_back(head);
        }
    }
    const std::vector<float>& attend(const Operations& with) {
        std::fill(outputs.begin(), outputs.end(), NAN); // whatever lies there is not read
        attendNext(with);
        return outputs;
    }
    void attendNext(const Operations& with) {
        const auto count = static_cast<std::int64_t>(heads.size());
        scratch.assign(static_cast<std::size_t>(manyScratch(heads.data(), count)), NAN);
        with.attendMany(heads.data(), count, scratch.data());
    }
};

class AttendMany : public testing::TestWithParam<AttentionCase> {
protected:
    CacheType cache() const { return std::get<0>(GetParam()); }
    const Operations& tested() const { return operations(std::get<1>(GetParam())); }
};

class FastAttendMany : public AttendMany {};

TEST_P(FastAttendMany, AgreesWithReference) {
    for (const std::int64_t length : {6, 31, 64, 80, 128, 192}) {
        for (const std::int64_t count : {1, 5, 6, 7, 40, 131}) {
            for (const std::int64_t positions : {1, 3, 63, 64, 65, 300}) {
                for (const std::int64_t window : {1000, 20}) {
                    const std::int64_t values = length == 192 ? 128 : length;
                    PromptHeads prompt(cache(), length, values, positions, count, window);
                    const std::vector<float> expected = prompt.attend(operations(InstructionSet::Scalar));
                    const std::vector<float> got = prompt.attend(tested());
                    for (std::size_t i = 0; i < got.size(); ++i)
                        ASSERT_NEAR(got[i], expected[i], toleranceOf(GetParam(), 5e-6f))
                            << i << ": " << count << " heads of " << length << " see " << positions
                            << ", window " << window;
                }
            }
        }
    }
}

float rootMeanSquare(const std::vector<float>& x, const std::vector<float>& y) {
    double sum = 0;
    for (std::size_t i = 0; i < x.size(); ++i) sum += (x[i] - y[i]) * (x[i] - y[i]);
    return static_cast<float>(std::sqrt(sum / static_cast<double>(x.size())));
}

TEST_P(FastAttendMany, WordsRoundLittleMoreThanHalfPrecisionHas) {
    if (!inWords(GetParam())) return;
    for (const std::int64_t length : {64, 128, 576}) {
        for (const std::int64_t positions : {1, 40, 300, 2000}) {
            PromptHeads exact(CacheType::F32, length, length, positions, 32);
            PromptHeads halves(CacheType::F16, length, length, positions, 32);
            PromptHeads prompt(cache(), length, length, positions, 32);
            const float ofHalves = rootMeanSquare(exact.attend(operations(InstructionSet::Scalar)),
                                                  halves.attend(operations(InstructionSet::Scalar)));
            const std::vector<float> expected = prompt.attend(operations(InstructionSet::Scalar));
            const float ofWords = rootMeanSquare(prompt.attend(tested()), expected);
            EXPECT_LT(ofWords, 2 * ofHalves) << length << " numbers, " << positions << " positions";
        }
    }
}

TEST_P(AttendMany, PiecesOfThePositionsComeToTheSame) {
    for (const float spread : {1.f, 60.f}) { // of scores: the largest comes early or late
        PromptHeads prompt(cache(), 72, 40, 300, 33);
        for (AttentionHead& head : prompt.heads) head.scale *= spread;
        const std::vector<float> expected = prompt.attend(operations(InstructionSet::Scalar));
        std::vector<SoftmaxState> states(prompt.heads.size());
        const std::vector<AttentionHead> whole = prompt.heads;
        std::fill(prompt.outputs.begin(), prompt.outputs.end(), NAN);
        for (const auto& [first, end] : {std::pair(0, 64), std::pair(64, 201), std::pair(201, 300)}) {
            prompt.heads = whole;
            for (std::size_t i = 0; i < whole.size(); ++i) {
                AttentionHead& head = prompt.heads[i];
                head.keys = static_cast<const std::byte*>(head.keys) + first * head.keyStride;
                head.values = static_cast<const std::byte*>(head.values) + first * head.valueStride;
                head.positions = std::min<std::int64_t>(head.positions, end) - first;
                head.state = &states[i];
                if (first > 0) head.sink = nullptr;
            }
            prompt.attendNext(tested());
        }
        for (std::size_t i = 0; i < expected.size(); ++i)
            ASSERT_NEAR(prompt.outputs[i], expected[i], toleranceOf(GetParam(), 4e-6f) * spread) << i;
    }
}

TEST_P(AttendMany, CompanyThatBeginsAtTheSameRowChangesNothing) {
    PromptHeads prompt(cache(), 80, 80, 300, 40);
    const std::vector<float> together = prompt.attend(tested());
    std::fill(prompt.outputs.begin(), prompt.outputs.end(), NAN);
    for (AttentionHead& head : prompt.heads) tested().attendMany(&head, 1, prompt.scratch.data());
    EXPECT_EQ(together, prompt.outputs);
}

TEST_P(AttendMany, HugeScoresStayFiniteAndNotANumberVisible) {
    PromptHeads prompt(cache(), 64, 64, 150, 20);
    for (AttentionHead& head : prompt.heads) head.scale = 1e4f;
    for (const float x : prompt.attend(tested())) ASSERT_TRUE(std::isfinite(x));
    prompt.rows.keys[64 * 12] = NAN;
    const auto broken = Attention::cached(cache(), prompt.rows.keys, 64, prompt.rows.head.keyStride);
    for (AttentionHead& head : prompt.heads) head.keys = broken.data();
    for (const float x : prompt.attend(tested())) ASSERT_TRUE(std::isnan(x));
}

INSTANTIATE_TEST_SUITE_P(Caches, AttendMany,
                         testing::Combine(testing::ValuesIn(kCaches), testing::ValuesIn(availableSets())),
                         caseName);
INSTANTIATE_TEST_SUITE_P(Caches, FastAttendMany,
                         testing::Combine(testing::ValuesIn(kCaches), testing::ValuesIn(fastSets())),
                         caseName);

} // namespace
} // namespace ponder::kernels
