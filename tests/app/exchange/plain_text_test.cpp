#include "app/exchange/plain_text.h"

#include <gtest/gtest.h>

namespace ponder::app {

namespace {

TEST(PlainText, ParagraphsStayApartByAnEmptyLine) {
    EXPECT_EQ(plainText("One\n\nTwo"), "One\n\nTwo\n");
}

TEST(PlainText, ALineBreakWithinAParagraphIsASpace) {
    EXPECT_EQ(plainText("One\ntwo"), "One two\n");
}

TEST(PlainText, AHardLineBreakIsOne) {
    EXPECT_EQ(plainText("One  \ntwo\\\nthree"), "One\ntwo\nthree\n");
}

TEST(PlainText, EmphasisLosesItsSigns) {
    EXPECT_EQ(plainText("**bold** *slanted* ~~gone~~ `code`"), "bold slanted gone code\n");
}

TEST(PlainText, HeadingsAreLines) {
    EXPECT_EQ(plainText("# Title\n\nText\n\n## Part"), "Title\n\nText\n\nPart\n");
}

TEST(PlainText, ListsKeepTheirDashes) {
    EXPECT_EQ(plainText("* a\n* b"), "- a\n- b\n");
}

TEST(PlainText, NumberedListsKeepTheirNumbers) {
    EXPECT_EQ(plainText("3. c\n4. d"), "3. c\n4. d\n");
}

TEST(PlainText, NestedListsAreSetInByTwoSpaces) {
    EXPECT_EQ(plainText("- a\n  - b\n    - c\n- d"), "- a\n  - b\n    - c\n- d\n");
}

TEST(PlainText, TasksKeepTheirBoxes) {
    EXPECT_EQ(plainText("- [ ] open\n- [x] done"), "- [ ] open\n- [x] done\n");
}

TEST(PlainText, TextAroundAListStaysApart) {
    EXPECT_EQ(plainText("Before\n\n- a\n\nAfter"), "Before\n\n- a\n\nAfter\n");
}

TEST(PlainText, CodeStaysAsItIs) {
    EXPECT_EQ(plainText("Look:\n\n```python\nif x:\n    *y* = 1\n\nprint(y)\n```\n"),
              "Look:\n\nif x:\n    *y* = 1\n\nprint(y)\n");
}

TEST(PlainText, TablesBecomeColumns) {
    EXPECT_EQ(plainText("| Name | Age |\n|---|---|\n| Ann | 5 |\n| Bartholomew | 61 |"),
              "Name         Age\nAnn          5\nBartholomew  61\n");
}

TEST(PlainText, ColumnsAreMeasuredInCharacters) {
    EXPECT_EQ(plainText("| ä | b |\n|---|---|\n| cd | e |"), "ä   b\ncd  e\n");
}

TEST(PlainText, LinksShowTheirAddress) {
    EXPECT_EQ(plainText("[the manual](https://example.org/m)"), "the manual (https://example.org/m)\n");
}

TEST(PlainText, ABareAddressIsShownOnce) {
    EXPECT_EQ(plainText("<https://example.org>"), "https://example.org\n");
    EXPECT_EQ(plainText("https://example.org"), "https://example.org\n");
    EXPECT_EQ(plainText("<me@example.org>"), "me@example.org\n");
}

TEST(PlainText, PicturesShowTheirWordsAndAddress) {
    EXPECT_EQ(plainText("![a cat](cat.png)"), "a cat (cat.png)\n");
}

TEST(PlainText, FormulasStayTeX) {
    EXPECT_EQ(plainText("So $a_1 + b$ and $$x^2$$."), "So $a_1 + b$ and $$x^2$$.\n");
}

TEST(PlainText, EntitiesAreTheirCharacters) {
    EXPECT_EQ(plainText("a &lt; b &amp;&amp; c &#233; &#x1F30A; &unknown;"), "a < b && c é 🌊 &unknown;\n");
}

TEST(PlainText, EscapedSignsAreThemselves) {
    EXPECT_EQ(plainText("2 \\* 3 \\_x\\_"), "2 * 3 _x_\n");
}

TEST(PlainText, HtmlIsTextLikeAnyOther) {
    EXPECT_EQ(plainText("a <b>c</b>"), "a <b>c</b>\n");
}

TEST(PlainText, ARuleIsThreeDashes) {
    EXPECT_EQ(plainText("a\n\n---\n\nb"), "a\n\n---\n\nb\n");
}

TEST(PlainText, OfNothingIsNothing) {
    EXPECT_EQ(plainText(""), "");
}

TEST(PlainText, DeepNestingEnds) {
    std::string deep(20'000, '>');
    EXPECT_NO_THROW(plainText(deep + " x"));
    EXPECT_NO_THROW(plainText(std::string(20'000, '[') + "x"));
}

} // namespace

} // namespace ponder::app
