#include "ui/markdown/formula_delimiters.h"
#include "ui/markdown/markdown_parser.h"

#include <gtest/gtest.h>

namespace ponder::ui {
namespace {

TEST(FormulaDelimiters, BackslashFormsBecomeDollars) {
    EXPECT_EQ(withDollarFormulas("a \\(x\\) b"), "a $x$ b");
    EXPECT_TRUE(withDollarFormulas("\\[ x \\]").contains("$$"));
}

TEST(FormulaDelimiters, MoneyIsNoFormula) {
    const auto blocks = parseMarkdown("It costs $1234 and $4567 today.");
    ASSERT_EQ(blocks.size(), 1u);
    EXPECT_EQ(blocks[0].content.text, "It costs $1234 and $4567 today.");
    EXPECT_TRUE(blocks[0].content.spans.empty());
}

TEST(FormulaDelimiters, CodeStaysAsItIs) {
    const QByteArray text = "`\\(a\\) $5` and\n\n```latex\n\\[ x \\]\n$y$\n```\n";
    EXPECT_EQ(withDollarFormulas(text), text);
}

TEST(FormulaDelimiters, AnUnclosedFormulaIsText) {
    const auto blocks = parseMarkdown("so \\(a + b is open");
    ASSERT_EQ(blocks.size(), 1u);
    for (const Span& span : blocks[0].content.spans) EXPECT_FALSE(span.style & span::kFormula);
}

} // namespace
} // namespace ponder::ui
