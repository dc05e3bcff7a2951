#include "ui/blocks/answer_block.h"
#include "ui/blocks/bubble_block.h"
#include "ui/markdown/markdown_parser.h"

#include <gtest/gtest.h>

#include <QImage>
#include <QPainter>

namespace ponder::ui {
namespace {

constexpr int kWidth = 600;

class RightToLeft : public testing::Test {
protected:
    void show(const QByteArray& markdown) {
        column.setBlocks(parseMarkdown(markdown));
        column.layout(kWidth);
    }
    qreal startOf(size_t block) const { return column.caretAt(column.rangeOf(block).from).left(); }
    qreal endOf(size_t block) const { return column.caretAt(column.rangeOf(block).to).left(); }

    Theme theme;
    MarkdownColumn column{theme, {}};
};

QImage picture(const Block& block) {
    QImage image(kWidth, std::max(1, int(block.height())), QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    BlockPaint paint;
    paint.visible = QRectF(image.rect());
    block.paint(painter, paint);
    return image;
}

/// Whether anything is drawn there.
bool hasInk(const QImage& image, const QRect& part) {
    for (int y = part.top(); y <= part.bottom(); ++y) {
        for (int x = part.left(); x <= part.right(); ++x) {
            if (image.pixel(x, y) != qRgb(255, 255, 255)) return true;
        }
    }
    return false;
}

TEST_F(RightToLeft, AParagraphBeginsAtTheRightEdge) {
    show("مرحبا بالعالم\n\nhello world\n\nשלום עולם\n");
    EXPECT_NEAR(startOf(0), kWidth, 1);
    EXPECT_LT(endOf(0), kWidth - 40);
    EXPECT_EQ(startOf(1), 0);
    EXPECT_NEAR(startOf(2), kWidth, 1);
}

TEST_F(RightToLeft, TheFirstLetterThatHasADirectionDecides) {
    show("(– مرحبا by Qt\n\nQt: مرحبا\n\n# مرحبا\n\n😀 مرحبا\n");
    EXPECT_NEAR(startOf(0), kWidth, 1);
    EXPECT_EQ(startOf(1), 0);
    EXPECT_NEAR(startOf(2), kWidth, 1) << "a heading";
    EXPECT_NEAR(startOf(3), kWidth, 1);
}

TEST_F(RightToLeft, ALeadingFormulaDecidesNothing) {
    show("$x$ هو المتغير\n\n$x$ is the variable\n");
    EXPECT_NEAR(startOf(0), kWidth, 1);
    EXPECT_EQ(startOf(1), 0);
}

TEST_F(RightToLeft, EveryLineOfALongParagraphEndsAtTheRightEdge) {
    show(QByteArray("كلمات كثيرة في فقرة طويلة ").repeated(30));
    const QImage image = picture(column);
    const int line = theme.lineHeight(TextStyle::Body);
    ASSERT_GT(image.height(), 3 * line);
    for (int top = 0; top + 2 * line < image.height(); top += line)
        EXPECT_TRUE(hasInk(image, {kWidth - 12, top, 12, line})) << "line at " << top;
}

TEST_F(RightToLeft, MarkersStandAtTheRight) {
    for (const char* markdown : {"- مرحبا\n", "7. مرحبا\n", "- [x] مرحبا\n", "- [ ] مرحبا\n"}) {
        show(markdown);
        EXPECT_NEAR(startOf(0), kWidth - 26, 1) << markdown;
        const QImage image = picture(column);
        EXPECT_TRUE(hasInk(image, {kWidth - 24, 0, 24, image.height()})) << markdown;
        EXPECT_FALSE(hasInk(image, {0, 0, 200, image.height()})) << markdown;
    }
}

TEST_F(RightToLeft, EachItemDecidesForItselfAndItsPartsFollow) {
    show("- مرحبا\n\n  inside\n\n  ```\n  code\n  ```\n- hello\n  - عميق\n");
    EXPECT_NEAR(startOf(0), kWidth - 26, 1);
    EXPECT_EQ(startOf(1), 0) << "a Latin paragraph of a mirrored item is indented at the right";
    EXPECT_LT(startOf(2), 26);
    EXPECT_EQ(startOf(3), 26);
    EXPECT_NEAR(startOf(4), kWidth - 26, 1) << "one level at the left, one at the right";
}

TEST_F(RightToLeft, AnItemWithoutLettersFollowsThoseBeforeIt) {
    show("- واحد\n- 42\n- ثلاثة\n");
    // A number runs from left to right, also where it begins at the right.
    EXPECT_NEAR(std::max(startOf(1), endOf(1)), startOf(0), 1);
    show("- one\n- 42\n");
    EXPECT_EQ(startOf(1), 26);
}

TEST_F(RightToLeft, TheBarOfAQuoteStandsAtTheRightForAllOfIt) {
    show("> مرحبا\n>\n> hello\n");
    const QImage image = picture(column);
    EXPECT_TRUE(hasInk(image, {kWidth - 3, 0, 3, 4}));
    EXPECT_TRUE(hasInk(image, {kWidth - 3, image.height() - 4, 3, 4})) << "the Latin paragraph is in it";
    EXPECT_FALSE(hasInk(image, {0, 0, 3, 4}));
    EXPECT_NEAR(startOf(0), kWidth - 18, 1);
}

TEST_F(RightToLeft, CodeStaysAtTheLeft) {
    show("مرحبا\n\n```\nمرحبا\n```\n");
    show("مرحبا\n\n```\nx = 1\n```\n");
    EXPECT_LT(startOf(1), 40);
    EXPECT_GT(endOf(1), startOf(1));
}

TEST_F(RightToLeft, ATableRunsAsItsHeaderDoes) {
    show("|العمود|number|\n|-|-|\n|كلمة|hello|\n|كلمات أخرى كثيرة|1|\n");
    const auto caret = [&](const QString& word) {
        return column.caretAt(int(column.text().indexOf(word))).left();
    };
    EXPECT_NEAR(caret("العمود"), kWidth - 12, 1);
    EXPECT_NEAR(caret("كلمة"), kWidth - 12, 1);
    EXPECT_LT(caret("hello"), caret("كلمات أخرى كثيرة") - 60) << "the second column is left of the first";
    show("|name|word|\n|-|-|\n|a|كلمة|\n|b|a good many words more|\n");
    EXPECT_EQ(caret("name"), 12);
    EXPECT_NEAR(caret("كلمة"), column.caretAt(int(column.text().indexOf("more")) + 4).left(), 1)
        << "in a Latin table the Arabic cell alone begins at its right";
}

TEST_F(RightToLeft, AWideTableIsReadFromItsRightEnd) {
    QByteArray text =
        QByteArray("|عنوان طويل جدا").repeated(14) + "|\n" + QByteArray("|-").repeated(14) + "|\n";
    show(text);
    EXPECT_NEAR(column.caretAt(0).left(), kWidth - 12, 1);
    EXPECT_TRUE(column.scrollBy({300, 10}, {-50, 0}));
    EXPECT_NEAR(column.caretAt(0).left(), kWidth + 38, 1);
}

TEST_F(RightToLeft, PlacesAndPointsAgree) {
    show("مرحبا بالعالم كله\n\n- عنصر أول\n\n> اقتباس\n\n|عمود|آخر|\n|-|-|\n|خلية|أخرى|\n");
    for (int offset = 0; offset <= column.length(); ++offset) {
        const QRectF caret = column.caretAt(offset);
        const int found = column.offsetAt(caret.center() - QPointF(0.5, 0));
        EXPECT_EQ(column.caretAt(found), caret) << offset;
    }
}

TEST_F(RightToLeft, LinksAreHitWhereTheyStand) {
    show("انظر [هنا](https://x.example) من فضلك\n");
    for (const Control& control : column.controls()) {
        EXPECT_LT(control.box.width(), 60);
        EXPECT_EQ(column.targetAt(control.box.center()), control.target);
    }
    ASSERT_EQ(column.controls().size(), 1u);
}

TEST_F(RightToLeft, LetterByLetterLooksLikeAllAtOnce) {
    const QByteArray text = "1. – مرحبا\n2. 42\n   > hello\n\n|a|ب|\n|-|-|\n|c|د|\n\n$x$ ثم\n";
    MarkdownColumn grown(theme, {});
    for (qsizetype size = 1; size <= text.size(); ++size) {
        grown.setBlocks(parseMarkdown(text.first(size)));
        grown.layout(kWidth);
    }
    show(text);
    EXPECT_EQ(picture(grown), picture(column));
}

TEST_F(RightToLeft, ABubbleIsAsNarrowAsItsText) {
    BubbleBlock bubble(theme);
    bubble.replaceBlocks(0, parseMarkdown("مرحبا\n\nhello, this is wider\n"));
    bubble.layout(kWidth);
    EXPECT_LT(bubble.usedWidth(), 240);
    const qreal right = bubble.caretAt(0).left();
    EXPECT_NEAR(right, kWidth - 16, 1);
    EXPECT_NEAR(bubble.caretAt(bubble.length()).left(), kWidth - 16, 2) << "the wider paragraph fills it";
}

TEST_F(RightToLeft, TheGrowingEndIsAtTheLeftOfItsWords) {
    AnswerBlock answer(theme);
    answer.setBlocks(parseMarkdown("مرحبا"));
    answer.setGrowing(true);
    answer.layout(kWidth);
    const int end = int(answer.caretAt(answer.length()).left());
    EXPECT_TRUE(hasInk(picture(answer), {end - 5, 4, 4, 16}));
}

} // namespace
} // namespace ponder::ui
