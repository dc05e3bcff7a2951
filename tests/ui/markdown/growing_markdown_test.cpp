// What is kept of a growing text must be what a parse of the whole text gives, after every step.
#include "ui/markdown/growing_markdown.h"

#include "tests/ui/markdown/markdown_corpus.h"

#include <gtest/gtest.h>

#include <random>

namespace ponder::ui {
namespace {

/// As the column does it.
void takeUp(std::vector<MarkdownBlock>& shown, GrowingMarkdown::Blocks blocks) {
    ASSERT_LE(blocks.kept, shown.size());
    shown.resize(blocks.kept);
    for (MarkdownBlock& block : blocks.rest) shown.push_back(std::move(block));
}

/// Feeds the text in pieces and returns how many characters of it were parsed over all.
size_t expectExact(const QString& text, qsizetype piece) {
    GrowingMarkdown growing(LineBreaks::Join);
    std::vector<MarkdownBlock> shown;
    size_t fresh = 0;
    for (qsizetype size = piece; size < text.size() + piece; size += piece) {
        const QString prefix = text.left(size);
        GrowingMarkdown::Blocks blocks = growing.parse(prefix);
        fresh += blocks.rest.size();
        takeUp(shown, std::move(blocks));
        const std::vector<MarkdownBlock> whole = parseMarkdown(prefix.toUtf8());
        EXPECT_EQ(shown.size(), whole.size());
        for (size_t i = 0; i < std::min(shown.size(), whole.size()); ++i) {
            if (shown[i] == whole[i]) continue;
            ADD_FAILURE() << "block " << i << " after " << size
                          << " characters: " << whole[i].content.text.left(200).toStdString();
            return fresh;
        }
    }
    return fresh;
}

TEST(GrowingMarkdown, IsExactOnMixedText) {
    QString text = QString::fromUtf8(mixedMarkdown(150 * 1024));
    text.replace("[1]: ", "(1) ");
    expectExact(text, 1777);
}

TEST(GrowingMarkdown, KeepsWhatIsFinished) {
    QString text;
    for (int i = 0; text.size() < 200 * 1024; ++i) text += QString("Paragraph %1 with **words**.\n\n").arg(i);
    GrowingMarkdown growing(LineBreaks::Join);
    growing.parse(text);
    const size_t all = parseMarkdown(text.toUtf8()).size();
    const GrowingMarkdown::Blocks blocks = growing.parse(text + "more");
    EXPECT_EQ(blocks.kept + blocks.rest.size(), all + 1);
    EXPECT_GT(blocks.kept, all * 9 / 10);
}

TEST(GrowingMarkdown, ADefinitionChangesWhatStandsBeforeIt) {
    QString text;
    for (int i = 0; text.size() < 80 * 1024; ++i) text += QString("Paragraph %1 with [a] link.\n\n").arg(i);
    GrowingMarkdown growing(LineBreaks::Join);
    std::vector<MarkdownBlock> shown;
    takeUp(shown, growing.parse(text));
    takeUp(shown, growing.parse(text + "x"));
    EXPECT_TRUE(shown.front().links.isEmpty());
    text += "\n\n[a]: https://x.example\n";
    takeUp(shown, growing.parse(text));
    EXPECT_TRUE(shown == parseMarkdown(text.toUtf8()));
    EXPECT_FALSE(shown.front().links.isEmpty());
}

TEST(GrowingMarkdown, AnotherTextIsParsedAnew) {
    const QString text = QString("Paragraph with words.\n\n").repeated(3000);
    GrowingMarkdown growing(LineBreaks::Join);
    std::vector<MarkdownBlock> shown;
    takeUp(shown, growing.parse(text));
    takeUp(shown, growing.parse("Something else."));
    EXPECT_TRUE(shown == parseMarkdown("Something else."));
    takeUp(shown, growing.parse(text));
    EXPECT_TRUE(shown == parseMarkdown(text.toUtf8()));
}

TEST(GrowingMarkdown, IsExactOnSoupOfLines) {
    const char* const lines[] = {"text one",  "*em* and `code`",
                                 "# H",       "- a",
                                 "  cont",    "  - nest",
                                 "1. one",    "   in item",
                                 "> q",       "> - l",
                                 "lazy",      "```py",
                                 "```",       "~~~",
                                 "| a | b |", "|---|:-:|",
                                 "---",       "===",
                                 "$$ a",      "\\[ x",
                                 "**bold",    "10) ten",
                                 "",          "",
                                 "",          "",
                                 "\tT",       "<b>x",
                                 "-",         "[a](b)",
                                 "x \\] y",   "a `b",
                                 "c` d",      "  ```",
                                 "    ~~~",   "\\( x",
                                 "y \\)",     "$x$ and $5",
                                 "> ```",     "- ```",
                                 "| - | - |", "   ",
                                 "a | b",     "Some words."};
    std::mt19937 random(11);
    for (int document = 0; document < 12; ++document) {
        QString text;
        while (text.size() < 70 * 1024) {
            const size_t line = random() % std::size(lines);
            text += QString(lines[line]) + '\n';
            // Long stretches without an open end, as well.
            if (random() % 40 == 0) text += "\n\nNow words.\n\nAnd more of them.\n\n";
        }
        expectExact(text, 2311);
    }
}

TEST(GrowingMarkdown, IsExactWhereAFenceStaysOpen) {
    for (const char* opening : {"```\n", "- ```\n", "> ~~~\n", "1. x\n\n   ```py\n", "  ```\n"}) {
        QString text = QString("Words.\n\n").repeated(2000) + opening;
        text += QString("line\n\nWords in code?\n\n").repeated(2500);
        text += "```\n\n" + QString("After it.\n\n").repeated(3000);
        expectExact(text, 3001);
    }
}

} // namespace
} // namespace ponder::ui
