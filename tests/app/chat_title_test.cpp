#include "app/chat_title.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace ponder::app {

namespace {

std::size_t charactersOf(const std::string& text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char letter) { return (letter & 0xc0) != 0x80; }));
}

TEST(ChatTitle, IsAShortPromptAsItStands) {
    EXPECT_EQ(titleFromPrompt("What is 347 + 588?"), "What is 347 + 588?");
}

TEST(ChatTitle, OfAnEmptyPromptIsNewChat) {
    EXPECT_EQ(titleFromPrompt(""), "New chat");
    EXPECT_EQ(titleFromPrompt(" \n\t "), "New chat");
}

TEST(ChatTitle, JoinsLinesAndSpaces) {
    EXPECT_EQ(titleFromPrompt("  one\n\ttwo   three \n"), "one two three");
}

TEST(ChatTitle, LeavesMarkdownsSignsAtLineStartsOut) {
    EXPECT_EQ(titleFromPrompt("## Plan\n> a `b` c"), "Plan a b c");
}

TEST(ChatTitle, KeepsAStarWithinALine) {
    EXPECT_EQ(titleFromPrompt("2 * 3"), "2 * 3");
}

TEST(ChatTitle, EndsALongPromptAtAWord) {
    const std::string title =
        titleFromPrompt("Explain to me, slowly and with examples, how a compiler works inside");
    EXPECT_EQ(title, "Explain to me, slowly and with examples, how a…");
}

TEST(ChatTitle, CutsAScriptWithoutSpacesBetweenCharacters) {
    std::string prompt;
    for (int i = 0; i < 80; ++i) prompt += "字";
    const std::string title = titleFromPrompt(prompt);
    EXPECT_EQ(charactersOf(title), 51U);
    EXPECT_EQ(title.substr(0, 150), prompt.substr(0, 150));
}

TEST(ChatTitle, HoldsNoControlCharacters) {
    EXPECT_EQ(titleFromPrompt(std::string("a\x1b[31mred\x07", 10)), "a[31mred");
}

TEST(ChatTitle, OfAMegabyteIsStillShort) {
    EXPECT_LE(charactersOf(titleFromPrompt(std::string(1 << 20, 'x'))), 51U);
}

TEST(TitleFromAnswer, IsTheFirstLineWithoutItsWrapping) {
    EXPECT_EQ(titleFromAnswer("Adding small numbers"), "Adding small numbers");
    EXPECT_EQ(titleFromAnswer("\n\n**Title:** \"Adding small numbers.\"\nA short title."),
              "Adding small numbers");
    EXPECT_EQ(titleFromAnswer("# Pumpkin soup"), "Pumpkin soup");
    EXPECT_EQ(titleFromAnswer("„Kürbissuppe für zwei“"), "Kürbissuppe für zwei");
    EXPECT_EQ(titleFromAnswer("标题：《南瓜汤》"), "南瓜汤");
    EXPECT_EQ(titleFromAnswer("*Why is the sky blue?*"), "Why is the sky blue?");
    EXPECT_EQ(titleFromAnswer("It's a trap"), "It's a trap");
    EXPECT_EQ(titleFromAnswer("- Learning C#"), "Learning C#");
    EXPECT_EQ(titleFromAnswer("Here is a title for our conversation:\n\n\"Blue sky\""), "Blue sky");
}

TEST(TitleFromAnswer, HasNoThoughts) {
    EXPECT_EQ(titleFromAnswer("<think>Hm, a title.</think>\n\nBlue sky"), "Blue sky");
    EXPECT_EQ(titleFromAnswer("Let me see.\n</think>\nBlue sky"), "Blue sky");
    EXPECT_EQ(titleFromAnswer("<think>Hm, a title would be"), "");
}

TEST(TitleFromAnswer, IsNoRepetitionOfTheRequest) {
    const std::string request = "Write a title: at most six words, in the language of my first message.";
    EXPECT_EQ(titleFromAnswer("At most six words, in the language of my first message.", request), "");
    EXPECT_EQ(titleFromAnswer("Title: at most six words\nBlue sky", request), "Blue sky");
    EXPECT_EQ(titleFromAnswer("The language of my parrot", request), "The language of my parrot");
    EXPECT_EQ(titleFromAnswer("First words", request), "First words");
}

TEST(TitleFromAnswer, IsCutBetweenWordsAfterSixtyCharacters) {
    const std::string title =
        titleFromAnswer("A very long title that a model wrote although it was told to be brief");
    EXPECT_EQ(title, "A very long title that a model wrote although it was told to…");
    std::string han;
    for (int i = 0; i < 100; ++i) han += "汤";
    EXPECT_EQ(titleFromAnswer(han), han.substr(0, 180) + "…");
}

TEST(TitleFromAnswer, IsEmptyWhereNothingIsLeft) {
    for (const char* nothing : {"", "\n \n", "\"\"", "**", "Title:", "...", "\x01\x02"})
        EXPECT_EQ(titleFromAnswer(nothing), "") << nothing;
}

} // namespace

} // namespace ponder::app
