#include "ui/markdown/growing_text.h"

#include <gtest/gtest.h>

namespace ponder::ui {
namespace {

TEST(GrowingText, MarksOfTheLastLineWait) {
    EXPECT_EQ(settledText("7+8=15\n="), "7+8=15\n");
    EXPECT_EQ(settledText("7+8=15\n= "), "7+8=15\n");
    EXPECT_EQ(settledText("Text\n``"), "Text\n");
    EXPECT_EQ(settledText("Text\n- "), "Text\n");
    EXPECT_EQ(settledText("##"), "");
}

TEST(GrowingText, AnythingElseIsShownAtOnce) {
    EXPECT_EQ(settledText("7+8=15\n= 1"), "7+8=15\n= 1");
    EXPECT_EQ(settledText("Title\n=\n"), "Title\n=\n");
    EXPECT_EQ(settledText("Title\n==\nmore"), "Title\n==\nmore");
    EXPECT_EQ(settledText("- a"), "- a");
    EXPECT_EQ(settledText(""), "");
    const QString bar(200, u'=');
    EXPECT_EQ(settledText(bar), bar);
}

} // namespace
} // namespace ponder::ui
