#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <functional>
#include <iostream>
#include <nlohmann/json.hpp>
#include <numeric>
#include <span>

#include "tests/engine/model/golden_models.h"

namespace ponder::engine {
namespace {

/// The Kullback-Leibler divergence of `got` from `expected`, logits of one position.
double divergence(std::span<const float> expected, std::span<const float> got) {
    const auto logOfSum = [](std::span<const float> logits) {
        const double largest = *std::max_element(logits.begin(), logits.end());
        double sum = 0;
        for (const float logit : logits) sum += std::exp(logit - largest);
        return largest + std::log(sum);
    };
    const double ofExpected = logOfSum(expected);
    const double ofGot = logOfSum(got);
    double result = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const double likelihood = expected[i] - ofExpected;
        result += std::exp(likelihood) * (likelihood - (got[i] - ofGot));
    }
    return result;
}

/// Divergences of all positions, the largest first.
std::vector<double> divergences(const std::vector<float>& expected, const std::vector<float>& got,
                                std::size_t vocabulary) {
    std::vector<double> result;
    for (std::size_t at = 0; at + vocabulary <= expected.size(); at += vocabulary) {
        result.push_back(
            divergence(std::span(expected).subspan(at, vocabulary), std::span(got).subspan(at, vocabulary)));
    }
    std::sort(result.begin(), result.end(), std::greater<>());
    return result;
}

/// Activations rounded to 8 bits cost what they cost another engine, or nothing that matters.
void expectClose(const GoldenModel& golden) {
    const Model model(GgufFile::open((golden.folder / "model.gguf").string(), GgufFile::Access::Weights));
    std::ifstream file(golden.folder / "meta.json");
    const auto meta = nlohmann::json::parse(file);
    const auto expected = readFloats(golden.folder / "logits.f32");
    const auto tokens = readTokens(golden.folder / "tokens.json");
    const auto got = logitsOf(model, tokens, tokens.size());
    ASSERT_LT(relativeDifference(expected, got), INFINITY) << golden.name;
    EXPECT_EQ(logitsOf(model, tokens, 1), got) << golden.name;

    // Where two experts score nearly alike, rounding may choose the other one, and that position is another
    // continuation: one of a mixture's is left aside.
    const auto all = divergences(expected, got, meta["vocabulary"]);
    const auto rest = std::span(all).subspan(model.config().mixture.experts > 0 ? 1 : 0);
    const double mean = std::accumulate(rest.begin(), rest.end(), 0.0) / static_cast<double>(rest.size());
    EXPECT_LE(mean, std::max(1.5 * meta["llama_cpp"]["kl"].get<double>(), 2e-3)) << golden.name;
}

TEST(GoldenQuantised, ModelsInTheTreeAreClose) {
    const auto models = quantisedModels();
    EXPECT_FALSE(models.empty());
    for (const GoldenModel& golden : models) expectClose(golden);
}

TEST(GoldenQuantised, ModelsElsewhereAreClose) {
    const auto models = moreQuantisedModels();
    if (models.empty()) std::cout << "PONDER_GOLDEN is not there: 20 more models were not run\n";
    for (const GoldenModel& golden : models) expectClose(golden);
}

} // namespace
} // namespace ponder::engine
