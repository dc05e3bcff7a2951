#include "ui/blocks/text_flow.h"

#include "tests/ui/transcript/cpu_clock.h"
#include "ui/blocks/markdown_piece.h"
#include "ui/theme.h"

#include <gtest/gtest.h>

#include <cstdio>

namespace ponder::ui {
namespace {

TextFlow flowOf(const QString& text, qreal width = 500) {
    const Theme theme;
    TextFlow flow;
    flow.setStyle({.font = theme.font(TextStyle::Body), .lineHeight = theme.lineHeight(TextStyle::Body)});
    flow.setText(text, {});
    flow.layout(width);
    return flow;
}

TEST(TextFlow, LinesHaveOneHeightWhateverTheScript) {
    const TextFlow flow = flowOf(QString::fromUtf8("latin\u2028中文字\u2028عربي\u2028😀"));
    EXPECT_EQ(flow.lineCount(), 4);
    EXPECT_EQ(flow.height(), 4 * Theme().lineHeight(TextStyle::Body));
}

TEST(TextFlow, GrowingEqualsAllAtOnce) {
    const QString text =
        QString("Some words that fill lines, again and again, and then some more of them. ").repeated(400);
    TextFlow grown = flowOf({});
    for (int size = 1; size < text.size(); size += 211) {
        grown.setText(text.left(size), {});
        grown.layout(500);
    }
    grown.setText(text, {});
    grown.layout(500);
    const TextFlow whole = flowOf(text);
    EXPECT_EQ(grown.lineCount(), whole.lineCount());
    for (int offset = 0; offset < text.size(); offset += 97)
        EXPECT_EQ(grown.caretAt(offset), whole.caretAt(offset));
}

TEST(TextFlow, AddingToALongTextCostsNoMoreThanItsEnd) {
    const QString text = QString("words of a paragraph without an end ").repeated(1750);
    TextFlow flow = flowOf(text);
    std::vector<double> times;
    for (int i = 1; i <= 15; ++i) {
        const CpuClock clock;
        flow.setText(text + QString("and so on ").repeated(i), {});
        flow.layout(500);
        times.push_back(clock.milliseconds());
    }
    std::nth_element(times.begin(), times.begin() + 7, times.end());
    std::printf("[ figures  ] a word more in a paragraph of 63 KB: %.2f ms\n", times[7]);
    EXPECT_LT(times[7], 25);
}

TEST(TextFlow, OffsetsAndCaretsAgreeInEveryScript) {
    for (const char* text :
         {"plain words over several lines of text, wrapped", "中文段落包含标点。", "e\xcc\x81 combined"}) {
        const TextFlow flow = flowOf(QString::fromUtf8(text), 160);
        for (int offset = 0; offset < flow.length(); ++offset) {
            const QRectF caret = flow.caretAt(offset);
            const int back = flow.offsetAt(caret.center() + QPointF(0.5, 0));
            EXPECT_EQ(flow.caretAt(back), caret) << text << " at " << offset;
        }
    }
}

TEST(TextFlow, FindsWords) {
    EXPECT_EQ(wordAround("one two", 5), (TextRange{4, 7}));
    EXPECT_EQ(wordAround("one two", 3), (TextRange{3, 4}));
    EXPECT_EQ(wordAround("one", 3), (TextRange{0, 3}));
    EXPECT_EQ(wordAround("", 0), (TextRange{0, 0}));
}

} // namespace
} // namespace ponder::ui
