// The cache of bytes against the one of half-precision numbers: what a model says hardly changes.

#include "engine/local_engine.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iostream>

#include "tests/engine/timeline/model_timelines.h"

namespace ponder::engine {
namespace {

std::vector<TokenId> someTokens(int count, int vocabulary) {
    std::vector<TokenId> tokens;
    std::uint32_t state = 11;
    for (int i = 0; i < count; ++i) {
        state = state * 1664525u + 1013904223u;
        tokens.push_back(static_cast<TokenId>((state >> 8) % static_cast<std::uint32_t>(vocabulary)));
    }
    return tokens;
}

class SmallCache : public ModelTimelines {
protected:
    SmallCache() : tokens_(someTokens(96, model_.config().vocabulary)) {}

    Timeline timeline(kernels::CacheType type) {
        return {model_, backend_, {.contextTokens = 256, .cacheType = type}};
    }

    std::vector<float> logits(kernels::CacheType type) {
        Timeline timeline = this->timeline(type);
        std::vector<float> all;
        timeline.replay(
            tokens_, 1,
            [&](int, std::span<const float> row) { all.insert(all.end(), row.begin(), row.end()); }, {}, {});
        return all;
    }

    std::vector<TokenId> tokens_;
};

/// How far the logits of each position are apart, as a share of their size; the middle one.
double medianDifference(const std::vector<float>& a, const std::vector<float>& b, std::size_t vocabulary) {
    std::vector<double> differences;
    for (std::size_t at = 0; at < a.size(); at += vocabulary) {
        double size = 0, apart = 0;
        for (std::size_t i = at; i < at + vocabulary; ++i) {
            size += static_cast<double>(a[i]) * a[i];
            apart += std::pow(static_cast<double>(a[i]) - b[i], 2);
        }
        differences.push_back(std::sqrt(apart / size));
    }
    std::sort(differences.begin(), differences.end());
    return differences[differences.size() / 2];
}

TEST_P(SmallCache, LogitsStayNear) {
    const std::vector<float> exact = logits(kernels::CacheType::F32);
    const std::vector<float> wide = logits(kernels::CacheType::F16);
    const std::vector<float> small = logits(kernels::CacheType::Q8_0);
    ASSERT_EQ(wide.size(), small.size());
    for (const float logit : small) ASSERT_TRUE(std::isfinite(logit));
    const auto vocabulary = static_cast<std::size_t>(model_.config().vocabulary);
    // The middle: where a router's choice flips, a model of random weights says something else at once.
    const double relative = medianDifference(wide, small, vocabulary);
    std::cout << GetParam() << ": f16 differs from f32 by " << medianDifference(exact, wide, vocabulary)
              << ", q8_0 from f16 by " << relative << "\n";
    EXPECT_GT(relative, 0) << "the same cache twice?";
    // Random weights carry every error on at its full size.
    // Twelve positions chosen by random heads: a choice flips, and one of twelve is another.
    const bool chooses = model_.config().indexer.heads > 0;
    EXPECT_LT(relative, chooses ? 0.2 : 0.04);
}

TEST_P(SmallCache, ARewoundConversationGoesOnAsIfItHadNotBeenLonger) {
    Timeline straight = timeline(kernels::CacheType::Q8_0);
    straight.sync(tokens_, {}, {});
    const auto expected = greedy(straight, 12);

    Timeline rewound = timeline(kernels::CacheType::Q8_0);
    std::vector<TokenId> other(tokens_.begin(), tokens_.begin() + 50);
    other.insert(other.end(), {9, 8, 7, 6, 5});
    rewound.sync(other, {}, {});
    greedy(rewound, 6);
    rewound.sync(tokens_, {}, {});
    EXPECT_EQ(greedy(rewound, 12), expected);
}

TEST_P(SmallCache, ACopyIsWorthTheOriginal) {
    Timeline first = timeline(kernels::CacheType::Q8_0);
    first.sync(tokens_, {}, {});
    Timeline second = timeline(kernels::CacheType::Q8_0);
    second.fork(first, tokens_);
    second.sync(tokens_, {}, {});
    EXPECT_EQ(greedy(second, 12), greedy(first, 12));
}

INSTANTIATE_TEST_SUITE_P(Families, SmallCache,
                         testing::Values("llama", "qwen3", "qwen3moe", "olmoe", "gpt-oss", "gemma3", "lfm2",
                                         "qwen3next", "phi3", "deepseek2-lite", "deepseek2-v3",
                                         "deepseek2-v3-legacy", "deepseek32", "deepseek4"),
                         [](const auto& info) {
                             std::string name = info.param;
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });

TEST(SmallCacheOfATrainedModel, AnswersAreTheSame) {
    // Latent attention, eight experts a layer, and weights that mean something.
    const std::string path = PONDER_SOURCE_DIR "/resources/starter/ponder-starter.gguf";
    LocalEngine wide({.modelPath = path, .contextTokens = 512});
    LocalEngine small({.modelPath = path, .contextTokens = 512, .cacheType = CacheType::Q8_0});
    int same = 0;
    for (const char* question : {"What is 347 + 588?", "Which is larger, 81 or 18?", "Sort: 5, 2, 9, 1.",
                                 "How many r are in strawberry?", "What is 12 * 7?", "What is Ponder?"}) {
        const auto answer = [&](LocalEngine& engine) {
            std::string text;
            ChatRequest request;
            request.messages = {{.role = Role::User, .text = question, .reasoning = {}}};
            request.sampling.temperature = 0.0f;
            request.maximumTokens = 200;
            AnswerSink sink;
            sink.piece = [&](const AnswerPiece& piece) { text += piece.text; };
            engine.answer(request, sink, {});
            return text;
        };
        const std::string expected = answer(wide);
        EXPECT_FALSE(expected.empty());
        same += answer(small) == expected;
    }
    EXPECT_GE(same, 5) << "of six";
}

} // namespace
} // namespace ponder::engine
