// What a JSON schema costs per token: schema_bench [FILE]. With a model file its vocabulary is taken, else
// one of 150,000 made-up tokens. Each answer is written twice, as the first question with a schema has it and
// as the next one does. The promise is 5 % of a token's time: 1.25 ms where a model writes 40 tokens a
// second. Ends with 1 if a mean is above that.

#include "engine/format/gguf_file.h"
#include "engine/sampling/grammar_masks.h"
#include "engine/sampling/json_schema.h"
#include "engine/text/tokenizer.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace {

using namespace ponder::engine;

constexpr double kMostMicroseconds = 1250;

struct Case {
    const char* name;
    const char* schema;
    std::string text;
};

std::string repeated(const std::string& text, int times) {
    std::string whole;
    for (int i = 0; i < times; ++i) whole += text;
    return whole;
}

std::vector<Case> cases() {
    const std::string prose = "The quick brown fox — größer als ein Dachs — jumps over 13 lazy dogs, again. ";
    return {
        {"an object of short values",
         R"({"type": "object", "properties": {"name": {"type": "string", "minLength": 1, "maxLength": 60}, "age":
            {"type": "integer", "minimum": 0, "maximum": 150}, "mail": {"format": "email"}, "tags": {"type": "array",
            "items": {"enum": ["red", "green", "blue"]}, "maxItems": 8}, "score": {"type": "number", "minimum": 0,
            "maximum": 1}}, "required": ["name", "age", "mail", "tags", "score"]})",
         R"({"name": "Ada Lovelace of Ockham Park, Surrey", "age": 36, "mail": "ada.lovelace@example.org",
  "tags": ["red", "blue"], "score": 0.975})"},
        {"a list of 40 records",
         R"({"type": "array", "items": {"type": "object", "properties": {"title": {"type": "string"}, "when":
            {"format": "date-time"}, "parts": {"type": "array", "items": {"type": "string", "maxLength": 80}}},
            "required": ["title", "when"]}})",
         "[" +
             repeated(R"({
    "title": "A day at the sea with \"friends\" and others",
    "when": "2024-02-29T13:45:00Z",
    "parts": ["breakfast in the garden", "the long way down", "home again, late and tired"]
  }, )",
                      39) +
             R"({"title": "", "when": "2024-12-31T00:00:00Z"}])"},
        {"a long text in a string", R"({"properties": {"essay": {"type": "string", "maxLength": 20000}}})",
         "{\"essay\": \"" + repeated(prose, 60) + "\"}"},
        {"a text that has to match",
         R"({"type": "string", "pattern": "^([A-Z][a-zà-ÿ]*[^A-Z]*)+\\.$", "minLength": 10, "maxLength": 400})",
         "\"" + repeated("The fox — größer als Dachs — jumps. ", 6) + "End.\""},
        {"any value, nested", "{}", repeated("{\"a\": [1, [", 25) + "true" + repeated("], null]}", 25)},
    };
}

struct Vocabulary {
    std::vector<std::string> texts;
    std::vector<TokenId> ids;
    std::size_t size = 0;

    std::shared_ptr<const TokenTrie> trie() const {
        std::vector<TokenTrie::Word> words;
        for (std::size_t i = 0; i < ids.size(); ++i) words.emplace_back(ids[i], texts[i]);
        return std::make_shared<const TokenTrie>(words, size);
    }
};

Vocabulary vocabularyOf(const std::string& path) {
    const Tokenizer tokenizer(GgufFile::open(path, GgufFile::Access::Vocabulary));
    Vocabulary vocabulary;
    vocabulary.size = static_cast<std::size_t>(tokenizer.size());
    for (TokenId id = 0; id < tokenizer.size(); ++id) {
        const TokenKind kind = tokenizer.kind(id);
        if (kind != TokenKind::Normal && kind != TokenKind::Byte) continue;
        vocabulary.ids.push_back(id);
        vocabulary.texts.emplace_back(tokenizer.bytes(id));
    }
    return vocabulary;
}

