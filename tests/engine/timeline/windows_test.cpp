#include "engine/timeline/prefix_store.h"
#include "tests/engine/model/golden_models.h"
#include "tests/engine/timeline/model_timelines.h"
#include "tests/support/temp_dir.h"

#include <gtest/gtest.h>

namespace ponder::engine {
namespace {

constexpr int kContext = 1600;
constexpr WindowLimits kSparse{.slack = 48, .stride = 16};
// No context is long enough.
constexpr WindowLimits kWhole{.slack = 1 << 28};
// Long steps add in an order that depends on where they begin. Caches of half precision would round what
// comes of it, and a mixture of experts might choose others.
constexpr double kTolerance = 2e-5;

std::vector<TokenId> someTokens(int count, int step) {
    std::vector<TokenId> tokens;
    for (int i = 0; i < count; ++i) tokens.push_back((i * step) % 290);
    return tokens;
}

/// `tokens`, and others behind them.
std::vector<TokenId> followed(std::span<const TokenId> tokens, int count, int step) {
    std::vector<TokenId> all(tokens.begin(), tokens.end());
    for (const TokenId token : someTokens(count, step)) all.push_back(token);
    return all;
}

/// Models with sliding windows, on timelines that give back what windows leave behind, and on others that
/// keep every row.
class Windows : public ModelTimelines {
protected:
    Timeline timeline(const WindowLimits& windows, int contextTokens = kContext) {
        return {model_,
                backend_,
                {.contextTokens = contextTokens, .cacheType = kernels::CacheType::F32, .windows = windows}};
    }

    /// The numbers of the last `count` tokens, the others as they are in the timeline.
    std::vector<float> logits(Timeline& timeline, std::span<const TokenId> tokens, int count) {
        std::vector<float> all;
        timeline.replay(
            tokens, static_cast<int>(tokens.size()) - count,
            [&](int, std::span<const float> row) { all.insert(all.end(), row.begin(), row.end()); }, {}, {});
        return all;
    }

