#include "engine/model/router.h"

#include <gtest/gtest.h>

#include <cmath>

namespace ponder::engine {
namespace {

std::vector<Choice> choose(const MixtureSettings& settings, std::vector<float> logits,
                           std::vector<float> bias = {}) {
    std::vector<Choice> choices;
    chooseExperts(settings, logits, bias, choices);
    return choices;
}

TEST(Router, SoftmaxWeightsComeFromAllExperts) {
    const auto choices = choose({.experts = 3, .used = 2}, {0, std::log(2.0f), std::log(5.0f)});
    ASSERT_EQ(choices.size(), 2u);
    EXPECT_EQ(choices[0].expert, 2);
    EXPECT_NEAR(choices[0].weight, 5.0 / 8, 1e-6);
    EXPECT_EQ(choices[1].expert, 1);
    EXPECT_NEAR(choices[1].weight, 2.0 / 8, 1e-6);
}

TEST(Router, NormalisedWeightsSumToTheScale) {
    const auto choices =
        choose({.experts = 4, .used = 2, .normalise = Switch::On, .scale = 2.5f}, {1, 3, 2, 0});
    EXPECT_NEAR(choices[0].weight + choices[1].weight, 2.5, 1e-6);
}

TEST(Router, BiasMovesTheChoiceAndNotTheWeight) {
    const auto choices = choose({.experts = 3, .used = 1, .gate = RouterGate::Sigmoid}, {0, 1, 2}, {5, 0, 0});
    EXPECT_EQ(choices[0].expert, 0);
    EXPECT_NEAR(choices[0].weight, 0.5, 1e-6);
}

TEST(Router, SoftmaxOfTheChosenIgnoresTheOthers) {
    const auto choices = choose({.experts = 4, .used = 2, .gate = RouterGate::SoftmaxOfChosen}, {9, 9, 0, 0});
    EXPECT_NEAR(choices[0].weight, 0.5, 1e-6);
    EXPECT_NEAR(choices[1].weight, 0.5, 1e-6);
}

TEST(Router, TiesGoToTheLowerIndex) {
    const auto choices = choose({.experts = 4, .used = 2}, {1, 1, 1, 1});
    EXPECT_EQ(choices[0].expert, 0);
    EXPECT_EQ(choices[1].expert, 1);
}

TEST(Router, SigmoidGroupsCountByTheirTwoBest) {
    // One group has the single best expert, the other the better pair.
    const MixtureSettings settings{
        .experts = 4, .used = 1, .groups = 2, .groupsUsed = 1, .gate = RouterGate::Sigmoid};
    EXPECT_EQ(choose(settings, {3, -9, 2, 2})[0].expert, 2);
}

TEST(Router, SoftmaxGroupsCountByTheirBest) {
    const MixtureSettings settings{.experts = 4, .used = 1, .groups = 2, .groupsUsed = 1};
    EXPECT_EQ(choose(settings, {3, -9, 2.9f, 2.9f})[0].expert, 0);
}

TEST(Router, NotANumberChoosesWithoutHarm) {
    const auto choices = choose({.experts = 4, .used = 2, .gate = RouterGate::Sigmoid}, {NAN, NAN, NAN, 1});
    EXPECT_EQ(choices[0].expert, 3);
    EXPECT_EQ(choices.size(), 2u);
}

TEST(Router, TheRootOfSoftplusGrowsAsARootDoes) {
    const auto choices = choose({.experts = 3, .used = 3, .gate = RouterGate::RootOfSoftplus}, {0, 100, -30});
    EXPECT_EQ(choices[0].expert, 1);
    EXPECT_NEAR(choices[0].weight, 10, 1e-5);
    EXPECT_NEAR(choices[1].weight, std::sqrt(std::log(2.0)), 1e-6);
    EXPECT_NEAR(choices[2].weight, std::exp(-15.0), 1e-9);
}

TEST(Router, ExpertsChosenElsewhereAreWeighedInTheirOrder) {
    std::vector<float> logits{0, std::log(2.0f), std::log(5.0f)};
    std::vector<Choice> choices;
    const std::int32_t experts[] = {0, 2};
    weighExperts({.experts = 3, .used = 2, .normalise = Switch::On, .scale = 1.5f}, logits, experts, choices);
    ASSERT_EQ(choices.size(), 2u);
    EXPECT_EQ(choices[0].expert, 0);
    EXPECT_EQ(choices[1].expert, 2);
    EXPECT_NEAR(choices[0].weight, 1.5 * 1 / 6, 1e-6);
    EXPECT_NEAR(choices[1].weight, 1.5 * 5 / 6, 1e-6);
}

} // namespace
} // namespace ponder::engine
