#include "engine/sampling/portable_exp.h"
#include "engine/sampling/sampler.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <functional>
#include <limits>
#include <random>

namespace ponder::engine {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

TokenId drawOne(Sampler& sampler, std::vector<float> logits, const std::vector<TokenId>& history = {}) {
    return sampler.next(logits, history);
}

/// Share of each token in many draws.
std::vector<double> shares(const SamplingSettings& settings, const std::vector<float>& logits,
                           const std::vector<TokenId>& history = {}) {
    constexpr int kDraws = 200'000;
    SamplingSettings seeded = settings;
    seeded.seed = 12345;
    Sampler sampler(seeded);
    std::vector<double> counts(logits.size());
    for (int i = 0; i < kDraws; ++i) {
        counts[static_cast<std::size_t>(drawOne(sampler, logits, history))] += 1.0 / kDraws;
    }
    return counts;
}

std::vector<double> softmax(const std::vector<float>& logits, double temperature) {
    std::vector<double> probabilities;
    double sum = 0;
    for (const float logit : logits) sum += std::exp(logit / temperature);
    for (const float logit : logits) probabilities.push_back(std::exp(logit / temperature) / sum);
    return probabilities;
}

void expectShares(const std::vector<double>& got, std::vector<double> weights) {
    double sum = 0;
    for (const double weight : weights) sum += weight;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const double expected = weights[i] / sum;
        if (expected == 0)
            EXPECT_EQ(got[i], 0) << i;
        else
            EXPECT_NEAR(got[i], expected, 5 * std::sqrt(expected / 200'000)) << i;
    }
}

const std::vector<float> kLogits = {0.5f, 2.0f, -1.0f, 1.0f, 2.5f, -kInfinity, 0.0f};

TEST(Sampler, DrawsFromTheSoftmaxAtItsTemperature) {
    for (const float temperature : {0.3f, 1.0f, 2.5f}) {
        expectShares(shares({.temperature = temperature}, kLogits), softmax(kLogits, temperature));
    }
}

TEST(Sampler, TopKKeepsTheLargest) {
    auto expected = softmax(kLogits, 1);
    for (const std::size_t dropped : {0u, 2u, 6u}) expected[dropped] = 0;
    expectShares(shares({.temperature = 1.0f, .topK = 3}, kLogits), expected);
}

TEST(Sampler, TopPKeepsTheFewestThatHoldTheShare) {
    // Best first: 0.475, 0.288, 0.106, 0.064, …
    auto expected = softmax(kLogits, 1);
    for (const std::size_t dropped : {0u, 2u, 6u}) expected[dropped] = 0;
    expectShares(shares({.temperature = 1.0f, .topP = 0.8f}, kLogits), expected);
    expected[3] = 0;
    expectShares(shares({.temperature = 1.0f, .topP = 0.76f}, kLogits), expected);
    expectShares(shares({.temperature = 1.0f, .topK = 5, .topP = 0.76f}, kLogits), expected);
    EXPECT_NEAR(shares({.temperature = 1.0f, .topP = 0.0f}, kLogits)[4], 1, 1e-9);
}

TEST(Sampler, TopPKeepsTheFewestOfMany) {
    std::mt19937 random(1);
    std::normal_distribution<float> normal(0, 2);
    std::vector<float> logits(400);
    for (float& logit : logits) logit = normal(random);
    auto expected = softmax(logits, 0.8);
    std::vector<double> best = expected;
    std::sort(best.begin(), best.end(), std::greater<>());
    std::size_t kept = 0;
    for (double held = 0; held < 0.9; ++kept) held += best[kept];
    for (double& probability : expected) probability = probability < best[kept - 1] ? 0 : probability;
    expectShares(shares({.temperature = 0.8f, .topP = 0.9f}, logits), expected);
}

TEST(Sampler, MinPDropsWhatIsUnlikelyBesideTheBest) {
    auto expected = softmax(kLogits, 1);
    for (const std::size_t dropped : {0u, 2u, 6u}) expected[dropped] = 0; // below 0.2 of the best
    expectShares(shares({.temperature = 1.0f, .minP = 0.2f}, kLogits), expected);
}

TEST(Sampler, TemperatureZeroTakesTheLargestAndOfEqualsTheFirst) {
    Sampler sampler({.temperature = 0.0f});
    EXPECT_EQ(drawOne(sampler, kLogits), 4);
    EXPECT_EQ(drawOne(sampler, {1, 3, 3, 2}), 1);
    EXPECT_EQ(drawOne(sampler, {-kInfinity, -7}), 1);
}

TEST(Sampler, OfEqualsTopKKeepsTheFirst) {
    std::vector<float> logits(1000, 1.0f);
    const auto got = shares({.temperature = 1.0f, .topK = 2}, logits);
    EXPECT_NEAR(got[0], 0.5, 0.01);
    EXPECT_NEAR(got[1], 0.5, 0.01);
}

TEST(Sampler, PenaltiesCountTheLastTokensOnly) {
    const std::vector<float> logits = {2, -1, 0.5f};
    const std::vector<TokenId> history = {2, 2, 0, 1, 0};
    expectShares(
        shares({.temperature = 1.0f, .repetitionPenalty = 2.0f, .penaltyTokens = 3}, logits, history),
        softmax({1, -2, 0.5f}, 1));
    expectShares(
        shares({.temperature = 1.0f, .presencePenalty = 0.5f, .frequencyPenalty = 0.25f, .penaltyTokens = 4},
               logits, history),
        softmax({2 - 0.5f - 0.5f, -1 - 0.5f - 0.25f, 0.5f - 0.5f - 0.25f}, 1));
    expectShares(
        shares({.temperature = 1.0f, .repetitionPenalty = 2.0f, .penaltyTokens = 0}, logits, history),
        softmax(logits, 1));
}

TEST(Sampler, BiasComesBeforeEverythingElse) {
    Sampler greedy({.temperature = 0.0f, .logitBias = {{2, 100.0f}, {99, 100.0f}, {-1, 100.0f}}});
    EXPECT_EQ(drawOne(greedy, {1, 2, 0}), 2);
    Sampler banning({.temperature = 0.0f, .logitBias = {{1, -kInfinity}}});
    EXPECT_EQ(drawOne(banning, {1, 2, 0}), 0);
}

TEST(Sampler, TheSameSeedGivesTheSameTokensEverywhere) {
    // Computed by another program from the same formulas.
    const std::vector<TokenId> expected = {20, 4, 31, 8, 27, 1, 4, 47, 8, 16, 4, 12};
    std::vector<float> logits(50);
    for (std::size_t i = 0; i < logits.size(); ++i) logits[i] = static_cast<float>((i * 37) % 50) / 10;
    Sampler sampler({.temperature = 0.9f, .topK = 30, .topP = 0.9f, .minP = 0.02f, .seed = 42});
    std::vector<TokenId> drawn;
    for (std::size_t i = 0; i < expected.size(); ++i) drawn.push_back(drawOne(sampler, logits));
    EXPECT_EQ(drawn, expected);
}

TEST(Sampler, DrawsASeedOfItsOwnAndTellsIt) {
    Sampler first({.temperature = 1.0f});
    Sampler second({.temperature = 1.0f});
    EXPECT_NE(first.seed(), second.seed());
    Sampler again({.temperature = 1.0f, .seed = first.seed()});
    for (int i = 0; i < 50; ++i) EXPECT_EQ(drawOne(first, kLogits), drawOne(again, kLogits));
}

TEST(Sampler, BrokenNumbersAreAnErrorInOneSentence) {
    for (const float temperature : {0.0f, 1.0f}) {
        Sampler sampler({.temperature = temperature, .topK = 2});
        EXPECT_THROW(drawOne(sampler, {1, kNan, 2}), Error);
        EXPECT_THROW(drawOne(sampler, {kNan, 1, 2}), Error);
        EXPECT_THROW(drawOne(sampler, {kNan, kNan}), Error);
        EXPECT_THROW(drawOne(sampler, {-kInfinity, -kInfinity}), Error);
        EXPECT_THROW(drawOne(sampler, {1, kInfinity}), Error);
        EXPECT_EQ(drawOne(sampler, {-kInfinity, 1}), 1);
    }
}

TEST(Sampler, SettingsOutOfRangeAreRefused) {
    const auto refuse = [](const SamplingSettings& settings) { EXPECT_THROW(Sampler{settings}, Error); };
    for (const float temperature : {-0.1f, kNan, kInfinity}) refuse({.temperature = temperature});
    for (const float share : {-0.5f, 1.5f, kNan}) {
        refuse({.topP = share});
        refuse({.minP = share});
    }
    for (const float penalty : {0.0f, -1.0f, kNan, kInfinity}) refuse({.repetitionPenalty = penalty});
    for (const float penalty : {kNan, kInfinity}) {
        refuse({.presencePenalty = penalty});
        refuse({.frequencyPenalty = penalty});
        refuse({.logitBias = {{1, penalty}}});
    }
    refuse({.topK = -1});
    refuse({.penaltyTokens = -5});
    EXPECT_NO_THROW(Sampler(SamplingSettings{}));
}

TEST(Sampler, WhatTheUserDidNotSetComesFromTheModelThenFromUs) {
    const SamplingSettings merged = Sampler::merged({.temperature = 0.1f}, {.temperature = 0.6f, .topK = 20});
    EXPECT_EQ(merged.temperature, 0.1f);
    EXPECT_EQ(merged.topK, 20);
    EXPECT_EQ(merged.topP, 0.95f);
    EXPECT_EQ(merged.minP, 0.05f);
    EXPECT_EQ(merged.repetitionPenalty, 1.0f);
}

TEST(Sampler, ChoosesFromALargeVocabularyInNoTime) {
    std::mt19937 random(1);
    std::normal_distribution<float> normal(0, 3);
    std::vector<float> logits(262'144);
    for (float& logit : logits) logit = normal(random);
    const std::vector<TokenId> history(4096, 7);
    const auto check = [&](const SamplingSettings& settings) {
        Sampler sampler(settings);
        std::clock_t took = std::numeric_limits<std::clock_t>::max();
        for (int i = 0; i < 5; ++i) {
            std::vector<float> work = logits;
            const std::clock_t start = std::clock();
            sampler.next(work, history);
            took = std::min(took, std::clock() - start);
        }
        const double milliseconds = 1000.0 * static_cast<double>(took) / CLOCKS_PER_SEC;
        EXPECT_LT(milliseconds, 200);
        if (std::getenv("PONDER_TIMES")) std::printf("%.2f ms\n", milliseconds);
    };
    check(Sampler::merged({.repetitionPenalty = 1.1f}, {}));
    check({.temperature = 1.0f});
    check({.temperature = 1.0f, .topP = 0.95f});
    check({.temperature = 1.0f, .topK = 100'000, .topP = 0.999f});
}

TEST(PortableExp, AgreesWithTheLibrary) {
    for (double x = 0; x > -700; x -= 0.137) {
        EXPECT_NEAR(portableExp(x) / std::exp(x), 1, 1e-14) << x;
    }
    EXPECT_EQ(portableExp(0), 1);
    EXPECT_EQ(portableExp(-1e9), 0);
    EXPECT_EQ(portableExp(-std::numeric_limits<double>::infinity()), 0);
}

TEST(PortableExp, OfManyIsThatOfEach) {
    std::vector<double> values;
    for (double x = 0; x > -710; x -= 0.137) values.push_back(x);
    values.push_back(-std::numeric_limits<double>::infinity());
    std::vector<double> powers = values;
    portableExp(powers);
    for (std::size_t i = 0; i < values.size(); ++i) EXPECT_EQ(powers[i], portableExp(values[i])) << values[i];
}

} // namespace
} // namespace ponder::engine
