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

TEST(FormulaDelimiters, EveryFormIsAFormula) {
    for (const char* text : {"so $x$ is", "so \\(x\\) is", "so \\( x \\) is", "($x$), \\(y\\)\\(z\\)"}) {
        const auto blocks = parseMarkdown(text);
        ASSERT_EQ(blocks.size(), 1u) << text;
        ASSERT_FALSE(blocks[0].content.spans.empty()) << text;
        EXPECT_TRUE(blocks[0].content.spans[0].style & span::kFormula) << text;
    }
}

TEST(FormulaDelimiters, MoneyBesideAFormulaStaysMoney) {
    const auto blocks = parseMarkdown("For $5 you get $x$ and $10 more, or $y^2$.");
    ASSERT_EQ(blocks.size(), 1u);
    ASSERT_EQ(blocks[0].content.spans.size(), 2u);
    EXPECT_EQ(blocks[0].content.text.mid(blocks[0].content.spans[0].start, 3), "$x$");
    EXPECT_EQ(blocks[0].content.text.mid(blocks[0].content.spans[1].start, 5), "$y^2$");
}

TEST(FormulaDelimiters, FormulasBesideEachOtherStayTwo) {
    const auto blocks = parseMarkdown("\\(a\\)\\(b\\)");
    ASSERT_EQ(blocks.size(), 1u);
    EXPECT_EQ(blocks[0].content.spans.size(), 2u);
}

TEST(FormulaDelimiters, AFormulaByItselfIsABlock) {
    for (const char* text : {"$$x$$", "\\[x\\]", "\\[\nx\n\\]", "$$\nx\n$$"}) {
        const auto blocks = parseMarkdown(text);
        ASSERT_EQ(blocks.size(), 1u) << text;
        EXPECT_EQ(blocks[0].kind, MarkdownKind::Formula) << text;
        QString shown = blocks[0].content.text;
        EXPECT_EQ(shown.remove(QChar(0x2028)).remove(u' '), "$$x$$") << text;
    }
}

TEST(FormulaDelimiters, TextAroundAFormulaByItselfIsParagraphs) {
    const auto blocks = parseMarkdown("- so **we** get \\[x\\] and *then*\n  $$y$$\n  at last\n");
    ASSERT_EQ(blocks.size(), 5u);
    const MarkdownKind kinds[] = {MarkdownKind::Paragraph, MarkdownKind::Formula, MarkdownKind::Paragraph,
                                  MarkdownKind::Formula, MarkdownKind::Paragraph};
    const char* const texts[] = {"so we get", "$$x$$", "and then", "$$y$$", "at last"};
    for (size_t i = 0; i < 5; ++i) {
        EXPECT_EQ(blocks[i].kind, kinds[i]);
        EXPECT_EQ(blocks[i].content.text, texts[i]);
        EXPECT_EQ(blocks[i].markers.size(), i == 0 ? 1u : 0u);
        EXPECT_EQ(blocks[i].nesting.depth, 1);
    }
    ASSERT_EQ(blocks[0].content.spans.size(), 1u);
    EXPECT_EQ(blocks[0].content.spans[0].start, 3);
    EXPECT_EQ(blocks[2].content.spans.at(0).start, 4);
}

TEST(FormulaDelimiters, LinesInAFormulaStayLines) {
    const auto blocks = parseMarkdown("\\[\na % a comment\n+ b\n\\]");
    ASSERT_EQ(blocks.size(), 1u);
    EXPECT_EQ(blocks[0].content.text, QString::fromUtf8("$$a % a comment\u2028+ b$$"));
}

TEST(FormulaDelimiters, LinesOfAFormulaAreNoMarkdown) {
    for (const char* text : {"$$\na\n= b\n- c\n# d\n$$", "> \\[\n> a\n> = b\n> - c\n> # d\n> \\]",
                             "1. $$\n   a\n   = b\n   - c\n   # d\n   $$"}) {
        const auto blocks = parseMarkdown(text);
        ASSERT_EQ(blocks.size(), 1u) << text;
        EXPECT_EQ(blocks[0].content.text, QString::fromUtf8("$$a\u2028= b\u2028- c\u2028# d$$")) << text;
    }
}

TEST(FormulaDelimiters, TexIsKeptAsItIs) {
    for (const char* tex : {"\\{a\\} \\\\ \\_ \\% \\, \\; \\| \\&", "a*b*c_d_e ~~x~~ <b> &amp; ![i](u)",
                            "\\$5", "\\begin{pmatrix} a \\\\ b \\end{pmatrix}", "a^{*}_{*} `x`"}) {
        for (const QByteArray& dollars : {QByteArray("$"), QByteArray("$$")}) {
            if (dollars == "$" && QByteArray(tex).contains('`')) continue; // code goes before formulas
            const auto blocks = parseMarkdown("see " + dollars + tex + dollars);
            EXPECT_EQ(blocks.back().content.text.section(u' ', dollars == "$" ? 1 : 0),
                      QString(dollars + tex + dollars));
        }
    }
}

TEST(FormulaDelimiters, FormulasTouchWords) {
    for (const char* text : {"a\\(x\\)b", "1\\(x\\)2", "的\\(x\\)是", "的$x$是", "-$x$-"}) {
        const auto blocks = parseMarkdown(text);
        ASSERT_EQ(blocks[0].content.spans.size(), 1u) << text;
        EXPECT_EQ(blocks[0].content.text.mid(blocks[0].content.spans[0].start, 3), "$x$") << text;
    }
}

TEST(FormulaDelimiters, AnUnclosedFormulaIsText) {
    const auto blocks = parseMarkdown("so \\(a + b is open");
    ASSERT_EQ(blocks.size(), 1u);
    for (const Span& span : blocks[0].content.spans) EXPECT_FALSE(span.style & span::kFormula);
}

} // namespace
} // namespace ponder::ui
