// Whatever a model writes, parsing it must not stop the window. The times are those of ui.md and
// reliability.md with room for slow machines.
#include "tests/ui/markdown/markdown_corpus.h"
#include "tests/ui/transcript/cpu_clock.h"
#include "ui/markdown/markdown_parser.h"

#include <gtest/gtest.h>

#include <cstdio>

namespace ponder::ui {
namespace {

struct Hostile {
    const char* name;
    QByteArray text;
};

QByteArray repeated(const char* piece, int bytes) {
    return QByteArray(piece).repeated(bytes / int(qstrlen(piece)) + 1).left(bytes);
}

QByteArray wideTable(int columns, int rows, const char* cell) {
    QByteArray text = repeated("|a", 2 * columns) + "|\n" + repeated("|-", 2 * columns) + "|\n";
    for (int row = 0; row < rows; ++row) text += cell;
    return text;
}

std::vector<Hostile> hostileTexts(int bytes) {
    return {
        {"brackets", repeated("[", bytes)},
        {"image brackets", repeated("![[]()", bytes)},
        {"quoted brackets", repeated("](\"[", bytes)},
        {"emphasis", repeated("*_", bytes)},
        {"stars and letters", repeated("*a **a ", bytes)},
        {"backticks", repeated("`a``b ", bytes)},
        {"growing backticks", repeated("`", bytes / 2) + " " + repeated("`a", bytes / 2)},
        {"quotes", repeated(">", bytes)},
        {"quotes and lists", repeated("> - ", bytes)},
        {"nested lists", repeated("- ", bytes)},
        {"mail addresses", repeated("a@b.", bytes)},
        {"web addresses", repeated("http://a.b/", bytes)},
        {"entities", repeated("&#x41;&amp;&", bytes)},
        {"tags", repeated("<div><b>", bytes)},
        {"angle brackets", repeated("<", bytes)},
        {"backslashes", repeated("\\", bytes)},
        {"dollars", repeated("$a$ $", bytes)},
        {"formula brackets", repeated("\\(a \\[", bytes)},
        {"tildes", repeated("~~a~", bytes)},
        {"one word", repeated("x", bytes)},
        {"long fence", repeated("`", 10'000) + "\n" + repeated("code\n", bytes)},
        {"wide table", wideTable(127, bytes / 25, "|x|\n")},
        {"full table",
         wideTable(30, bytes / 60, "|x|x|x|x|x|x|x|x|x|x|x|x|x|x|x|x|x|x|x|x|x|x|x|x|x|x|x|x|x|x|\n")},
        {"pipes", repeated("|", bytes)},
        {"control characters", repeated("\x1b[2J\x07\x01", bytes)},
        {"direction marks", repeated("\xe2\x80\xae\xe2\x81\xa6", bytes)},
        {"combining marks", "a" + repeated("\xcc\x81", bytes)},
        {"emoji families", repeated("\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7", bytes)},
        {"references", "[a]: /x\n\n" + repeated("[a][b][a]", bytes)},
        {"definitions", repeated("[a]: /x\n[b]: /y\n", bytes)},
    };
}

TEST(HostileMarkdown, FiftyKilobytesAreParsedWithinAFrameOrTwo) {
    constexpr double kMost = 100;
    double worst = 0;
    const char* worstName = "";
    for (const Hostile& hostile : hostileTexts(50 * 1024)) {
        std::vector<MarkdownBlock> blocks;
        const double took = leastMilliseconds(kMost, [&] {
            const CpuClock clock;
            blocks = parseMarkdown(hostile.text);
            return clock.milliseconds();
        });
        if (took > worst) {
            worst = took;
            worstName = hostile.name;
        }
        EXPECT_LE(took, kMost) << hostile.name;
        for (const MarkdownBlock& block : blocks) {
            EXPECT_LE(block.nesting.depth, markdown_limit::kDepth) << hostile.name;
            EXPECT_LE(int(block.content.spans.size()), markdown_limit::kSpans) << hostile.name;
            EXPECT_LE(block.columns, markdown_limit::kColumns) << hostile.name;
        }
    }
    std::printf("[ figures  ] worst of the hostile texts of 50 KB: %.1f ms (%s)\n", worst, worstName);
}

TEST(HostileMarkdown, OrdinaryTextCostsFarLessThanAFrame) {
    const QByteArray text = mixedMarkdown(100 * 1024);
    std::vector<double> times;
    for (int run = 0; run < 9; ++run) {
        const CpuClock clock;
        EXPECT_GT(parseMarkdown(text).size(), 100u);
        times.push_back(clock.milliseconds());
    }
    std::nth_element(times.begin(), times.begin() + 4, times.end());
    std::printf("[ figures  ] 100 KB of mixed text: %.2f ms\n", times[4]);
    EXPECT_LT(times[4], 20);
}

} // namespace
} // namespace ponder::ui
