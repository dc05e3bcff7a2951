// What is kept of a growing text must be what a parse of the whole text gives, after every step.
#include "ui/markdown/growing_markdown.h"

#include "tests/ui/markdown/markdown_corpus.h"

#include <gtest/gtest.h>

#include <algorithm>
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
    expectExact(QString::fromUtf8(mixedMarkdown(150 * 1024)), 1777);
}

/// The share of the blocks that are not parsed again when one word follows.
double keptOf(const QString& text) {
    GrowingMarkdown growing(LineBreaks::Join);
    growing.parse(text);
    const GrowingMarkdown::Blocks blocks = growing.parse(text + "\n\nmore");
    return double(blocks.kept) / double(blocks.kept + blocks.rest.size());
}

TEST(GrowingMarkdown, KeepsWhatStandsBetweenDefinitions) {
    EXPECT_GT(keptOf(QString::fromUtf8(mixedMarkdown(150 * 1024))), 0.6) << "notes are arranged each time";
    QString links;
    for (int i = 0; i < 300; ++i)
        links += QString("See [this][%1] and [that][a].\n\n[%1]: https://x.example/%1\n\n").arg(i);
    links += "[a]: https://a.example\n\n" + QString("The end.\n\n").repeated(1200);
    EXPECT_GT(keptOf(links), 0.7);
}

TEST(GrowingMarkdown, ADefinitionThatIsWrittenChangesWhatStandsBeforeIt) {
    QString text;
    for (int i = 0; text.size() < 60 * 1024; ++i)
        text += QString("Paragraph %1 with [a] link, [b] and [^n] as [^2].\n\n").arg(i);
    const qsizetype start = text.size();
    text += "[a]: https://a.example\n\nWords.\n\n[^n]: Note\n\n[b]: https://b.example\n  \"Title\"\n\n[B]: "
            "https://c.example\n\n[^2]: Two\n\n[^1]: One\n";
    GrowingMarkdown growing(LineBreaks::Join);
    std::vector<MarkdownBlock> shown;
    for (qsizetype size = start; size <= text.size(); ++size) {
        takeUp(shown, growing.parse(text.left(size)));
        ASSERT_TRUE(shown == parseMarkdown(text.left(size).toUtf8()))
            << text.sliced(start, size - start).toStdString();
    }
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

/// Documents of random lines, some of all of them and some of a few, with long stretches without an open end
/// between them.
void expectExactSoup(std::vector<const char*> all, unsigned seed) {
    std::mt19937 random(seed);
    for (int document = 0; document < 18; ++document) {
        std::shuffle(all.begin(), all.end(), random);
        const std::vector<const char*> lines(all.begin(), document % 3 == 0 ? all.end() : all.begin() + 9);
        QString text;
        while (text.size() < 70 * 1024) {
            text += QString(lines[random() % lines.size()]) + '\n';
            if (random() % 40 == 0) text += "\n\nNow words.\n\nAnd more of them.\n\n";
        }
        expectExact(text, 2311);
    }
}

TEST(GrowingMarkdown, IsExactOnSoupOfLines) {
    expectExactSoup({"text one",  "*em* and `code`",
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
                     "a | b",     "Some words."},
                    11);
}

TEST(GrowingMarkdown, IsExactOnSoupOfDefinitions) {
    expectExactSoup({"[a]: /x",
                     "[b]: /y 'title'",
                     "[a]: <other>",
                     "   [c]: /z",
                     "- [a]: /in-list",
                     "> [b]: /in-quote",
                     "[d]:",
                     "/next-line",
                     "\"title\"",
                     "[^1]: note",
                     "[^n]: named",
                     "    of a note",
                     "[^long one]: x",
                     "see [a] and [B]",
                     "[c][] [x][d]",
                     "a[^1] b[^n] c[^m] d[^7]",
                     "[^m]: late",
                     "[^7]: seven",
                     "```",
                     "```",
                     "[e]: /in-code?",
                     "[e] and [A][e]",
                     "[multi",
                     "line]: /m",
                     "[multi line]",
                     "x[1]: y",
                     "    [a]: /deep",
                     "| [a] | [^1] |",
                     "# [b]",
                     "",
                     "",
                     "",
                     "",
                     "",
                     "",
                     "Words [a]: no",
                     "[\xC3\x9F]: /sharp",
                     "[SS] [ss]",
                     "[e\\]]: /escaped",
                     "[e\\]]"},
                    5);
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
