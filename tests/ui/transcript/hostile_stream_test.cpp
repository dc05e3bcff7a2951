// Whatever a model writes: no hang, nothing fetched, and what is copied is what was written.
#include "tests/ui/transcript/cpu_clock.h"
#include "tests/ui/transcript/stage.h"

#include <gtest/gtest.h>

#include <cstdio>

namespace ponder::ui {
namespace {

struct Hostile {
    const char* name;
    QString text;
};

QString repeated(const QString& piece, int size) {
    return piece.repeated(size / int(piece.size()) + 1).left(size);
}

QString table(int columns, int rows) {
    QString text = QString("|a").repeated(columns) + "|\n" + QString("|-").repeated(columns) + "|\n";
    for (int row = 0; row < rows; ++row) text += QString("|x").repeated(columns) + "|\n";
    return text;
}

std::vector<Hostile> hostileTexts() {
    constexpr int kSize = 50 * 1024;
    return {
        {"a word without an end", repeated("x", kSize)},
        {"a line of code without an end", "```\n" + repeated("x", kSize)},
        {"20,000 lines of code", "```\n" + repeated("a\n", 40'000)},
        {"20,000 combining marks", "a" + repeated(QString(QChar(0x301)), 20'000)},
        {"emoji families", repeated(QString::fromUtf8("👩‍👩‍👧‍👦"), 20'000)},
        {"brackets", repeated("](\"[", kSize)},
        {"emphasis", repeated("*_", kSize)},
        {"quotes", repeated(">", kSize)},
        {"list in list", repeated("- ", kSize)},
        {"a wide table", table(127, 300)},
        {"a long table", table(4, 5000)},
        {"backticks", repeated("`a``b ", kSize)},
        {"direction marks", repeated(QString(QChar(0x202E)) + QChar(0x2066) + "a", kSize)},
        {"escape codes", repeated("\x1b[2J\x1b]8;;x\x07", kSize)},
        {"half surrogates", repeated(QString(QChar(0xD83D)) + "a", kSize)},
        {"links", repeated("[a](http://b) ", kSize)},
        {"short paragraphs", repeated("a\n\n", kSize)},
        {"tags", repeated("<table><tr><td>", kSize)},
        {"Chinese", repeated(QString::fromUtf8("中文"), 20'000)},
        {"Arabic", repeated(QString::fromUtf8("مرحبا بالعالم "), 20'000)},
    };
}

/// The longest of the flushes while the text streams in.
double worstFlush(const Hostile& hostile) {
    TranscriptStage stage;
    stage.view().show({prompt(1, "Go.")});
    stage.view().beginAnswer(answer(2, {}));
    double worst = 0;
    const qsizetype piece = hostile.text.size() / 20;
    for (int i = 0; i <= 20; ++i) {
        stage.view().appendAnswer(PartKind::Text, hostile.text.mid(i * piece, piece));
        const CpuClock clock;
        stage.view().finishAnswer({});
        stage.view().viewport()->repaint();
        worst = std::max(worst, clock.milliseconds());
        stage.view().beginAnswer(stage.view().messages().back());
    }
    stage.view().finishAnswer({});
    EXPECT_EQ(stage.view().messages().back().parts[0].text, hostile.text) << hostile.name;
    return worst;
}

TEST(HostileStream, EveryFlushStaysShort) {
    constexpr double kMost = 200; // the first use of a script loads its fonts
    for (const Hostile& hostile : hostileTexts()) {
        const double worst = leastMilliseconds(kMost, [&] { return worstFlush(hostile); });
        std::printf("[ figures  ] %-30s worst flush %.1f ms\n", hostile.name, worst);
        EXPECT_LE(worst, kMost) << hostile.name;
    }
}

TEST(HostileStream, OpeningStaysShort) {
    for (const Hostile& hostile : hostileTexts()) {
        TranscriptStage stage;
        const CpuClock clock;
        stage.view().show({prompt(1, "Go."), answer(2, hostile.text)});
        stage.view().viewport()->repaint();
        const double took = clock.milliseconds();
        std::printf("[ figures  ] %-30s opens in %.1f ms\n", hostile.name, took);
        EXPECT_LT(took, 1000) << hostile.name;
        stage.key(Qt::Key_A, Qt::ControlModifier);
        if (!stage.view().selectedText().isEmpty()) {
            EXPECT_EQ(stage.view().selectedMarkdown(), hostile.text) << hostile.name;
        }
    }
}

} // namespace
} // namespace ponder::ui
