#include "ui/finding/title_match.h"

#include <gtest/gtest.h>

namespace ponder::ui {
namespace {

int scoreOf(const char* typed, const char* title) {
    const auto match = matchTitle(QString::fromUtf8(typed), QString::fromUtf8(title));
    return match ? match->score : -1;
}

TEST(TitleMatch, ABeginningBeatsAWordBeatsAPartBeatsLettersInOrder) {
    const int start = scoreOf("plan", "Planning a trip");
    const int word = scoreOf("plan", "A plan for Lisbon");
    const int part = scoreOf("plan", "Explanation");
    const int order = scoreOf("plan", "Paint the lane");
    EXPECT_GT(start, word);
    EXPECT_GT(word, part);
    EXPECT_GT(part, order);
    EXPECT_EQ(scoreOf("plan", "Regex"), -1);
}

TEST(TitleMatch, EveryWordMustMatchInAnyOrder) {
    EXPECT_GT(scoreOf("lisbon trip", "Trip to Lisbon"), 0);
    EXPECT_EQ(scoreOf("lisbon train", "Trip to Lisbon"), -1);
}

TEST(TitleMatch, CaseAndAccentsDoNotMatter) {
    EXPECT_GT(scoreOf("CREME", "Crème brûlée"), 0);
    EXPECT_GT(scoreOf("brulee", "Crème brûlée"), 0);
    EXPECT_GT(scoreOf("写作", "中文写作建议"), 0);
}

TEST(TitleMatch, NothingTypedMatchesEverything) {
    EXPECT_EQ(scoreOf("  ", "Anything"), 0);
}

TEST(TitleMatch, MarksWhatHasMatched) {
    const auto match = matchTitle("to lis", "Trip to Lisbon");
    ASSERT_TRUE(match);
    EXPECT_EQ(match->marks, (std::vector<TextRange>{{5, 7}, {8, 11}}));
}

TEST(TitleMatch, LettersAllOverATitleAreACoincidence) {
    EXPECT_EQ(scoreOf("aeiou", "a terrible thing is obvious upfront"), -1);
    EXPECT_GT(scoreOf("rngbuf", "Refactor ring buffer"), 0);
}

TEST(TitleMatch, OtherWordsAreMatchedByTheirBeginningsOnly) {
    EXPECT_TRUE(beginsWords("font", "Text size font letters"));
    EXPECT_TRUE(beginsWords("let text", "Text size font letters"));
    EXPECT_FALSE(beginsWords("ont", "Text size font letters"));
    EXPECT_FALSE(beginsWords("tsf", "Text size font letters"));
    EXPECT_FALSE(beginsWords("font dark", "Text size font letters"));
}

} // namespace
} // namespace ponder::ui
