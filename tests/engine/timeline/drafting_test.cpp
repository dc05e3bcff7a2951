// Drafting changes when tokens come, never which.

#include "engine/backend/cpu_backend.h"
#include "engine/timeline/prefix_store.h"
#include "engine/timeline/timeline.h"
#include "tests/support/draft_head.h"
#include "tests/support/image_of_file.h"
#include "tests/support/temp_dir.h"
#include "tests/support/tiny_model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>

#include "tests/places.h"

namespace ponder::engine {
namespace {

using tests::Guesses;
using tests::TinyFamily;

struct Case {
    std::string name;
    TinyFamily family = TinyFamily::Deepseek2;
    Guesses guesses = Guesses::AsIfByTokens;
    kernels::CacheType cacheType = kernels::CacheType::F16;
    int threads = 1;
    std::string golden = {}; ///< the trunk, instead of a tiny one
};

void PrintTo(const Case& each, std::ostream* stream) {
    *stream << each.name;
}

std::vector<TokenId> prompt(int length, int step = 37) {
    std::vector<TokenId> tokens;
    for (int i = 0; i < length; ++i) tokens.push_back(i * step % 250);
    return tokens;
}

std::vector<std::byte> rowsOf(const Timeline& timeline, int positions) {
    std::vector<std::byte> bytes;
    for (const auto stretch : timeline.cache().rows(0, positions))
        bytes.insert(bytes.end(), stretch.begin(), stretch.end());
    return bytes;
}

class DraftingTest : public testing::TestWithParam<Case> {
protected:
    DraftingTest() : model_(open()), backend_(GetParam().threads) {}

    Timeline timeline(Drafting drafting, int contextTokens = 1024) {
        return {model_,
                backend_,
                {.contextTokens = contextTokens, .cacheType = GetParam().cacheType, .drafting = drafting}};
    }

    static std::vector<TokenId> draw(Timeline& timeline, Sampler& sampler, int count) {
        std::vector<TokenId> drawn;
        for (int i = 0; i < count; ++i) drawn.push_back(*timeline.next(sampler, {}));
        return drawn;
    }

    static Sampler sampler(float temperature, std::uint64_t seed, float repetitionPenalty = 1) {
        return Sampler(Sampler::merged(
            {.temperature = temperature, .repetitionPenalty = repetitionPenalty, .seed = seed}, {}));
    }

    /// What both write behind the same prompt.
    void expectTheSame(Timeline& plain, Timeline& drafted, float temperature, std::uint64_t seed, int count) {
        Sampler forPlain = sampler(temperature, seed);
        Sampler forDrafted = sampler(temperature, seed);
        EXPECT_EQ(draw(drafted, forDrafted, count), draw(plain, forPlain, count))
            << "temperature " << temperature << ", seed " << seed;
        const int both = std::min(plain.cache().length(), drafted.cache().length());
        EXPECT_EQ(rowsOf(drafted, both), rowsOf(plain, both));
    }

    bool guessesWell() const { return GetParam().guesses == Guesses::AsIfByTokens; }

private:
    Model open() {
        const std::string golden =
            PONDER_SOURCE_DIR "/tests/golden/models/" + GetParam().golden + "/model.gguf";
        tests::GgufImage image = GetParam().golden.empty()
                                     ? tests::tinyModel({.family = GetParam().family, .contextTokens = 1024})
                                     : tests::imageOfFile(golden);
        if (guessesWell()) tests::dampBlocks(image, 0.02f);
        tests::addDraftHead(image, {.guesses = GetParam().guesses});
        image.write(folder_ / "model.gguf");
        return Model(GgufFile::open((folder_ / "model.gguf").string(), GgufFile::Access::Weights));
    }