    /// Whatever the timeline did before, it goes on as one that knows nothing and keeps everything.
    void expectPlain(Timeline& timeline, std::span<const TokenId> tokens) {
        const std::vector<float> got = logits(timeline, tokens, 20);
        Timeline plain = this->timeline(kWhole);
        EXPECT_LE(relativeDifference(logits(plain, tokens, 20), got), kTolerance);
    }
};

TEST_P(Windows, ALongAnswerIsTheSame) {
    Timeline sparse = timeline(kSparse);
    Timeline whole = timeline(kWhole);
    EXPECT_GT(sparse.cache().windowBytes(0, kContext), 0u);
    EXPECT_EQ(whole.cache().windowBytes(0, kContext), 0u);
    const std::vector<TokenId> prompt = someTokens(1000, 37);
    for (Timeline* each : {&sparse, &whole}) each->sync(prompt, {}, {});
    EXPECT_EQ(greedy(sparse, 400), greedy(whole, 400));
    const std::vector<TokenId> longer = followed(whole.tokens(), 60, 41);
    EXPECT_LE(relativeDifference(logits(whole, longer, 60), logits(sparse, longer, 60)), kTolerance);
}

TEST_P(Windows, AShortWayBackIsTheSame) {
    Timeline sparse = timeline(kSparse);
    sparse.sync(someTokens(1000, 37), {}, {});
    greedy(sparse, 40);
    const std::vector<TokenId> other = followed(std::span(sparse.tokens()).first(1010), 100, 41);
    EXPECT_EQ(sparse.reusable(other), sparse.cache().carriedNumbers() > 0 ? 1000 : 1010);
    expectPlain(sparse, other);
}

TEST_P(Windows, AnEarlierTurnIsTakenUpAtACheckpoint) {
    Timeline sparse = timeline(kSparse);
    const std::vector<TokenId> prompt = someTokens(900, 37);
    sparse.sync(prompt, {}, {});
    greedy(sparse, 200);
    sparse.sync(followed(sparse.tokens(), 100, 41), {}, {});
    greedy(sparse, 200);
    for (const int shared : {890, 600}) {
        const std::vector<TokenId> other = followed(std::span(prompt).first(shared), 100, 43);
        const int reusable = sparse.reusable(other);
        EXPECT_GE(reusable, shared == 890 ? 884 : 256);
        EXPECT_LE(reusable, shared);
        expectPlain(sparse, other);
    }
}

TEST_P(Windows, BeforeAllCheckpointsItBeginsAnew) {
    Timeline sparse = timeline(kSparse);
    sparse.sync(someTokens(1000, 37), {}, {});
    greedy(sparse, 300);
    const std::vector<TokenId> other = followed(someTokens(100, 37), 200, 43);
    EXPECT_EQ(sparse.reusable(other), 0);
    expectPlain(sparse, other);
    // And is a conversation like another from then on.
    expectPlain(sparse, followed(other, 900, 41));
}

TEST_P(Windows, ABranchGoesOnFromACopy) {
    Timeline sparse = timeline(kSparse);
    Timeline whole = timeline(kWhole);
    for (Timeline* each : {&sparse, &whole}) {
        each->sync(someTokens(1000, 37), {}, {});
        greedy(*each, 100);
    }
    const std::vector<TokenId> tokens = followed(sparse.tokens(), 100, 41);
    for (const int context : {kContext, 1300}) {
        Timeline branch = timeline(kSparse, context);
        Timeline expected = timeline(kWhole, context);
        branch.fork(sparse, tokens);
        expected.fork(whole, tokens);
        EXPECT_EQ(branch.tokens().size(), 1099u) << "the last token was not evaluated yet";
        EXPECT_LE(relativeDifference(logits(expected, tokens, 20), logits(branch, tokens, 20)), kTolerance);
    }
}

TEST_P(Windows, ASnapshotIsTakenUpByAnotherTimeline) {
    const tests::TempDir folder;
    const PrefixStoreOptions options{.folder = folder.path().string(), .leastTokens = 1, .leastGain = 1};
    const std::vector<TokenId> prompt = someTokens(900, 37);
    std::vector<TokenId> tokens;
    {
        Timeline sparse = timeline(kSparse);
        PrefixStore store(model_, sparse, options);
        sparse.sync(prompt, {}, {});
        greedy(sparse, 100);
        store.keep(sparse, "chat");
        tokens = followed(sparse.tokens(), 150, 41);
        store.load(sparse, tokens, {});
        sparse.sync(tokens, {}, {});
        greedy(sparse, 100);
        tokens = sparse.tokens();
        store.keep(sparse, "chat"); // the file grows
    }
    const auto load = [&](const std::vector<TokenId>& wanted, int length) {
        Timeline sparse = timeline(kSparse);
        PrefixStore store(model_, sparse, options);
        EXPECT_EQ(store.reusable(wanted), length);
        store.load(sparse, wanted, {});
        EXPECT_EQ(sparse.cache().length(), length);
        expectPlain(sparse, wanted);
        // Two more takings-over by the same timeline: of what it has a part of, and of something before.
        const std::vector<TokenId> long1 = followed(tokens, 10, 43);
        store.load(sparse, long1, {});
        expectPlain(sparse, long1);
        const std::vector<TokenId> short1 = followed(std::span(prompt).first(890), 30, 43);
        store.load(sparse, short1, {});
        expectPlain(sparse, short1);
    };
    load(followed(tokens, 50, 43), 1249);
    load(followed(std::span(tokens).first(1145), 50, 43), 1134);
    load(followed(std::span(prompt).first(895), 50, 43), 884);

    // Where every row is kept, they lie elsewhere in the file.
    Timeline whole = timeline(kWhole);
    PrefixStore store(model_, whole, options);
    EXPECT_EQ(store.reusable(tokens), 0);
}

INSTANTIATE_TEST_SUITE_P(Families, Windows,
                         testing::Values("gemma3", "gpt-oss", "gpt-oss-plain", "deepseek4"), Windows::nameOf);

} // namespace
} // namespace ponder::engine
