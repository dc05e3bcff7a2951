#include "ui/markdown/markdown_writer.h"

#include "tests/ui/markdown/markdown_corpus.h"
#include "ui/markdown/markdown_parser.h"

#include <gtest/gtest.h>

namespace ponder::ui {
namespace {

TextRange all(const MarkdownBlock& block) {
    return {0, int(block.content.text.size())};
}

QString plain(const char* markdown) {
    const auto block = parseMarkdown(markdown).at(0);
    return plainText(block.content, block.links, all(block));
}

TEST(MarkdownWriter, PlainTextHasNoMarkers) {
    EXPECT_EQ(plain("**bold** *it* `code` ~~no~~"), "bold it code no");
    EXPECT_EQ(plain("a  \nb"), "a\nb");
}

TEST(MarkdownWriter, PlainLinksKeepTheirAddress) {
    EXPECT_EQ(plain("see [the page](https://x.example/p) now"), "see the page (https://x.example/p) now");
    EXPECT_EQ(plain("<https://x.example>"), "https://x.example");
    EXPECT_EQ(plain("[**b** and *i*](https://x.example)"), "b and i (https://x.example)");
    EXPECT_EQ(plain("a@b.example"), "a@b.example");
}

TEST(MarkdownWriter, FormulasAreTheirSource) {
    EXPECT_EQ(plain("so \\(a_1\\) it is"), "so $a_1$ it is");
}

TEST(MarkdownWriter, MarkdownParsesBackToWhatItWas) {
    for (const QByteArray& text : markdownCorpus()) {
        for (const MarkdownBlock& block : parseMarkdown(text)) {
            // A reference is one where its note is: footnote_test.cpp writes both.
            const bool refers = std::any_of(block.content.spans.begin(), block.content.spans.end(),
                                            [](const Span& span) { return span.style & span::kNote; });
            if (block.kind != MarkdownKind::Paragraph || block.content.text.isEmpty() || refers) continue;
            const QString written = markdownText(block.content, block.links, all(block));
            const auto again = parseMarkdown(written.toUtf8());
            ASSERT_EQ(again.size(), 1u) << written.toStdString();
            EXPECT_EQ(again[0].content.text, block.content.text) << written.toStdString();
            EXPECT_EQ(again[0].content.spans.size(), block.content.spans.size()) << written.toStdString();
        }
    }
}

TEST(MarkdownWriter, FencesAreLongerThanWhatTheyHold) {
    const QString code = "a ``` b\n````";
    const auto blocks = parseMarkdown(fencedCode(code, "md").toUtf8());
    ASSERT_EQ(blocks.size(), 1u);
    EXPECT_EQ(blocks[0].content.text, code);
    EXPECT_EQ(blocks[0].language, "md");
}

TEST(MarkdownWriter, ListsKeepTheirMarkersAndDepth) {
    const auto blocks = parseMarkdown("1. one\n   - inner\n");
    ASSERT_EQ(blocks.size(), 2u);
    EXPECT_EQ(withNesting(blocks[0], "one", CopyFormat::Text), "1. one");
    EXPECT_EQ(withNesting(blocks[1], "inner\nmore", CopyFormat::Text), "  - inner\n    more");
    EXPECT_EQ(withNesting(parseMarkdown("> q").at(0), "q", CopyFormat::Markdown), "> q");
    EXPECT_EQ(withNesting(parseMarkdown("> q").at(0), "q", CopyFormat::Text), "q");
}

} // namespace
} // namespace ponder::ui
