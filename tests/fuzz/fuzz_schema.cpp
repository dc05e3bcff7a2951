// A JSON schema comes from a file or a program Ponder does not know. Whatever it says, it is refused with an
// Error or compiled to a grammar without dead ends, whose every text is JSON.

#include "engine/sampling/grammar_masks.h"
#include "engine/sampling/json_schema.h"
#include "engine/support/check.h"
#include "engine/support/error.h"
#include "tests/fuzz/fuzz_target.h"

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace ponder::engine {

namespace {

constexpr int kMostTokens = 24;

const std::vector<std::string>& vocabulary() {
    static const std::vector<std::string> tokens = [] {
        std::vector<std::string> made;
        for (int byte = 0; byte < 256; ++byte) made.emplace_back(1, static_cast<char>(byte));
        for (const char* token : {"\",\"",
                                  "\": ",
                                  "{\"",
                                  "\"}",
                                  "[[",
                                  "]]",
                                  "}}",
                                  "[\"",
                                  "\"]",
                                  "é",
                                  "\xF0\x9F",
                                  "\x8E\x89\"",
                                  "\\u",
                                  "\\ud83d\\ude00",
                                  "00",
                                  "0.5",
                                  "null",
                                  "true",
                                  "},\n  {",
                                  "2024-02-29",
                                  "                     ",
                                  "aaaaaaaaaaaaaaaaaaaaaaaa",
                                  "[[[[[[[["})
            made.emplace_back(token);
        return made;
    }();
    return tokens;
}

const std::shared_ptr<const TokenTrie>& trie() {
    static const std::shared_ptr<const TokenTrie> made = [] {
        std::vector<TokenTrie::Word> words;
        for (std::size_t i = 0; i < vocabulary().size(); ++i)
            words.emplace_back(static_cast<TokenId>(i), vocabulary()[i]);
        return std::make_shared<const TokenTrie>(words, words.size());
    }();
    return made;
}

/// Follows the schema's own bytes as a throw of dice.
void draw(GrammarMasks& masks, std::string_view dice) {
    std::string text;
    std::size_t sum = 7;
    for (int i = 0; i < kMostTokens; ++i) {
        const TokenMask& allowed = masks.allowed();
        CHECK(masks.complete() || !allowed.empty());
        CHECK(masks.goesOn() == !allowed.empty());
        if (masks.complete()) CHECK(nlohmann::json::accept(text));
        if (allowed.empty()) return;
        sum = sum * 31 + static_cast<unsigned char>(dice[static_cast<std::size_t>(i) % dice.size()]);
        std::size_t id = sum % vocabulary().size();
        while (!allowed.has(static_cast<TokenId>(id))) id = (id + 1) % vocabulary().size();
        CHECK(masks.take(vocabulary()[id]));
        text += vocabulary()[id];
    }
}

} // namespace

} // namespace ponder::engine

void ponder::fuzz::tryInput(std::string_view input) {
    try {
        engine::GrammarMasks masks(engine::compileJsonSchema(input), engine::trie());
        engine::draw(masks, input);
        masks.restart();
        engine::draw(masks, input.substr(input.size() / 2));
    } catch (const engine::Error&) {
        // Refused, as it should be.
    }
}

std::vector<std::string> ponder::fuzz::seeds() {
    return {
        "true",
        "{}",
        R"({"type":"object","properties":{"a":{"type":"integer","minimum":-5,"maximum":120},"b":{"type":["string","null"],
"minLength":2,"maxLength":7}},"required":["a"],"additionalProperties":{"type":"boolean"}})",
        R"({"type":"array","prefixItems":[{"const":1},{"enum":["x","xy",2.5,null,{"a":[]}]}],"items":{"type":"number",
"exclusiveMinimum":0.1,"maximum":3.25},"minItems":1,"maxItems":4})",
        R"({"$defs":{"t":{"type":"object","properties":{"v":{"type":"integer"},"l":{"$ref":"#/$defs/t"},"r":{"anyOf":[
{"$ref":"#/$defs/t"},{"type":"null"}]}},"required":["v"]}},"$ref":"#/$defs/t"})",
        R"({"allOf":[{"properties":{"a":{"type":"string"}}},{"properties":{"a":{"maxLength":3}},"required":["a"]}],
"oneOf":[{"properties":{"k":{"const":"x"}}},{"properties":{"k":{"const":"y"}}}]})",
        R"({"type":"string","pattern":"^(ab|[^c-z\\d]+?){2,5}\\.\\u00e9*$","maxLength":20})",
        R"({"properties":{"d":{"format":"date-time"},"u":{"format":"uuid"},"m":{"format":"email"}}})",
        R"({"type":"number","multipleOf":0.01,"minimum":-1e3})",
        R"({"anyOf":[{"type":"array","items":{"$ref":"#"},"maxItems":3},{"type":"array","items":{"$ref":"#"},"maxItems":4}]})",
        R"({"type":"array","items":{"type":"string","minLength":40},"uniqueItems":false,"x-y":1})",
        R"({"allOf":[{"$ref":"#/$defs/a"},{"anyOf":[{"minimum":1},{"required":["b"]}]}],"$defs":{"a":{"anyOf":[{"type":
"integer"},{"type":"object"}]}}})",
    };
}
