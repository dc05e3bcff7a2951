#include "engine/timeline/timeline.h"

#include "tests/engine/timeline/model_timelines.h"

#include <gtest/gtest.h>

namespace ponder::engine {
namespace {

const std::vector<TokenId> kTokens{5, 17, 99, 4, 250, 61, 33, 7};

class TimelineTest : public ModelTimelines {
protected:
    Timeline timeline(int contextTokens = 512) {
        return {model_, backend_, {.contextTokens = contextTokens}};
    }
};

TEST_P(TimelineTest, SyncEvaluatesOnlyTheNewSuffix) {
    Timeline timeline = this->timeline();
    EXPECT_EQ(timeline.sync(kTokens, {}, {}).reused, 0);
    std::vector<TokenId> longer = kTokens;
    longer.insert(longer.end(), {8, 9, 10});
    EXPECT_EQ(timeline.sync(longer, {}, {}).reused, static_cast<int>(kTokens.size()));
    EXPECT_EQ(timeline.tokens(), longer);
}

TEST_P(TimelineTest, AReusedPrefixGivesTheSameAnswer) {
    Timeline fresh = timeline();
    fresh.sync(kTokens, {}, {});
    const auto expected = greedy(fresh, 12);

    Timeline reused = timeline();
    std::vector<TokenId> other(kTokens.begin(), kTokens.begin() + 5);
    other.insert(other.end(), {200, 201, 202, 203});
    reused.sync(other, {}, {});
    greedy(reused, 6);
    reused.sync(kTokens, {}, {});
    EXPECT_EQ(greedy(reused, 12), expected);
}

TEST_P(TimelineTest, SyncingTheSameTokensAgainGivesTheSameAnswer) {
    Timeline timeline = this->timeline();
    timeline.sync(kTokens, {}, {});
    const auto expected = greedy(timeline, 5);
    timeline.sync(kTokens, {}, {});
    EXPECT_EQ(greedy(timeline, 5), expected);
}

TEST_P(TimelineTest, TheNextTurnTakesUpWhereThePromptEnded) {
    std::vector<TokenId> prompt;
    for (int i = 0; i < 800; ++i) prompt.push_back((i * 37) % 300);
    Timeline timeline = this->timeline(1000);
    timeline.sync(prompt, {}, {});
    greedy(timeline, 20); // a thought that the next prompt leaves out
    std::vector<TokenId> next(prompt.begin(), prompt.end() - 4);
    for (int i = 0; i < 60; ++i) next.push_back((i * 41) % 300);
    EXPECT_GE(timeline.sync(next, {}, {}).reused, 800 - 16);
    const auto answer = greedy(timeline, 8);

    Timeline fresh = this->timeline(1000);
    fresh.sync(next, {}, {});
    EXPECT_EQ(answer, greedy(fresh, 8));
    // A message of the turn before is edited.
    EXPECT_GE(timeline.sync(std::span(prompt).first(600), {}, {}).reused, Timeline::kChunkTokens);
}

TEST_P(TimelineTest, ALongPromptIsCutIntoChunksAndReportsItsProgress) {
    Timeline timeline = this->timeline();
    std::vector<TokenId> tokens;
    for (int i = 0; i < 400; ++i) tokens.push_back((i * 37) % 300);
    std::vector<int> done;
    timeline.sync(tokens,
                  [&](int now, int total) {
                      EXPECT_EQ(total, 400);
                      done.push_back(now);
                  },
                  {});
    EXPECT_EQ(done.front(), 0);
    EXPECT_EQ(done.back(), 400);
    EXPECT_GE(done.size(), 3u);
    EXPECT_TRUE(std::is_sorted(done.begin(), done.end()));
}

TEST_P(TimelineTest, AStoppedSyncKeepsWhatWasWholeAndGoesOnFromThere) {
    std::vector<TokenId> tokens;
    for (int i = 0; i < 700; ++i) tokens.push_back((i * 37) % 300);
    Timeline fresh = timeline(800);
    fresh.sync(tokens, {}, {});
    const auto expected = greedy(fresh, 4);

    Timeline timeline = this->timeline(800);
    std::stop_source stop;
    const auto stopLate = [&](int done, int) {
        if (done > Timeline::kChunkTokens) stop.request_stop();
    };
    EXPECT_EQ(timeline.sync(tokens, stopLate, stop.get_token()).result, StepResult::Stopped);
    EXPECT_EQ(timeline.sync(tokens, {}, {}).reused, Timeline::kChunkTokens);
    EXPECT_EQ(greedy(timeline, 4), expected);
}

TEST_P(TimelineTest, ItIsFullWhenTheContextIs) {
    Timeline timeline = this->timeline(10);
    timeline.sync(kTokens, {}, {});
    EXPECT_FALSE(timeline.full());
    greedy(timeline, 2);
    EXPECT_TRUE(timeline.full());
}

INSTANTIATE_TEST_SUITE_P(Kinds, TimelineTest,
                         testing::Values("llama", "lfm2", "qwen3next", "gemma3", "deepseek2-v3", "deepseek32",
                                         "deepseek4", "gpt-oss"),
                         TimelineTest::nameOf);

} // namespace
} // namespace ponder::engine
