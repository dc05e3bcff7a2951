#include "engine/sampling/grammar_masks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "engine/sampling/json_schema.h"
#include "tests/engine/sampling/random_answers.h"

namespace ponder::engine {
namespace {

/// Tries every token for itself, without tree, shortened states or anything kept.
TokenMask triedOneByOne(const Grammar& grammar, const std::string& text,
                        const std::vector<std::string>& vocabulary) {
    TokenMask mask(vocabulary.size());
    GrammarStates states(grammar);
    StateId state = states.start();
    for (const char byte : text) state = states.step(state, static_cast<unsigned char>(byte));
    for (std::size_t id = 0; id < vocabulary.size(); ++id) {
        StateId next = state;
        for (const char byte : vocabulary[id]) {
            if (next != GrammarStates::kDead) next = states.step(next, static_cast<unsigned char>(byte));
        }
        if (next != GrammarStates::kDead) mask.add(static_cast<TokenId>(id));
    }
    return mask;
}

TEST(GrammarMasks, AreWhatTryingEveryTokenWouldSay) {
    const char* schemas[] = {
        "{}",
        R"({"type": "array", "items": {"type": "string", "minLength": 3, "maxLength": 25}, "maxItems": 40})",
        R"({"properties": {"a": {"type": "array", "items": {"$ref": "#"}, "minItems": 1, "maxItems": 2}, "b":
            {"type": "string", "maxLength": 18}}, "additionalProperties": {"type": "integer", "maximum": 12}})",
        R"({"anyOf": [{"type": "string", "pattern": "^(ab|a)*c?é{2}$"}, {"type": "string", "minLength": 20}]})",
        R"({"type": "string", "pattern": "^([a-z]+[ :,0-9é世-]*)*$", "minLength": 6, "maxLength": 45})",
        R"({"type": "array", "items": {"type": "string", "pattern": "^[^x]*$", "maxLength": 90}, "maxItems": 20})",
    };
    const std::vector<std::string> vocabulary = randomVocabulary(3, 1500);
    const auto trie = trieOf(vocabulary);
    std::mt19937 random(5);
    int compared = 0;
    for (const char* schema : schemas) {
        const Grammar grammar = compileJsonSchema(schema);
        GrammarMasks masks(compileJsonSchema(schema), trie);
        for (int i = 0; i < 25; ++i) {
            const std::string whole = randomAnswer(masks, vocabulary, random, 60).text;
            const std::string text = whole.substr(0, random() % (whole.size() + 1));
            masks.restart();
            ASSERT_TRUE(masks.take(text)) << text;
            const TokenMask& mask = masks.allowed();
            const TokenMask expected = triedOneByOne(grammar, text, vocabulary);
            for (std::size_t id = 0; id < vocabulary.size(); ++id) {
                const auto token = static_cast<TokenId>(id);
                ASSERT_EQ(mask.has(token), expected.has(token)) << schema << text << " | " << vocabulary[id];
            }
            ++compared;
        }
    }
    EXPECT_EQ(compared, 150);
}

TEST(GrammarMasks, TakeNothingThatMayNotFollow) {
    const std::vector<std::string> vocabulary = randomVocabulary(3, 300);
    GrammarMasks masks(compileJsonSchema(R"({"const": "ab"})"), trieOf(vocabulary));
    EXPECT_FALSE(masks.complete());
    EXPECT_FALSE(masks.take("\"b"));
    EXPECT_TRUE(masks.take("\"a"));
    EXPECT_FALSE(masks.take("\""));
    EXPECT_TRUE(masks.take("b\""));
    EXPECT_TRUE(masks.complete());
    EXPECT_FALSE(masks.goesOn());
    EXPECT_TRUE(masks.allowed().empty());
    masks.restart();
    EXPECT_TRUE(masks.take("\"ab\""));
}

TEST(GrammarMasks, ACharacterMayBeSplitOverTokens) {
    const std::vector<std::string> vocabulary{"\"", "\xF0\x9F", "\x8E\x89", "\x89", "\x8E", "\"\xF0", "é"};
    GrammarMasks masks(compileJsonSchema(R"({"type": "string", "maxLength": 1})"), trieOf(vocabulary));
    const auto allowed = [&] {
        std::vector<int> ids;
        for (int id = 0; id < 7; ++id) {
            if (masks.allowed().has(id)) ids.push_back(id);
        }
        return ids;
    };
    EXPECT_THAT(allowed(), testing::ElementsAre(0, 5));
    ASSERT_TRUE(masks.take("\""));
    EXPECT_THAT(allowed(), testing::ElementsAre(0, 1, 6));
    ASSERT_TRUE(masks.take("\xF0\x9F"));
    EXPECT_THAT(allowed(), testing::ElementsAre(2, 3, 4));
    ASSERT_TRUE(masks.take("\x8E\x89"));
    EXPECT_THAT(allowed(), testing::ElementsAre(0));
}

TEST(GrammarMasks, StayRightWhenWhatWasKeptIsForgotten) {
    const std::vector<std::string> vocabulary = randomVocabulary(11, 600);
    GrammarMasks masks(
        compileJsonSchema(R"({"type": "array", "items": {"type": "string", "maxLength": 24000}})"),
        trieOf(vocabulary));
    ASSERT_TRUE(masks.take("[\""));
    // More different states than are kept.
    for (int i = 0; i < 12'000; ++i) {
        ASSERT_TRUE(masks.allowed().has('x'));
        ASSERT_TRUE(masks.take("é"));
        ASSERT_TRUE(masks.take("\\n"));
    }
    EXPECT_FALSE(masks.allowed().has('x'));
    EXPECT_TRUE(masks.allowed().has('"'));
}

TEST(TokenMask, MakesOtherTokensImpossible) {
    TokenMask mask(130);
    mask.add(3);
    mask.add(129);
    std::vector<float> logits(130, 1.0f);
    mask.apply(logits);
    for (int id = 0; id < 130; ++id) {
        const bool isKept = id == 3 || id == 129;
        EXPECT_EQ(logits[static_cast<std::size_t>(id)],
                  isKept ? 1.0f : -std::numeric_limits<float>::infinity());
    }
}

} // namespace
} // namespace ponder::engine
