#include "app/store/search_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ponder::app {

namespace {

using testing::HasSubstr;

SearchQuery parsed(const std::string& typed) {
    return parseSearch(typed, LastWord::Whole);
}

TEST(SearchText, LeavesLatinTextAsItIs) {
    EXPECT_EQ(searchText("Hello, world!"), "Hello, world!");
}

TEST(SearchText, SetsEachIdeographApart) {
    EXPECT_EQ(searchText("北京a"), "北\x1f京\x1f"
                                   "a");
}

TEST(SearchText, IsShownWithoutTheSeparators) {
    for (const char* text : {"北京大学 is in 北京", "plain", "한국어", ""})
        EXPECT_EQ(shownText(searchText(text)), text);
}

TEST(SearchText, BrokenUtf8PassesByteByByte) {
    const std::string broken = "\xe5\x8c x \xff";
    EXPECT_EQ(searchText(broken), broken);
}

TEST(SearchText, TakesZeroBytesOut) {
    EXPECT_EQ(searchText(std::string_view("a\0b", 3)), "ab");
}

TEST(SearchQuery, OfNothingIsEmptyAndPossible) {
    EXPECT_EQ(parsed("  ").match, "");
    EXPECT_FALSE(parsed("  ").impossible);
}

TEST(SearchQuery, OfSignsOnlyIsImpossible) {
    EXPECT_TRUE(parsed("!!! ???").impossible);
}

TEST(SearchQuery, JoinsWordsWithAnd) {
    EXPECT_EQ(parsed("a b").match, "\"a\" AND \"b\"");
}

TEST(SearchQuery, DoublesQuotesWithinWords) {
    EXPECT_EQ(parsed("a\"b c\"").match, "\"a\" AND \"b c\"");
}

TEST(SearchQuery, AnUnclosedQuoteGoesToTheEnd) {
    EXPECT_EQ(parsed("\"a b").match, "\"a b\"");
}

TEST(SearchQuery, AColonInAnOrdinaryWordIsNoFilter) {
    const SearchQuery query = parsed("std::string http://x");
    EXPECT_THAT(query.match, HasSubstr("std::string"));
    EXPECT_THAT(query.match, HasSubstr("http://x"));
}

TEST(SearchQuery, AQuotedFilterIsText) {
    EXPECT_FALSE(parsed("\"role:user\"").role);
    EXPECT_THAT(parsed("\"role:user\"").match, HasSubstr("role:user"));
}

TEST(SearchQuery, RefusesFiltersWithSenselessValues) {
    for (const char* typed : {"role:robot", "in:space", "after:yesterday", "before:2026-13-01",
                              "after:2026-02-30", "after:2026-1-1x", "before:"})
        EXPECT_THROW(parsed(typed), engine::Error) << typed;
}

TEST(SearchQuery, ADateMayBeAYearOrAMonth) {
    EXPECT_LT(parsed("after:2026").afterMs, parsed("after:2026-02").afterMs);
    EXPECT_EQ(parsed("after:2026").afterMs, parsed("after:2026-01-01").afterMs);
}

TEST(SearchQuery, PlacesChooseTheColumnOfTheIndex) {
    EXPECT_THAT(parsed("a in:thoughts").match, HasSubstr("thoughts : ("));
    EXPECT_THAT(parsed("a in:answers").match, HasSubstr("words : ("));
}

} // namespace

} // namespace ponder::app
