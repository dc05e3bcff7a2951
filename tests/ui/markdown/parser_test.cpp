#include "ui/markdown/markdown_parser.h"

#include <gtest/gtest.h>

namespace ponder::ui {
namespace {

QString textOf(const MarkdownBlock& block, const Span& span) {
    return block.content.text.mid(span.start, span.length);
}

TEST(MarkdownParser, ReadsParagraphsAndHeadings) {
    const auto blocks = parseMarkdown("# One\n\ntext\ngoes on\n\n### Three");
    ASSERT_EQ(blocks.size(), 3u);
    EXPECT_EQ(blocks[0].kind, MarkdownKind::Heading);
    EXPECT_EQ(blocks[0].level, 1);
    EXPECT_EQ(blocks[1].content.text, "text goes on");
    EXPECT_EQ(blocks[2].level, 3);
}

TEST(MarkdownParser, KeepsLineBreaksWhereAsked) {
    EXPECT_EQ(parseMarkdown("a\nb", LineBreaks::Keep)[0].content.text, QString("a\u2028b"));
    EXPECT_EQ(parseMarkdown("a  \nb")[0].content.text, QString("a\u2028b"));
}

TEST(MarkdownParser, MarksStyledStretches) {
    const auto blocks = parseMarkdown("x **bold** *it* `co` ~~no~~ ***both***");
    ASSERT_EQ(blocks.size(), 1u);
    const auto& spans = blocks[0].content.spans;
    ASSERT_EQ(spans.size(), 5u);
    EXPECT_EQ(textOf(blocks[0], spans[0]), "bold");
    EXPECT_EQ(spans[0].style, span::kBold);
    EXPECT_EQ(spans[1].style, span::kItalic);
    EXPECT_EQ(spans[2].style, span::kCode);
    EXPECT_EQ(spans[3].style, span::kStrike);
    EXPECT_EQ(spans[4].style, span::kBold | span::kItalic);
}

TEST(MarkdownParser, NumbersListsFromTheirStartAndNestsThem) {
    const auto blocks = parseMarkdown("3. three\n4. four\n   - inner\n\nend");
    ASSERT_EQ(blocks.size(), 4u);
    EXPECT_EQ(blocks[0].markers[0].text, "3.");
    EXPECT_EQ(blocks[1].markers[0].text, "4.");
    EXPECT_EQ(blocks[2].nesting.depth, 2);
    EXPECT_EQ(blocks[2].markers[0].kind, MarkerKind::Bullet);
    EXPECT_EQ(blocks[3].nesting.depth, 0);
}

TEST(MarkdownParser, TellsOpenTasksFromDoneOnes) {
    const auto blocks = parseMarkdown("- [ ] open\n- [x] done");
    ASSERT_EQ(blocks.size(), 2u);
    EXPECT_EQ(blocks[0].markers[0].kind, MarkerKind::TaskOpen);
    EXPECT_EQ(blocks[1].markers[0].kind, MarkerKind::TaskDone);
}

TEST(MarkdownParser, KnowsQuotesFromLists) {
    const auto blocks = parseMarkdown("> outer\n> - item");
    ASSERT_EQ(blocks.size(), 2u);
    EXPECT_TRUE(blocks[0].nesting.isQuote(0));
    EXPECT_EQ(blocks[1].nesting.depth, 2);
    EXPECT_FALSE(blocks[1].nesting.isQuote(1));
}

TEST(MarkdownParser, AnOpenFenceIsCodeAlready) {
    const auto blocks = parseMarkdown("```cpp title\nint a;\n");
    ASSERT_EQ(blocks.size(), 1u);
    EXPECT_EQ(blocks[0].kind, MarkdownKind::Code);
    EXPECT_EQ(blocks[0].language, "cpp");
    EXPECT_EQ(blocks[0].content.text, "int a;");
}

TEST(MarkdownParser, CodeKeepsItsTabs) {
    EXPECT_EQ(parseMarkdown("```make\nall:\n\tcc \\\n\t \ta.c\n  \tx\ty\n```\n\n\ttext")[0].content.text,
              "all:\n\tcc \\\n\t \ta.c\n  \tx\ty");
    EXPECT_EQ(parseMarkdown("- item\n\n  ```\n  \ta\n  ```")[1].content.text, "\ta");
    EXPECT_EQ(parseMarkdown("> ```\n> \ta\n> ```")[0].content.text, "\ta");
}

TEST(MarkdownParser, IndentationAloneMakesNoCode) {
    EXPECT_EQ(parseMarkdown("    four spaces")[0].kind, MarkdownKind::Paragraph);
}

TEST(MarkdownParser, ReadsTablesWithTheirAlignment) {
    const auto blocks = parseMarkdown("|a|b|c|\n|--|:-:|-:|\n|1|2|3|\n|4|");
    ASSERT_EQ(blocks.size(), 1u);
    EXPECT_EQ(blocks[0].kind, MarkdownKind::Table);
    EXPECT_EQ(blocks[0].columns, 3);
    EXPECT_EQ(blocks[0].rows(), 3);
    EXPECT_EQ(blocks[0].alignments,
              (std::vector{CellAlignment::Start, CellAlignment::Centre, CellAlignment::End}));
    EXPECT_EQ(blocks[0].cells.size(), 9u) << "short rows are filled up";
    EXPECT_EQ(blocks[0].cells[5].text, "3");
}

TEST(MarkdownParser, OneDashIsEnoughForAColumn) {
    for (const char* text : {"|a|b|\n|-|-|\n|1|2|", "a | b\n:- | -\n1 | 2", "> |a|b|\n> |:-|-:|\n> |1|2|"}) {
        ASSERT_EQ(parseMarkdown(text).size(), 1u) << text;
        EXPECT_EQ(parseMarkdown(text)[0].kind, MarkdownKind::Table) << text;
    }
    EXPECT_EQ(parseMarkdown("```\n|a|b|\n|-|-|\n```")[0].content.text, "|a|b|\n|-|-|");
    EXPECT_EQ(parseMarkdown("no header\n|-|")[0].content.text, "no header |-|");
}

TEST(MarkdownParser, CutsTablesThatAreTooWideAndSaysSo) {
    QByteArray row("|");
    QByteArray line("|");
    for (int i = 0; i < 40; ++i) {
        row += "x|";
        line += "-|";
    }
    const auto blocks = parseMarkdown(row + "\n" + line + "\n" + row);
    ASSERT_EQ(blocks.size(), 1u);
    EXPECT_EQ(blocks[0].columns, markdown_limit::kColumns);
    EXPECT_EQ(blocks[0].hiddenColumns, 40 - markdown_limit::kColumns);
    EXPECT_EQ(blocks[0].rows(), 2);
}

TEST(MarkdownParser, ListItemsKeepTheirLinks) {
    const auto blocks = parseMarkdown("- [a](http://a.example)\n- ![b](http://b.example) c\n");
    ASSERT_EQ(blocks.size(), 2u);
    EXPECT_EQ(blocks[0].links, QStringList{"http://a.example"});
    EXPECT_EQ(blocks[0].content.spans.at(0).link, 0);
    EXPECT_EQ(blocks[1].links, QStringList{"http://b.example"});
}

TEST(MarkdownParser, HtmlStaysText) {
    const auto blocks = parseMarkdown("<script>alert(1)</script> <b>x</b>\n\n<div>\nblock\n</div>");
    for (const MarkdownBlock& block : blocks) EXPECT_TRUE(block.content.spans.empty());
    EXPECT_EQ(blocks[0].content.text, "<script>alert(1)</script> <b>x</b>");
}

TEST(MarkdownParser, ImagesAreLinksToThemselves) {
    for (const char* address :
         {"file:///etc/passwd", "http://x.example/a.png", "data:image/png;base64,AA", "qrc:/a"}) {
        const auto blocks = parseMarkdown("![alt text](" + QByteArray(address) + ")");
        ASSERT_EQ(blocks.size(), 1u);
        EXPECT_EQ(blocks[0].content.text, "[image: alt text]");
        EXPECT_EQ(blocks[0].links.value(0), address);
    }
}

TEST(MarkdownParser, DecodesEntitiesToText) {
    EXPECT_EQ(parseMarkdown("&lt;script&gt; &amp; &#x2014; &unknown;")[0].content.text,
              QString("<script> & \u2014 &unknown;"));
}

TEST(MarkdownParser, ReplacesBytesThatAreNotUtf8) {
    const auto blocks = parseMarkdown(QByteArray("a\xff\xc3 b\0c", 7));
    ASSERT_FALSE(blocks.empty());
    EXPECT_TRUE(blocks[0].content.text.contains(QChar(QChar::ReplacementCharacter)));
}

TEST(MarkdownParser, CutsLongParagraphsWithoutLosingACharacter) {
    QByteArray words;
    while (words.size() < 200'000) words += "word" + QByteArray::number(words.size()) + ' ';
    const auto blocks = parseMarkdown(words);
    ASSERT_GT(blocks.size(), 2u);
    QString joined;
    for (const MarkdownBlock& block : blocks) {
        EXPECT_LE(block.content.text.size(), markdown_limit::kBlockCharacters);
        joined += block.content.text;
    }
    EXPECT_EQ(joined.trimmed(), QString::fromLatin1(words).trimmed());
}

TEST(MarkdownParser, ShowsOverlongMessagesAsTheyAre) {
    const QByteArray text(markdown_limit::kMessageBytes + 1, '*');
    const auto blocks = parseMarkdown(text);
    ASSERT_EQ(blocks.size(), 1u);
    EXPECT_EQ(blocks[0].kind, MarkdownKind::Code);
    EXPECT_EQ(blocks[0].content.text.size(), text.size());
}

TEST(MarkdownParser, DifferentBlocksHaveDifferentHashes) {
    const auto hashOf = [](const char* text) { return parseMarkdown(text).at(0).hash; };
    EXPECT_EQ(hashOf("[a](http://x)"), hashOf("[a](http://x)"));
    EXPECT_NE(hashOf("[a](http://x)"), hashOf("[a](http://y)"));
    EXPECT_NE(hashOf("# a"), hashOf("## a"));
    EXPECT_NE(hashOf("- a"), hashOf("1. a"));
    EXPECT_NE(hashOf("- a\n- b"), hashOf("- a\n\n- b")) << "tightness shows in the gaps";
    EXPECT_NE(hashOf("**a** b"), hashOf("*a* b"));
    EXPECT_NE(hashOf("```py\nx\n```"), hashOf("```js\nx\n```"));
}

} // namespace
} // namespace ponder::ui
