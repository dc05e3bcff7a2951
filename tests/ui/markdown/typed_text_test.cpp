#include "ui/markdown/markdown_parser.h"

#include <gtest/gtest.h>

namespace ponder::ui {
namespace {

TEST(TypedText, IsShownAsItIs) {
    const auto blocks = parseTyped("# no heading\n* no list **no bold** <b>\n\n  indented");
    ASSERT_EQ(blocks.size(), 1u);
    EXPECT_EQ(blocks[0].kind, MarkdownKind::Paragraph);
    EXPECT_TRUE(blocks[0].content.spans.empty());
    QString text = blocks[0].content.text;
    EXPECT_EQ(text.replace(QChar(0x2028), '\n'), "# no heading\n* no list **no bold** <b>\n\n  indented");
}

TEST(TypedText, FencedCodeIsCode) {
    const auto blocks = parseTyped("look:\n```py\nx = 1\n```\nwhy?");
    ASSERT_EQ(blocks.size(), 3u);
    EXPECT_EQ(blocks[1].kind, MarkdownKind::Code);
    EXPECT_EQ(blocks[1].language, "py");
    EXPECT_EQ(blocks[1].content.text, "x = 1");
}

TEST(TypedText, NothingMakesNoBlock) {
    EXPECT_TRUE(parseTyped("").empty());
    EXPECT_TRUE(parseTyped("\n \n").empty());
}

} // namespace
} // namespace ponder::ui
