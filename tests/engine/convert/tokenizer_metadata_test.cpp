// Vocabularies of the golden folder as tokenizer.json, converted, must cut texts as they did.

#include "engine/convert/tokenizer_metadata.h"

#include "engine/format/gguf_writer.h"
#include "engine/support/error.h"
#include "tests/engine/text/golden_tokenizers.h"
#include "tests/support/temp_dir.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace ponder::engine {
namespace {

using nlohmann::json;
using tests::TempDir;

struct Tables {
    std::vector<std::string> tokens;
    std::vector<std::int64_t> kinds;
    std::vector<float> scores;
    std::vector<std::string> merges;
};

Tables tablesOf(const std::string& path) {
    const auto file = GgufFile::open(path, GgufFile::Access::Vocabulary);
    Tables tables;
    const auto texts = [&](const char* key) {
        const auto views = file.strings(key).value_or(std::vector<std::string_view>());
        return std::vector<std::string>(views.begin(), views.end());
    };
    tables.tokens = texts("tokenizer.ggml.tokens");
    tables.merges = texts("tokenizer.ggml.merges");
    tables.kinds = *file.integers("tokenizer.ggml.token_type");
    tables.scores = file.numbers("tokenizer.ggml.scores").value_or(std::vector<float>());
    return tables;
}

json vocabularyOf(const Tables& tables) {
    json vocabulary = json::object();
    for (std::size_t i = 0; i < tables.tokens.size(); ++i)
        if (tables.kinds[i] != 5) vocabulary[tables.tokens[i]] = i;
    return vocabulary;
}

json addedOf(const Tables& tables) {
    json added = json::array();
    for (std::size_t i = 0; i < tables.tokens.size(); ++i)
        if (tables.kinds[i] == 3 || tables.kinds[i] == 4)
            added.push_back({{"id", i}, {"content", tables.tokens[i]}, {"special", tables.kinds[i] == 3}});
    return added;
}

/// All ways to put a piece together from two others, the pieces of the best score first: how Hugging Face's
/// converter makes merges of a SentencePiece model.
json mergesFromScores(const Tables& tables) {
    struct Pair {
        std::string text;
        float score;
        std::int64_t left, right;
    };
    const json vocabulary = vocabularyOf(tables);
    std::vector<Pair> pairs;
    for (std::size_t i = 0; i < tables.tokens.size(); ++i) {
        const std::string& token = tables.tokens[i];
        if (tables.kinds[i] != 1) continue;
        for (std::size_t cut = 1; cut < token.size(); ++cut) {
            if ((static_cast<unsigned char>(token[cut]) & 0xC0) == 0x80) continue; // within a character
            const auto left = vocabulary.find(token.substr(0, cut)),
                       right = vocabulary.find(token.substr(cut));
            if (left == vocabulary.end() || right == vocabulary.end()) continue;
            pairs.push_back(
                {token.substr(0, cut) + " " + token.substr(cut), tables.scores[i], *left, *right});
        }
    }
    std::stable_sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) {
        return std::tuple(-a.score, a.left, a.right) < std::tuple(-b.score, b.left, b.right);
    });
    json merges = json::array();
    for (const Pair& pair : pairs) merges.push_back(pair.text);
    return merges;
}

json split(const std::string& pattern) {
    return {{"type", "Split"}, {"pattern", {{"Regex", pattern}}}, {"behavior", "Isolated"}};
}

/// Writes a vocabulary-only GGUF file of what the tokenizer becomes.
void convertTokenizer(const json& tokenizer, const json& settings, std::int64_t rows,
                      const std::string& path) {
    const SettingsFile file("tokenizer.json", tokenizer), config("tokenizer_config.json", settings),
        none("none");
    GgufMetadata metadata;
    metadata.addText("general.architecture", "llama");
    addTokenizerMetadata({.tokenizer = file,
                          .tokenizerConfig = config,
                          .generation = none,
                          .config = none,
                          .chatTemplate = {}},
                         rows, metadata);
    GgufWriter(path, metadata, {}).finish();
}

void expectSameIds(const std::string& name, const std::string& path) {
    const auto file = GgufFile::open(path, GgufFile::Access::Vocabulary);
    const Tokenizer tokenizer(file);
    for (const GoldenTokenizer& golden : goldenTokenizers()) {
        if (golden.name != name) continue;
        for (const auto& one : golden.readCases())
            EXPECT_EQ(tokenizer.encode(one.text, one.special), one.ids) << one.text;
        return;
    }
    FAIL() << "no cases for " << name;
}

TEST(TokenizerMetadata, SentencePieceCutsTextsAsBefore) {
    const Tables tables = tablesOf(goldenVocabulary("llama-spm").path());
    const json tokenizer{
        {"added_tokens", addedOf(tables)},
        {"normalizer",
         {{"type", "Sequence"},
          {"normalizers", {{{"type", "Prepend"}, {"prepend", "\xE2\x96\x81"}}, {{"type", "Replace"}}}}}},
        {"model",
         {{"type", "BPE"},
          {"byte_fallback", true},
          {"unk_token", "<unk>"},
          {"vocab", vocabularyOf(tables)},
          {"merges", mergesFromScores(tables)}}},
        {"post_processor",
         {{"type", "TemplateProcessing"},
          {"single", {{{"SpecialToken", {{"id", "<s>"}}}}, {{"Sequence", {{"id", "A"}}}}}}}}};
    const TempDir folder;
    const std::string path = (folder / "v.gguf").string();
    convertTokenizer(tokenizer, {{"bos_token", "<s>"}, {"eos_token", "</s>"}},
                     static_cast<std::int64_t>(tables.tokens.size()), path);
    const Tables got = tablesOf(path);
    EXPECT_EQ(got.tokens, tables.tokens);
    EXPECT_EQ(got.kinds, tables.kinds);
    const auto file = GgufFile::open(path, GgufFile::Access::Vocabulary);
    EXPECT_EQ(file.boolean("tokenizer.ggml.add_bos_token"), true);
    EXPECT_EQ(file.boolean("tokenizer.ggml.add_space_prefix"), true);
    expectSameIds("llama-spm", path);
}

TEST(TokenizerMetadata, BytePairsCutTextsAsBefore) {
    const Tables tables = tablesOf(goldenVocabulary("deepseek-coder").path());
    const json tokenizer{
        {"added_tokens", addedOf(tables)},
        {"pre_tokenizer",
         {{"type", "Sequence"},
          {"pretokenizers",
           {split("[\r\n]"),
            split("\\s?\\p{L}+"),
            split("\\s?\\p{P}+"),
            split("[一-龥ࠀ-一가-퟿]+"),
            {{"type", "Digits"}, {"individual_digits", true}},
            {{"type", "ByteLevel"}, {"use_regex", false}}}}}},
        {"model", {{"type", "BPE"}, {"vocab", vocabularyOf(tables)}, {"merges", tables.merges}}}};
    const TempDir folder;
    const std::string path = (folder / "v.gguf").string();
    // The embedding has more rows than the tokenizer tokens: names are made up for them.
    const auto rows = static_cast<std::int64_t>(tables.tokens.size()) + 3;
    convertTokenizer(tokenizer, json::object(), rows, path);
    const Tables got = tablesOf(path);
    EXPECT_EQ(got.tokens.size(), static_cast<std::size_t>(rows));
    EXPECT_EQ(got.kinds.back(), 5);
    EXPECT_EQ(got.merges, tables.merges);
    expectSameIds("deepseek-coder", path);
    EXPECT_THROW(convertTokenizer(tokenizer, json::object(), 100, path), Error); // more tokens than rows
}

} // namespace
} // namespace ponder::engine