/// Syllables put together, with and without a blank before them, and runs of signs, as real ones have them.
Vocabulary madeUpVocabulary() {
    static const char* const kSyllables[] = {"an", "ber", "co",  "de", "er", "fi",  "gen", "hu", "in", "ja",
                                             "ka", "lo",  "me",  "ni", "or", "pre", "qui", "ro", "st", "te",
                                             "un", "vi",  "wa",  "x",  "y",  "z",   "ä",   "é",  "ск", "на",
                                             "的", "是",  "ing", "ed", "s",  "t",   "0",   "12", "7"};
    static const char kSigns[] = "\"\",:;{}[]()-+*/\\.'_ \n\t";
    std::mt19937 random(20260101);
    std::set<std::string> texts;
    for (int byte = 0; byte < 256; ++byte) texts.insert(std::string(1, static_cast<char>(byte)));
    for (int length = 1; length <= 128; ++length)
        texts.insert(std::string(static_cast<std::size_t>(length), ' '));
    while (texts.size() < 8'000) {
        std::string text;
        for (std::size_t left = 1 + random() % 4; left > 0; --left)
            text += kSigns[random() % (sizeof kSigns - 1)];
        texts.insert(text);
    }
    while (texts.size() < 150'000) {
        std::string text = random() % 2 == 0 ? " " : "";
        for (std::size_t left = 1 + random() % 5; left > 0; --left)
            text += kSyllables[random() % std::size(kSyllables)];
        texts.insert(text);
    }
    Vocabulary vocabulary{{texts.begin(), texts.end()}, {}, texts.size()};
    for (std::size_t i = 0; i < texts.size(); ++i) vocabulary.ids.push_back(static_cast<TokenId>(i));
    return vocabulary;
}

/// Of this thread's work: what else the machine does at the time is not a schema's cost.
double microsecondsWorked() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

/// The longest token first: what a tokenizer would make of it, near enough.
std::vector<std::size_t> cut(const std::string& text, const Vocabulary& vocabulary) {
    std::vector<std::pair<std::string_view, std::size_t>> sorted;
    for (std::size_t i = 0; i < vocabulary.texts.size(); ++i) sorted.emplace_back(vocabulary.texts[i], i);
    std::sort(sorted.begin(), sorted.end());
    std::vector<std::size_t> tokens;
    for (std::size_t at = 0; at < text.size();) {
        std::optional<std::size_t> found;
        for (std::size_t length = std::min<std::size_t>(16, text.size() - at); length > 0 && !found;
             --length) {
            const std::string_view piece = std::string_view(text).substr(at, length);
            const auto place =
                std::lower_bound(sorted.begin(), sorted.end(), std::pair(piece, std::size_t{0}));
            if (place != sorted.end() && place->first == piece) found = place->second;
        }
        if (!found) return {};
        tokens.push_back(*found);
        at += vocabulary.texts[*found].size();
    }
    return tokens;
}

struct Cost {
    double mean = 0;
    double most = 0;
};

/// Empty: a token was not allowed.
std::optional<Cost> write(GrammarMasks& masks, const std::vector<std::size_t>& tokens,
                          const Vocabulary& vocabulary, std::vector<float>& logits) {
    masks.restart();
    Cost cost;
    for (const std::size_t token : tokens) {
        std::fill(logits.begin(), logits.end(), 0.0f);
        const auto start = microsecondsWorked();
        const TokenMask& allowed = masks.allowed();
        allowed.apply(logits);
        const bool isAllowed = allowed.has(vocabulary.ids[token]) && masks.take(vocabulary.texts[token]);
        const double microseconds = (microsecondsWorked() - start);
        if (!isAllowed) return std::nullopt;
        cost.mean += microseconds / static_cast<double>(tokens.size());
        cost.most = std::max(cost.most, microseconds);
    }
    return masks.complete() ? std::optional(cost) : std::nullopt;
}

} // namespace

int main(int count, char** arguments) {
    const Vocabulary vocabulary = count > 1 ? vocabularyOf(arguments[1]) : madeUpVocabulary();
    auto start = microsecondsWorked();
    const auto trie = vocabulary.trie();
    std::printf("%zu tokens, their tree made in %.0f ms, once a model\n\n", vocabulary.size,
                (microsecondsWorked() - start) / 1000);
    std::printf("%-28s %10s %8s %14s %14s %14s\n", "", "schema ms", "tokens", "first time µs", "again µs",
                "slowest µs");
    bool isKept = true;
    std::vector<float> logits(vocabulary.size);
    for (const Case& each : cases()) {
        const std::vector<std::size_t> tokens = cut(each.text, vocabulary);
        start = microsecondsWorked();
        Grammar grammar = compileJsonSchema(each.schema);
        const double compiling = (microsecondsWorked() - start) / 1000;
        GrammarMasks masks(std::move(grammar), trie);
        const auto first = write(masks, tokens, vocabulary, logits);
        const auto again = write(masks, tokens, vocabulary, logits);
        if (!first || !again) {
            std::printf("%-28s: a token that is right was refused\n", each.name);
            return 1;
        }
        std::printf("%-28s %10.1f %8zu %14.0f %14.0f %14.0f\n", each.name, compiling, tokens.size(),
                    first->mean, again->mean, first->most);
        isKept = isKept && first->mean <= kMostMicroseconds && again->mean <= kMostMicroseconds;
    }
    return isKept ? 0 : 1;
}
