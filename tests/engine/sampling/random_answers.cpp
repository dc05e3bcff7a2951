#include "tests/engine/sampling/random_answers.h"

#include <string_view>
#include <utility>

namespace ponder::engine {

namespace {

constexpr std::string_view kWritten =
    R"({"name": "Grüße, 世界 🎉", "age": 42, "tags": ["a", "b\n", "\u00e9\ud83d\ude00"], "x": {"y": [1.5e-3, -0.25, null,
  true, false]}, "date": "2024-02-29T23:59:59.5+01:00", "id": "123e4567-e89b-12d3-a456-426614174000"}
    },
    {"kind":"circle","radius":10},{"kind":"square","side":"\\ \" \/ x"}],[[[]]],{"a":{"a":{"a":{}}}}
        "left": {"value": 7, "right": null}}}}, "mail": "me@example.org", "Ключ": "значение ключа", "100.000")";

bool closes(std::string_view token) {
    return token.starts_with('"') || token.starts_with('}') || token.starts_with(']');
}

} // namespace

std::vector<std::string> randomVocabulary(std::uint32_t seed, std::size_t size) {
    std::mt19937 random(seed);
    std::vector<std::string> tokens;
    for (int byte = 0; byte < 256; ++byte) tokens.emplace_back(1, static_cast<char>(byte));
    while (tokens.size() < size) {
        const std::size_t begin = random() % kWritten.size();
        tokens.emplace_back(kWritten.substr(begin, 1 + random() % (random() % 20 == 0 ? 40 : 12)));
    }
    return tokens;
}

std::shared_ptr<const TokenTrie> trieOf(const std::vector<std::string>& vocabulary) {
    std::vector<TokenTrie::Word> words;
    for (std::size_t i = 0; i < vocabulary.size(); ++i)
        words.emplace_back(static_cast<TokenId>(i), vocabulary[i]);
    return std::make_shared<const TokenTrie>(words, vocabulary.size());
}

RandomAnswer randomAnswer(GrammarMasks& masks, const std::vector<std::string>& vocabulary,
                          std::mt19937& random, int mostTokens) {
    masks.restart();
    RandomAnswer answer;
    for (int i = 0; i < mostTokens; ++i) {
        if (masks.complete() && (!masks.goesOn() || random() % 4 == 0)) {
            answer.isWhole = true;
            return answer;
        }
        const TokenMask& allowed = masks.allowed();
        std::vector<std::size_t> all;
        std::vector<std::size_t> closing;
        for (std::size_t id = 0; id < vocabulary.size(); ++id) {
            if (!allowed.has(static_cast<TokenId>(id))) continue;
            all.push_back(id);
            if (closes(vocabulary[id])) closing.push_back(id);
        }
        if (all.empty()) return answer;
        const auto& choice = !closing.empty() && random() % 3 == 0 ? closing : all;
        const std::string& token = vocabulary[choice[random() % choice.size()]];
        if (!masks.take(token)) {
            answer.text += "<a token that is allowed was not taken>";
            return answer;
        }
        answer.text += token;
    }
    return answer;
}

} // namespace ponder::engine
