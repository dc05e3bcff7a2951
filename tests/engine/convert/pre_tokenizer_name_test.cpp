#include "engine/convert/pre_tokenizer_name.h"

#include "engine/support/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ponder::engine {
namespace {

using nlohmann::json;

json splitBy(const std::string& pattern) {
    return {
        {"type", "Split"}, {"pattern", {{"Regex", pattern}}}, {"behavior", "Isolated"}, {"invert", false}};
}

json byteLevel(bool usesRegex) {
    return {
        {"type", "ByteLevel"}, {"add_prefix_space", false}, {"trim_offsets", true}, {"use_regex", usesRegex}};
}

json tokenizer(const std::vector<json>& steps, bool ignoresMerges = false, const json& normalizer = nullptr) {
    return {{"normalizer", normalizer},
            {"pre_tokenizer", {{"type", "Sequence"}, {"pretokenizers", steps}}},
            {"model", {{"type", "BPE"}, {"ignore_merges", ignoresMerges}}}};
}

// As they stand in the repositories of the models.
const std::string kQwen =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
const std::string kLlama3 =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
const std::string kGpt4o =
    R"([^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+)";

TEST(PreTokenizerName, KnowsTheFamiliesByTheirPatterns) {
    const json nfc = {{"type", "NFC"}};
    EXPECT_EQ(preTokenizerName(tokenizer({splitBy(kQwen), byteLevel(false)}, false, nfc)), "qwen2");
    EXPECT_EQ(preTokenizerName(tokenizer({splitBy(kQwen), byteLevel(false)})), "qwen2");
    EXPECT_EQ(preTokenizerName(tokenizer({splitBy(kLlama3), byteLevel(false)}, true)), "llama-bpe");
    EXPECT_EQ(preTokenizerName(tokenizer({splitBy(kLlama3), byteLevel(false)}, false)), "glm4");
    EXPECT_EQ(preTokenizerName(tokenizer({splitBy(kGpt4o), byteLevel(false)})), "gpt-4o");
    EXPECT_EQ(preTokenizerName(tokenizer({byteLevel(true)})), "gpt-2");
    const json digits = {{"type", "Digits"}, {"individual_digits", true}};
    EXPECT_EQ(preTokenizerName(tokenizer({digits, byteLevel(true)})), "smollm");
}

// DeepSeek's tokenizer.json has line breaks themselves in its classes, not their escapes.
TEST(PreTokenizerName, KnowsDeepSeeks) {
    const std::vector<json> v3 = {
        splitBy(R"(\p{N}{1,3})"), splitBy("[一-龥぀-ゟ゠-ヿ]+"),
        splitBy(
            "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\r\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+|"
            " ?[\\p{P}\\p{S}]+[\r\n]*|\\s*[\r\n]+|\\s+(?!\\S)|\\s+"),
        byteLevel(false)};
    EXPECT_EQ(preTokenizerName(tokenizer(v3)), "deepseek-v3");
    const std::vector<json> coder = {splitBy("[\r\n]"),      splitBy("\\s?\\p{L}+"),
                                     splitBy("\\s?\\p{P}+"), splitBy("[一-龥ࠀ-一가-퟿]+"),
                                     splitBy("\\p{N}"),      byteLevel(false)};
    EXPECT_EQ(preTokenizerName(tokenizer(coder)), "deepseek-coder");
}

TEST(PreTokenizerName, RefusesWhatItHasNoRulesFor) {
    const auto refusal = [](const json& given) -> std::string {
        try {
            return "taken for " + preTokenizerName(given);
        } catch (const Error& error) {
            return error.what();
        }
    };
    EXPECT_THAT(refusal(tokenizer({splitBy("[a-z]+"), byteLevel(false)})), testing::HasSubstr("[a-z]+"));
    EXPECT_THAT(refusal(tokenizer({{{"type", "BertPreTokenizer"}}})), testing::HasSubstr("BertPreTokenizer"));
    EXPECT_THAT(refusal(json::object()), testing::HasSubstr("none at all"));
    // The patterns in another order cut otherwise.
    EXPECT_THAT(refusal(tokenizer({byteLevel(true), splitBy(kQwen)})), testing::HasSubstr("has not got"));
}

} // namespace
} // namespace ponder::engine
