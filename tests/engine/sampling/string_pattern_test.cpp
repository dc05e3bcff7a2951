#include "engine/sampling/string_pattern.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <regex>

#include "engine/support/error.h"

namespace ponder::engine {
namespace {

using testing::HasSubstr;

bool accepts(const CharacterAutomaton& automaton, std::u32string_view text) {
    if (automaton.states.empty()) return false;
    std::uint32_t at = 0;
    for (const char32_t character : text) {
        const auto& edges = automaton.states[at].edges;
        const auto edge = std::find_if(edges.begin(), edges.end(), [&](const auto& each) {
            return character >= each.first && character <= each.last;
        });
        if (edge == edges.end()) return false;
        at = edge->next;
    }
    return automaton.states[at].accepts;
}

std::string refusalOf(const std::string& pattern) {
    try {
        stringsMatching(pattern);
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

TEST(StringPattern, FindsWhatTheLibraryFinds) {
    const char* patterns[] = {
        "ab",
        "^ab$",
        "^a|b$",
        "a*b+c?",
        "^(a|bc)*$",
        "^(ab?){2,3}$",
        "^[a-c]{3}$",
        "^[^a]+$",
        "^a.c$",
        "^(?:a|)b{0}c$",
        "^(a*)*$",
        "^(a|b)*?a$",
        "^\\w\\W\\d?$",
        "b{2,}",
        "^$",
        "",
        "^a$|^b",
        "c|^$",
        "^((a|b)c)+a?$",
        "^[\\w-]+$",
        "^(a{1,2}b){0,2}$",
        "\\.",
        "^[a\\]-]$",
        "^\\x61\\u0062$",
        "^(a+)?b$",
    };
    std::mt19937 random(2);
    for (const char* pattern : patterns) {
        const CharacterAutomaton automaton = stringsMatching(pattern);
        const std::regex library(pattern);
        for (int i = 0; i < 2000; ++i) {
            std::string text;
            for (std::size_t length = random() % 8; length > 0; --length) text += "aabbc.-] 1"[random() % 10];
            const std::u32string characters(text.begin(), text.end());
            ASSERT_EQ(accepts(automaton, characters), std::regex_search(text, library))
                << pattern << " | " << text;
        }
    }
}

TEST(StringPattern, KnowsCharactersBeyondAscii) {
    const CharacterAutomaton automaton = stringsMatching("^[à-ÿ]\\u{1F389}.\\s$");
    EXPECT_TRUE(accepts(automaton, U"é🎉世\u00A0"));
    EXPECT_FALSE(accepts(automaton, U"e🎉世 "));
    EXPECT_FALSE(accepts(automaton, U"é🎉\n "));
}

TEST(StringPattern, RefusesByNameWhatItCannotFollow) {
    EXPECT_THAT(refusalOf("(?=a)b"), HasSubstr("look ahead"));
    EXPECT_THAT(refusalOf("(?<!a)b"), HasSubstr("look ahead or back"));
    EXPECT_THAT(refusalOf("(a)\\1"), HasSubstr("\"\\1\""));
    EXPECT_THAT(refusalOf("\\bword\\b"), HasSubstr("\"\\b\""));
    EXPECT_THAT(refusalOf("\\p{L}"), HasSubstr("\"\\p\""));
    EXPECT_THAT(refusalOf("a^b"), HasSubstr("\"^\""));
    EXPECT_THAT(refusalOf("(a$)b"), HasSubstr("\"$\""));
    EXPECT_THAT(refusalOf("a$b"), HasSubstr("\"$\""));
    for (const char* pattern : {"(", ")", "[a", "a{2,1}", "*a", "a**", "\\", "a{", "[b-a]", "\\xZZ", "(?",
                                "(?<a", "a{2000}", "\\u{110000}", "a{,3}"})
        EXPECT_THAT(refusalOf(pattern), HasSubstr("The pattern")) << pattern;
}

} // namespace
} // namespace ponder::engine