    tests::TempDir folder_;

protected:
    Model model_;
    CpuBackend backend_;
};

TEST_P(DraftingTest, TokensAreThoseOfPlainDecodingAtEveryTemperature) {
    for (const float temperature : {0.0f, 0.4f, 1.0f, 1.5f}) {
        Timeline plain = timeline(Drafting::Off);
        Timeline drafted = timeline(Drafting::Always);
        for (const std::uint64_t seed : {1u, 2u, 3u}) {
            plain.sync(prompt(20), {}, {});
            drafted.sync(prompt(20), {}, {});
            expectTheSame(plain, drafted, temperature, seed, 60);
        }
        EXPECT_EQ(plain.draftCounts().made, 0);
        EXPECT_GT(drafted.draftCounts().made, 3 * 20);
        const DraftCounts counts = drafted.draftCounts();
        std::cout << "temperature " << temperature << ": " << counts.right << " of " << counts.made
                  << " right\n";
        EXPECT_TRUE(!guessesWell() || temperature > 0.4f || counts.right > 20);
        EXPECT_TRUE(temperature == 0 || counts.right < counts.made);
    }
}

TEST_P(DraftingTest, PenaltiesSeeTheSameHistory) {
    Timeline plain = timeline(Drafting::Off);
    Timeline drafted = timeline(Drafting::Always);
    plain.sync(prompt(20), {}, {});
    drafted.sync(prompt(20), {}, {});
    Sampler forPlain = sampler(0.3f, 5, 1.3f);
    Sampler forDrafted = sampler(0.3f, 5, 1.3f);
    EXPECT_EQ(draw(drafted, forDrafted, 80), draw(plain, forPlain, 80));
}

TEST_P(DraftingTest, AndInALongConversation) {
    Timeline plain = timeline(Drafting::Off);
    Timeline drafted = timeline(Drafting::Always);
    plain.sync(prompt(700), {}, {});
    drafted.sync(prompt(700), {}, {});
    for (const std::uint64_t seed : {1u, 2u}) expectTheSame(plain, drafted, 0.5f, seed, 60);
}

TEST_P(DraftingTest, AndToTheEndOfTheContext) {
    Timeline plain = timeline(Drafting::Off, 48);
    Timeline drafted = timeline(Drafting::Always, 48);
    plain.sync(prompt(20), {}, {});
    drafted.sync(prompt(20), {}, {});
    expectTheSame(plain, drafted, 0.0f, 1, 28);
    EXPECT_TRUE(drafted.full());
}

TEST_P(DraftingTest, AndAfterTheHistoryWasCutBackOrAddedTo) {
    Timeline plain = timeline(Drafting::Off);
    Timeline drafted = timeline(Drafting::Always);
    std::vector<TokenId> history = prompt(20);
    for (int turn = 0; turn < 6; ++turn) {
        for (Timeline* each : {&plain, &drafted}) each->sync(history, {}, {});
        expectTheSame(plain, drafted, 0.3f, 10 + static_cast<std::uint64_t>(turn), 21);
        // What nobody drew, as where a thought is closed.
        for (Timeline* each : {&plain, &drafted})
            for (const TokenId token : {7, 8, 9}) each->append(token);
        expectTheSame(plain, drafted, 0.3f, 20 + static_cast<std::uint64_t>(turn), 14);
        history.assign(plain.tokens().begin(), plain.tokens().begin() + 20 + 11 * turn);
        if (turn % 2 == 0) history.insert(history.end(), {3, 4, 5});
    }
    // As the window does when an answer goes on from one of its tokens.
    for (Timeline* each : {&plain, &drafted}) each->sync(prompt(10), {}, {});
    expectTheSame(plain, drafted, 0.0f, 1, 20);
}

TEST_P(DraftingTest, AStoppedPassIsGoneOnWith) {
    Timeline plain = timeline(Drafting::Off);
    Timeline drafted = timeline(Drafting::Always);
    plain.sync(prompt(20), {}, {});
    drafted.sync(prompt(20), {}, {});
    Sampler forPlain = sampler(0.3f, 1);
    Sampler forDrafted = sampler(0.3f, 1);
    const auto expected = draw(plain, forPlain, 40);
    std::stop_source stop;
    stop.request_stop();
    std::vector<TokenId> got;
    while (got.size() < expected.size()) {
        if (const auto token =
                drafted.next(forDrafted, got.size() % 3 == 0 ? stop.get_token() : std::stop_token()))
            got.push_back(*token);
        else
            got.push_back(*drafted.next(forDrafted, {}));
    }
    EXPECT_EQ(got, expected);
}

TEST_P(DraftingTest, ReplayedNumbersAreTheSame) {
    Timeline plain = timeline(Drafting::Off);
    Timeline drafted = timeline(Drafting::Always);
    const auto numbers = [](Timeline& timeline) {
        timeline.sync(prompt(20), {}, {});
        Sampler greedy = sampler(0, 1);
        draw(timeline, greedy, 30);
        const std::vector<TokenId> tokens = timeline.tokens();
        std::vector<float> all;
        timeline.replay(
            tokens, 20,
            [&](int, std::span<const float> logits) { all.insert(all.end(), logits.begin(), logits.end()); },
            {}, {});
        return all;
    };
    EXPECT_EQ(numbers(drafted), numbers(plain));
    for (Timeline* each : {&plain, &drafted}) each->sync(prompt(25), {}, {});
    expectTheSame(plain, drafted, 0.3f, 1, 30);
}

TEST_P(DraftingTest, SnapshotsAreThoseOfPlainDecoding) {
    const tests::TempDir folder;
    const PrefixStoreOptions options{.folder = folder.path().string(), .leastTokens = 16, .leastGain = 4};
    Timeline first = timeline(Drafting::Always);
    first.sync(prompt(300), {}, {});
    Sampler greedy = sampler(0, 1);
    draw(first, greedy, 20);
    {
        PrefixStore store(model_, first, options);
        store.keep(first, "chat");
        store.settle();
    }
    std::vector<TokenId> next = first.tokens();
    next.insert(next.end(), {5, 6, 7});
    Timeline plain = timeline(Drafting::Off);
    plain.sync(next, {}, {});
    // Taken over by a timeline with a head and by one without.
    for (const Drafting drafting : {Drafting::Always, Drafting::Off}) {
        Timeline restored = timeline(drafting);
        PrefixStore store(model_, restored, options);
        store.load(restored, next, {});
        EXPECT_GE(restored.sync(next, {}, {}).reused, 256);
        plain.sync(next, {}, {});
        expectTheSame(plain, restored, 0.4f, 3, 40);
        EXPECT_EQ(restored.draftCounts().made > 10, drafting == Drafting::Always);
    }
}

TEST_P(DraftingTest, AnotherTimelinesCacheIsTakenOver) {
    Timeline other = timeline(Drafting::Always);
    other.sync(prompt(40), {}, {});
    Sampler greedy = sampler(0, 1);
    draw(other, greedy, 9);
    Timeline plain = timeline(Drafting::Off);
    Timeline drafted = timeline(Drafting::Always);
    std::vector<TokenId> next = prompt(40);
    next.insert(next.end(), {1, 2, 3});
    for (Timeline* each : {&plain, &drafted}) {
        each->fork(other, next);
        EXPECT_EQ(each->sync(next, {}, {}).reused, 40);
    }
    expectTheSame(plain, drafted, 0.4f, 3, 40);
    EXPECT_GT(drafted.draftCounts().made, 10);
}

TEST_P(DraftingTest, WhatPaysIsDecidedAndTokensStayTheSame) {
    Timeline plain = timeline(Drafting::Off);
    Timeline drafted = timeline(Drafting::WherePays);
    for (Timeline* each : {&plain, &drafted}) each->sync(prompt(20), {}, {});
    expectTheSame(plain, drafted, 0.2f, 4, 300);
    EXPECT_GE(drafted.draftCounts().made, DraftMeter::kTrialPasses);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, DraftingTest,
    testing::Values(
        Case{.name = "Deepseek2"}, Case{.name = "Deepseek2Q8", .cacheType = kernels::CacheType::Q8_0},
        Case{.name = "Deepseek2TwoThreads", .threads = 2},
        Case{.name = "Deepseek2AtRandom", .guesses = Guesses::AtRandom},
        Case{.name = "Deepseek2V3", .guesses = Guesses::AtRandom, .golden = "deepseek2-v3"},
        Case{.name = "Deepseek2V3Legacy", .guesses = Guesses::AtRandom, .golden = "deepseek2-v3-legacy"},
        Case{.name = "Deepseek2Lite", .guesses = Guesses::AtRandom, .golden = "deepseek2-lite"},
        Case{.name = "Glm4Moe", .family = TinyFamily::Glm4Moe},
        Case{.name = "Glm4MoeQ8", .family = TinyFamily::Glm4Moe, .cacheType = kernels::CacheType::Q8_0},
        Case{.name = "Glm4MoeTwoThreads", .family = TinyFamily::Glm4Moe, .threads = 2},
        Case{.name = "Glm4MoeAtRandom", .family = TinyFamily::Glm4Moe, .guesses = Guesses::AtRandom}),
    [](const auto& info) { return info.param.name; });

} // namespace
} // namespace ponder::engine
