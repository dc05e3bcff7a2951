#include "engine/backend/cpu_backend.h"
#include "engine/model/decoder.h"
#include "engine/model/expanded_latents.h"
#include "tests/engine/model/golden_models.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iostream>

namespace ponder::engine {
namespace {

// Of the largest logit. transformers and llama.cpp agree to 1e-5 on these models.
constexpr double kTolerance = 2e-5;

void expectGolden(const GoldenModel& golden, std::size_t chunk) {
    const Model model(GgufFile::open((golden.folder / "model.gguf").string(), GgufFile::Access::Weights));
    const auto expected = readFloats(golden.folder / "logits.f32");
    const auto got = logitsOf(model, readTokens(golden.folder / "tokens.json"), chunk);
    ASSERT_EQ(got.size(), expected.size());
    EXPECT_LE(relativeDifference(expected, got), kTolerance) << golden.name;
}

class GoldenLogits : public testing::TestWithParam<GoldenModel> {};

TEST_P(GoldenLogits, AgreeWhenEvaluatedTogether) {
    expectGolden(GetParam(), 1000);
}

TEST_P(GoldenLogits, AgreeWhenEvaluatedOneByOne) {
    expectGolden(GetParam(), 1);
}

TEST_P(GoldenLogits, AreTheSameBitForBitHoweverTheTokensAreCut) {
    const Model model(GgufFile::open((GetParam().folder / "model.gguf").string(), GgufFile::Access::Weights));
    const auto tokens = readTokens(GetParam().folder / "tokens.json");
    const auto together = logitsOf(model, tokens, 1000);
    EXPECT_EQ(logitsOf(model, tokens, 1), together);
    EXPECT_EQ(logitsOf(model, tokens, 7), together);
}

TEST_P(GoldenLogits, AreTheSameBitForBitAfterARewind) {
    const Model model(GgufFile::open((GetParam().folder / "model.gguf").string(), GgufFile::Access::Weights));
    const auto tokens = readTokens(GetParam().folder / "tokens.json");
    const auto expected = logitsOf(model, tokens, 1000);
    CpuBackend backend(2);
    const int length = static_cast<int>(tokens.size());
    Decoder decoder(model, backend, length);
    KvCache cache(model.config(), kernels::CacheType::F32, length);
    const auto all = std::span(tokens);
    const std::size_t kept = tokens.size() / 2 + 1;
    decoder.forward(all.first(kept), cache, LogitsOf::NoToken, {});
    cache.checkpoint();
    // Other words than those that follow.
    const std::vector<int> other(tokens.rbegin(), tokens.rbegin() + length / 3);
    decoder.forward(other, cache, LogitsOf::NoToken, {});
    ASSERT_EQ(cache.rewind(static_cast<int>(kept)), static_cast<int>(kept));
    decoder.forward(all.subspan(kept), cache, LogitsOf::EveryToken, {});
    const auto row = expected.size() / tokens.size();
    const std::vector<float> after(expected.begin() + static_cast<std::ptrdiff_t>(kept * row),
                                   expected.end());
    EXPECT_EQ(std::vector<float>(decoder.logits().begin(), decoder.logits().end()), after);
}

std::string nameOf(const testing::TestParamInfo<GoldenModel>& info) {
    std::string name = info.param.name;
    std::replace_if(
        name.begin(), name.end(), [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); }, '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Families, GoldenLogits, testing::ValuesIn(goldenModels()), nameOf);

/// So many tokens that latents are expanded in more than one block, and that few heads see much.
std::vector<int> repeated(const std::vector<int>& tokens) {
    std::vector<int> many;
    while (many.size() < ExpandedLatents::kPositions + 120)
        many.push_back(tokens[many.size() * many.size() % tokens.size()]);
    return many;
}

TEST(LatentForms, Agree) {
    int models = 0;
    for (const GoldenModel& golden : goldenModels()) {
        const Model model(GgufFile::open((golden.folder / "model.gguf").string(), GgufFile::Access::Weights));
        if (model.config().family->attention != AttentionKind::Latent) continue;
        if (model.config().layer.back().indexed) continue; // every token chooses its rows: never expanded
        ++models;
        const auto tokens = repeated(readTokens(golden.folder / "tokens.json"));
        const auto absorbed = logitsOf(model, tokens, Step::kLongTokens - 1);
        // At once, and in steps that begin in the middle of a block.
        for (const std::size_t chunk : {tokens.size(), std::size_t{300}}) {
            const auto expanded = logitsOf(model, tokens, chunk);
            EXPECT_LE(relativeDifference(absorbed, expanded), kTolerance) << golden.name << ", " << chunk;
            EXPECT_NE(absorbed, expanded) << golden.name << ": there is one form only";
        }
    }
    EXPECT_GT(models, 0);
}

TEST(LongSteps, AgreeWithShortOnes) {
    for (const GoldenModel& golden : goldenModels()) {
        const Model model(GgufFile::open((golden.folder / "model.gguf").string(), GgufFile::Access::Weights));
        if (model.config().family->attention != AttentionKind::Grouped) continue;
        const auto tokens = repeated(readTokens(golden.folder / "tokens.json"));
        const auto inShort = logitsOf(model, tokens, Step::kLongTokens - 1);
        const auto inLong = logitsOf(model, tokens, 300);
        EXPECT_LE(relativeDifference(inShort, inLong), kTolerance) << golden.name;
        EXPECT_EQ(inLong, logitsOf(model, tokens, 300, 3)) << golden.name << ": threads change bits";
    }
}

TEST(SharedHeads, AreTheSameBitForBitOnAnyNumberOfThreads) {
    for (const GoldenModel& golden : goldenModels()) {
        if (golden.name != "deepseek2-lite" && golden.name != "gemma3") continue;
        const Model model(GgufFile::open((golden.folder / "model.gguf").string(), GgufFile::Access::Weights));
        const auto tokens = repeated(readTokens(golden.folder / "tokens.json"));
        EXPECT_EQ(logitsOf(model, tokens, 3, 2), logitsOf(model, tokens, 3, 1)) << golden.name;
    }
}

TEST(GoldenLogitsElsewhere, OtherFamiliesAgree) {
    const auto models = moreGoldenModels();
    if (models.empty()) std::cout << "PONDER_GOLDEN is not there: 9 more models were not run\n";
    for (const GoldenModel& golden : models) {
        expectGolden(golden, 1000);
        expectGolden(golden, 1);
    }
}

} // namespace
} // namespace ponder::engine
