// md4c knows no footnotes; here is what is made of them.
#include "ui/markdown/footnotes.h"
#include "ui/markdown/growing_text.h"
#include "ui/markdown/markdown_parser.h"
#include "ui/markdown/markdown_writer.h"

#include <gtest/gtest.h>

namespace ponder::ui {
namespace {

QString textOf(const MarkdownBlock& block) {
    return block.content.text;
}

/// The references of a block: "shown→label".
QStringList referencesOf(const MarkdownBlock& block) {
    QStringList all;
    for (const Span& span : block.content.spans) {
        if (span.style & span::kNote)
            all.append(block.content.text.mid(span.start, span.length) + QString::fromUtf8("→") +
                       noteLabel(block.links.value(span.link)));
    }
    return all;
}

TEST(Footnotes, StandAtTheEndInTheOrderOfTheirNumbers) {
    const auto blocks =
        parseMarkdown("One[^1] and two[^2].\n\n[^2]: second\n[^1]: first *note*\n\nMore text.\n");
    ASSERT_EQ(blocks.size(), 4u);
    EXPECT_EQ(textOf(blocks[0]), "One1 and two2.");
    EXPECT_EQ(referencesOf(blocks[0]), QStringList({QString::fromUtf8("1→1"), QString::fromUtf8("2→2")}));
    EXPECT_EQ(textOf(blocks[1]), "More text.");
    EXPECT_TRUE(blocks[1].note.isEmpty());
    EXPECT_EQ(textOf(blocks[2]), "first note");
    EXPECT_EQ(blocks[2].note, "1");
    ASSERT_EQ(blocks[2].markers.size(), 1u);
    EXPECT_EQ(blocks[2].markers[0].text, "1.");
    EXPECT_EQ(blocks[2].content.spans.size(), 1u) << "a note has formats of its own";
    EXPECT_EQ(textOf(blocks[3]), "second");
    EXPECT_EQ(blocks[3].note, "2");
}

TEST(Footnotes, WithNamesAreNumberedByTheirFirstReference) {
    const auto blocks =
        parseMarkdown("A[^b], b[^a], again[^b].\n\n[^a]: note a\n\n[^b]: note b\n\n[^c]: nobody's\n");
    ASSERT_EQ(blocks.size(), 4u);
    EXPECT_EQ(textOf(blocks[0]), "A1, b2, again1.");
    EXPECT_EQ(textOf(blocks[1]), "note b");
    EXPECT_EQ(textOf(blocks[2]), "note a");
    EXPECT_EQ(textOf(blocks[3]), "nobody's") << "no text is lost";
    EXPECT_EQ(blocks[3].markers[0].text, "3.");
}

TEST(Footnotes, NamesGetTheNumbersThatAreLeft) {
    const auto blocks = parseMarkdown("A[^n], b[^2], c[^3], d[^m].\n\n[^n]: n\n[^2]: two\n[^m]: m\n");
    ASSERT_EQ(blocks.size(), 4u);
    EXPECT_EQ(textOf(blocks[0]), "A1, b2, c3, d4.");
    EXPECT_EQ(textOf(blocks[1]), "n");
    EXPECT_EQ(textOf(blocks[2]), "two");
    EXPECT_EQ(textOf(blocks[3]), "m");
}

TEST(Footnotes, ANumberIsAReferenceBeforeItsNoteIsThere) {
    const auto before = parseMarkdown("Text[^1] goes on.\n");
    const auto after = parseMarkdown("Text[^1] goes on.\n\n[^1]: note\n");
    ASSERT_EQ(after.size(), 2u);
    EXPECT_TRUE(before[0] == after[0]) << "what is being read does not change";
}

TEST(Footnotes, WithoutANoteANameIsText) {
    const auto blocks = parseMarkdown("The class [^abc] excludes, [^a b] and [^] too, [^1234] is a year.\n");
    EXPECT_EQ(textOf(blocks[0]), "The class [^abc] excludes, [^a b] and [^] too, [^1234] is a year.");
    EXPECT_TRUE(blocks[0].content.spans.empty());
}

TEST(Footnotes, AreNotLookedForInCodeFormulasAndLinks) {
    const QByteArray text = "`[^1]` $x[^1]$ [l[^1]](http://x.y)\n\n```\na[^1]\n[^1]: code\n```\n\n"
                            "- item\n\n  ~~~\n  [^1]: code\n  ~~~\n\n[^1]: note\n";
    const auto blocks = parseMarkdown(text);
    ASSERT_EQ(blocks.size(), 5u);
    EXPECT_TRUE(referencesOf(blocks[0]).isEmpty()) << textOf(blocks[0]).toStdString();
    EXPECT_EQ(textOf(blocks[1]), "a[^1]\n[^1]: code");
    EXPECT_EQ(textOf(blocks[3]), "[^1]: code");
    EXPECT_EQ(textOf(blocks[4]), "note");
}

TEST(Footnotes, ACodeSpanOverTwoLinesStaysWhole) {
    const auto blocks = parseMarkdown("`a\n[^1]: b` c\n");
    ASSERT_EQ(blocks.size(), 1u);
    EXPECT_EQ(textOf(blocks[0]), "a [^1]: b c");
}

TEST(Footnotes, AnAddressAloneIsANoteToo) {
    const auto blocks = parseMarkdown("See[^1].\n\n[^1]: https://example.org/a\n");
    ASSERT_EQ(blocks.size(), 2u);
    EXPECT_EQ(textOf(blocks[1]), "https://example.org/a");
    EXPECT_EQ(blocks[1].links, QStringList("https://example.org/a"));
}

TEST(Footnotes, GoOnInIndentedParagraphs) {
    const auto blocks = parseMarkdown("A[^1]\n\n[^1]: first\nlazy\n\n    second\n\nout\n");
    ASSERT_EQ(blocks.size(), 4u);
    EXPECT_EQ(textOf(blocks[1]), "out");
    EXPECT_EQ(textOf(blocks[2]), "first lazy");
    EXPECT_EQ(textOf(blocks[3]), "second");
    EXPECT_EQ(blocks[3].note, "1");
    EXPECT_TRUE(blocks[3].markers.empty());
}

TEST(Footnotes, InListsAndQuotesAreNotesAllTheSame) {
    const auto blocks = parseMarkdown("- a[^1]\n- [^1]: in an item\n\n> q[^2]\n> [^2]: in a quote\n");
    ASSERT_EQ(blocks.size(), 4u);
    EXPECT_EQ(textOf(blocks[0]), "a1");
    EXPECT_EQ(textOf(blocks[1]), "q2");
    EXPECT_EQ(textOf(blocks[2]), "in an item");
    EXPECT_EQ(textOf(blocks[3]), "in a quote");
    EXPECT_FALSE(blocks[3].nesting.isQuote(0));
}

TEST(Footnotes, CopyAsTheyWereWritten) {
    const QByteArray text = "One[^1] and[^n].\n\n[^1]: first **note**\n\n    goes on\n\n[^n]: named\n";
    const auto blocks = parseMarkdown(text);
    ASSERT_EQ(blocks.size(), 4u);
    QStringList parts;
    for (const MarkdownBlock& block : blocks) {
        const TextRange all{0, int(block.content.text.size())};
        parts.append(withNesting(block, markdownText(block.content, block.links, all), CopyFormat::Markdown));
    }
    EXPECT_TRUE(parseMarkdown(parts.join("\n\n").toUtf8()) == blocks) << parts.join("\n\n").toStdString();
    EXPECT_EQ(plainText(blocks[0].content, blocks[0].links, {0, 4}), "One[1]");
}

TEST(Footnotes, NoncharactersOfTheTextMarkNothing) {
    const QString text = QString(kNoteBegins) + "[^1]: a " + kNoteGoesOn + "b";
    const auto blocks = parseMarkdown(text.toUtf8());
    ASSERT_EQ(blocks.size(), 1u);
    EXPECT_TRUE(blocks[0].note.isEmpty());
    EXPECT_FALSE(textOf(blocks[0]).contains(kNoteBegins));
    EXPECT_FALSE(textOf(blocks[0]).contains(kNoteGoesOn));
}

TEST(Footnotes, ManyReferencesAreReferencesOrText) {
    QByteArray text;
    for (int i = 0; i < 3000; ++i) text += "[^1]";
    const auto blocks = parseMarkdown(text);
    ASSERT_EQ(blocks.size(), 1u);
    EXPECT_EQ(int(blocks[0].content.spans.size()), markdown_limit::kSpans);
    EXPECT_TRUE(textOf(blocks[0]).endsWith("[^1]"));
}

TEST(Footnotes, WhatMayBecomeOneIsHeldBackWhileItIsWritten) {
    const QString text = "See this[^12] and that.\n\n[^12]: A note.\n";
    for (int size = 1; size <= text.size(); ++size) {
        const QString settled = settledText(text.left(size));
        for (const MarkdownBlock& block : parseMarkdown(settled.toUtf8())) {
            EXPECT_FALSE(textOf(block).contains("[^")) << settled.toStdString();
            EXPECT_FALSE(textOf(block).startsWith("12")) << settled.toStdString();
        }
    }
    EXPECT_EQ(settledText("a [^b c"), "a [^b c") << "that will not be one";
    EXPECT_EQ(settledText("a [^1] "), "a [^1] ");
    EXPECT_EQ(settledText("[^1] b"), "[^1] b");
}

} // namespace
} // namespace ponder::ui
