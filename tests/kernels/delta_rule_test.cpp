#include "kernels/delta_rule.h"

#include "kernels/cpu/operations.h"
#include "tests/kernels/random_blocks.h"

#include <gtest/gtest.h>

#include <cmath>
#include <tuple>
#include <vector>

namespace ponder::kernels {
namespace {

/// A head of random inputs among those of another one: strides are wider than what is read.
struct Rule {
    std::int64_t keyLength, valueLength, tokens;
    std::vector<float> inputs, decays, writes, before, after, output;

    Rule(std::int64_t key, std::int64_t value, std::int64_t count)
        : keyLength(key), valueLength(value), tokens(count) {
        std::mt19937 random(5);
        inputs = randomFloats(tokens * stride(), random, 0.3f);
        for (std::int64_t t = 0; t < tokens; ++t) {
            decays.insert(decays.end(), {std::exp(-0.1f * static_cast<float>(t % 7)), 7});
            writes.insert(writes.end(), {0.2f + 0.1f * static_cast<float>(t % 5), 7});
        }
        before = randomFloats(keyLength * valueLength, random);
        after.assign(before.size(), NAN);
        output.assign(static_cast<std::size_t>(tokens * (valueLength + 1)), NAN);
    }

    std::int64_t stride() const { return 2 * keyLength + valueLength + 3; }

    /// Tokens [first, first + count), from the state `from`.
    DeltaHead head(std::int64_t first, std::int64_t count, const std::vector<float>& from,
                   std::vector<float>& to) {
        const float* queries = inputs.data() + first * stride();
        return {.queries = queries,
                .keys = queries + keyLength,
                .values = queries + 2 * keyLength,
                .inputStride = stride(),
                .decays = decays.data() + 2 * first,
                .writes = writes.data() + 2 * first,
                .gateStride = 2,
                .before = from.data(),
                .after = to.data(),
                .output = output.data() + first * (valueLength + 1),
                .outputStride = valueLength + 1,
                .keyLength = keyLength,
                .valueLength = valueLength,
                .tokens = count};
    }
};

/// The rule by matrices, in double precision.
std::vector<double> expectedOutput(const Rule& rule, std::vector<double>& state) {
    std::vector<double> output;
    const auto n = static_cast<std::size_t>(rule.keyLength);
    for (std::int64_t t = 0; t < rule.tokens; ++t) {
        const float* query = rule.inputs.data() + t * rule.stride();
        const float* key = query + n;
        const float* value = key + n;
        const double decay = rule.decays[static_cast<std::size_t>(2 * t)];
        const double write = rule.writes[static_cast<std::size_t>(2 * t)];
        for (std::size_t j = 0; j < static_cast<std::size_t>(rule.valueLength); ++j) {
            double known = 0, seen = 0;
            for (std::size_t i = 0; i < n; ++i) known += decay * state[j * n + i] * key[i];
            for (std::size_t i = 0; i < n; ++i) {
                state[j * n + i] = decay * state[j * n + i] + write * (value[j] - known) * key[i];
                seen += state[j * n + i] * query[i];
            }
            output.push_back(seen);
        }
    }
    return output;
}

class DeltaRule : public testing::TestWithParam<InstructionSet> {
protected:
    const Operations& tested() const { return operations(GetParam()); }
};

constexpr std::pair<std::int64_t, std::int64_t> kShapes[] = {{1, 1}, {7, 5}, {16, 16}, {40, 6}, {128, 128}};

TEST_P(DeltaRule, FollowsItsFormula) {
    for (const auto& [key, value] : kShapes) {
        Rule rule(key, value, 9);
        std::vector<double> state(rule.before.begin(), rule.before.end());
        const std::vector<double> expected = expectedOutput(rule, state);
        tested().applyDeltaRule(rule.head(0, rule.tokens, rule.before, rule.after));
        for (std::size_t i = 0; i < state.size(); ++i) ASSERT_NEAR(rule.after[i], state[i], 1e-5) << key;
        for (std::int64_t i = 0; i < rule.tokens * value; ++i) {
            const std::int64_t at = i / value * (value + 1) + i % value;
            ASSERT_NEAR(rule.output[static_cast<std::size_t>(at)], expected[static_cast<std::size_t>(i)],
                        2e-5)
                << key;
        }
    }
}

TEST_P(DeltaRule, IsTheSameBitForBitHoweverTheTokensAreCut) {
    Rule together(40, 6, 9), cut(40, 6, 9);
    tested().applyDeltaRule(together.head(0, 9, together.before, together.after));
    std::vector<float> between(cut.before.size());
    tested().applyDeltaRule(cut.head(0, 4, cut.before, between));
    tested().applyDeltaRule(cut.head(4, 5, between, cut.after));
    EXPECT_EQ(cut.after, together.after);
    // Between the rows lies what nobody writes, and no NaN is like another.
    for (std::size_t i = 6; i < cut.output.size(); i += 7) cut.output[i] = together.output[i] = 0;
    EXPECT_EQ(cut.output, together.output);
}

TEST_P(DeltaRule, WritesNothingBesideItsOutput) {
    Rule rule(7, 5, 3);
    tested().applyDeltaRule(rule.head(0, 3, rule.before, rule.after));
    for (std::size_t i = 5; i < rule.output.size(); i += 6) EXPECT_TRUE(std::isnan(rule.output[i]));
}

INSTANTIATE_TEST_SUITE_P(Sets, DeltaRule, testing::ValuesIn(availableSets()),
                         [](const auto& info) { return setName(info.param); });

} // namespace
} // namespace ponder::kernels
