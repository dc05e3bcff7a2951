// An answer arrives in pieces. What is kept of the blocks shown plus what is new must be what a fresh parse
// gives, after every byte.
#include "tests/ui/markdown/markdown_corpus.h"
#include "ui/markdown/markdown_diff.h"
#include "ui/markdown/markdown_parser.h"

#include <gtest/gtest.h>

#include <random>

namespace ponder::ui {
namespace {

/// As the column does it: keeps the equal beginning and end, takes the rest from the fresh parse.
void takeUp(std::vector<MarkdownBlock>& shown, const std::vector<MarkdownBlock>& fresh) {
    const MarkdownChange change = compareBlocks(shown, fresh);
    shown.erase(shown.begin() + std::ptrdiff_t(change.kept), shown.end() - std::ptrdiff_t(change.moved));
    shown.insert(shown.begin() + std::ptrdiff_t(change.kept), fresh.begin() + std::ptrdiff_t(change.kept),
                 fresh.end() - std::ptrdiff_t(change.moved));
}

void expectEveryPrefixIsExact(const QByteArray& text) {
    std::vector<MarkdownBlock> shown;
    for (qsizetype size = 1; size <= text.size(); ++size) {
        const QByteArray prefix = text.first(size);
        takeUp(shown, parseMarkdown(prefix));
        const auto fresh = parseMarkdown(prefix);
        ASSERT_EQ(shown.size(), fresh.size()) << prefix.toStdString();
        for (size_t i = 0; i < fresh.size(); ++i) ASSERT_TRUE(shown[i] == fresh[i]) << prefix.toStdString();
    }
}

TEST(MarkdownPrefix, EveryByteOfTheCorpusGivesAFreshParse) {
    for (const QByteArray& text : markdownCorpus()) expectEveryPrefixIsExact(text);
    for (const QByteArray& text : rareMarkdown()) expectEveryPrefixIsExact(text);
}

TEST(MarkdownPrefix, EveryTwoOfTheCorpusBehindEachOther) {
    std::vector<QByteArray> texts = markdownCorpus();
    for (QByteArray& text : rareMarkdown()) texts.push_back(std::move(text));
    for (const QByteArray& first : texts) {
        for (const QByteArray& second : texts) {
            const QByteArray text = first + "\n\n" + second;
            std::vector<MarkdownBlock> shown;
            for (qsizetype size = first.size(); size <= text.size(); size += 13) {
                const auto fresh = parseMarkdown(text.first(size));
                takeUp(shown, fresh);
                ASSERT_TRUE(shown == fresh) << text.first(size).toStdString();
            }
        }
    }
}

TEST(MarkdownPrefix, EveryLineOfRandomDocumentsGivesAFreshParse) {
    const char* const lines[] = {"text one",   "*em* and `code`",
                                 "# H",        "- a",
                                 "  cont",     "  - nest",
                                 "1. one",     "   in item",
                                 "> q",        "> - l",
                                 "lazy",       "```py",
                                 "```",        "~~~",
                                 "| a | b |",  "|---|:-:|",
                                 "---",        "===",
                                 "$$",         "\\[",
                                 "**bold",     "10) ten",
                                 "",           "",
                                 "\tT",        "<b>x",
                                 "-",          "[a](b)",
                                 "[^1]: note", "see [^1] and [^n]",
                                 "[^n]: more", "  of the note"};
    std::mt19937 random(7);
    for (int document = 0; document < 400; ++document) {
        QByteArray text;
        std::vector<MarkdownBlock> shown;
        for (int line = 0; line < 14; ++line) {
            text += QByteArray(lines[random() % std::size(lines)]) + '\n';
            const auto fresh = parseMarkdown(text);
            takeUp(shown, fresh);
            ASSERT_TRUE(shown == fresh) << text.toStdString();
        }
    }
}

TEST(MarkdownPrefix, FinishedBlocksAreKept) {
    const auto before = parseMarkdown("one\n\ntwo\n\nthr");
    const MarkdownChange change = compareBlocks(before, parseMarkdown("one\n\ntwo\n\nthree"));
    EXPECT_EQ(change.kept, 2u);
    EXPECT_TRUE(change.grows);
}

TEST(MarkdownPrefix, NotesAreKeptWhileTextIsWrittenBeforeThem) {
    const auto before = parseMarkdown("[^1]: note\n\none[^1]\n\ntw");
    const MarkdownChange grown = compareBlocks(before, parseMarkdown("[^1]: note\n\none[^1]\n\ntwo"));
    EXPECT_EQ(grown.kept, 1u);
    EXPECT_TRUE(grown.grows);
    EXPECT_EQ(grown.moved, 1u);
    const MarkdownChange more = compareBlocks(before, parseMarkdown("[^1]: note\n\none[^1]\n\ntw\n\nx"));
    EXPECT_EQ(more.kept, 2u);
    EXPECT_FALSE(more.grows);
    EXPECT_EQ(more.moved, 1u);
}

} // namespace
} // namespace ponder::ui
