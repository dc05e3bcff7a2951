#include "ui/blocks/formula_block.h"
#include "ui/blocks/text_block.h"
#include "ui/blocks/text_flow.h"
#include "ui/markdown/markdown_parser.h"
#include "ui/math/formula_layout.h"
#include "ui/script/typesetter.h"

#include <gtest/gtest.h>

#include <QImage>
#include <QPainter>
#include <QTest>

namespace ponder::ui {
namespace {

constexpr int kPatience = 60'000; // ms

/// A black box of this size, in em; several of them may be broken apart.
Formula boxes(const std::vector<qreal>& widths, qreal height = 0.5, qreal depth = 0) {
    FormulaTree tree;
    std::vector<FormulaNode>& line = tree.lines.emplace_back();
    for (qreal width : widths) {
        FormulaNode& part = line.emplace_back();
        part.height = height;
        part.depth = depth;
        FormulaNode& bar = part.children.emplace_back();
        bar.kind = FormulaNode::Kind::Bar;
        bar.width = width;
        bar.height = height;
    }
    static const auto fonts = std::make_shared<FormulaFonts>(QFont());
    return layOutFormula(std::move(tree), fonts);
}

/// "before $formula$ after", the formula drawn by `formula` with an em of 10 px.
class FlowWithFormula {
public:
    FlowWithFormula(const QString& text, const Formula& formula, qreal width = 500) {
        flow.setStyle({.font = theme.font(TextStyle::Body),
                       .lineHeight = theme.lineHeight(TextStyle::Body),
                       .direction = directionOf(InlineText{text, {}}).value_or(Qt::LeftToRight)});
        range = {int(text.indexOf(u'$')), int(text.lastIndexOf(u'$')) + 1};
        flow.setText(text, {}, {}, {{range, formula, 10}});
        flow.layout(width);
    }
    qreal widthOfFormula() const { return flow.caretAt(range.to).left() - flow.caretAt(range.from).left(); }

    Theme theme;
    TextFlow flow;
    TextRange range;
};

TEST(FormulaInText, TakesItsOwnWidthInsteadOfItsCharacters) {
    for (qreal width : {0.3, 1.0, 12.34}) {
        const FlowWithFormula text("before $a long source$ after", boxes({width}));
        EXPECT_NEAR(text.widthOfFormula(), width * 10, 0.1);
    }
}

TEST(FormulaInText, WrapsAsOne) {
    const FlowWithFormula text("some words before $x$ and after", boxes({12}), 180);
    EXPECT_EQ(text.flow.caretAt(text.range.from).left(), 0) << "it did not fit behind the words";
    EXPECT_EQ(text.flow.caretAt(text.range.from).top(), text.flow.caretAt(text.range.to).top());
}

TEST(FormulaInText, LongOnesBreakBetweenTheirParts) {
    const FlowWithFormula text("word $a=b+c+d+e$ word", boxes({6, 6, 6, 6}), 140);
    EXPECT_EQ(text.flow.lineCount(), 3);
    EXPECT_LE(text.flow.naturalWidth(), 140);
}

TEST(FormulaInText, APartThatIsTooWideIsDrawnSmaller) {
    const FlowWithFormula text("$x$", boxes({80}), 200);
    EXPECT_NEAR(text.flow.naturalWidth(), 200, 1);
}

TEST(FormulaInText, OnlyItsOwnLineGrows) {
    const QString text = QString("words that fill a line or two ").repeated(3) + "$x$" +
                         QString(" words that fill a line or two").repeated(3);
    const FlowWithFormula tall(text, boxes({1}, 4, 3), 300);
    const FlowWithFormula flat(text, boxes({1}, 0.5, 0), 300);
    const int lineHeight = tall.theme.lineHeight(TextStyle::Body);
    EXPECT_EQ(flat.flow.height(), flat.flow.lineCount() * lineHeight);
    EXPECT_NEAR(tall.flow.height() - flat.flow.height(), 40 + 30 + 4 - lineHeight, 1);
    int higher = 0;
    for (int i = 0; i < tall.flow.length(); ++i) higher += tall.flow.caretAt(i).height() > lineHeight;
    EXPECT_GT(higher, 0);
    EXPECT_LT(higher, text.size() / 2);
    EXPECT_EQ(tall.flow.caretAt(0).height(), lineHeight);
}

TEST(FormulaInText, APointInItMeansOneOfItsEnds) {
    const FlowWithFormula text("before $a+b$ after", boxes({4}));
    const QRectF from = text.flow.caretAt(text.range.from);
    EXPECT_EQ(text.flow.offsetAt(from.center() + QPointF(5, 0)), text.range.from);
    EXPECT_EQ(text.flow.offsetAt(from.center() + QPointF(35, 0)), text.range.to);
    EXPECT_EQ(text.flow.formulaAt(text.range.from + 2), text.range);
    EXPECT_TRUE(text.flow.formulaAt(text.range.to).isEmpty());
    EXPECT_EQ(text.flow.withWholeFormulas({0, text.range.from + 1}), (TextRange{0, text.range.to}));
    EXPECT_EQ(text.flow.withWholeFormulas({text.range.to - 1, text.range.to + 2}),
              (TextRange{text.range.from, text.range.to + 2}));
}

TEST(FormulaInText, IsDrawnWhereTheCaretsSay) {
    const Formula box = boxes({4});
    for (const QString& text : {QString("before $a+b$ after"), QString::fromUtf8("قبل $a+b$ بعد")}) {
        const FlowWithFormula flow(text, box);
        QImage image(500, 40, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::white);
        QPainter painter(&image);
        flow.flow.draw(painter, {}, QRectF(0, 0, 500, 40), {}, FlowColours{Qt::black, {}, {}, {}, {}});
        painter.end();
        const qreal first = flow.flow.caretAt(flow.range.from).left();
        const qreal last = flow.flow.caretAt(flow.range.to).left();
        const int left = int(std::min(first, last));
        const int baseline = int(baselineOf(flow.theme.font(TextStyle::Body), 24));
        int black = 0;
        for (int x = left; x < left + 40; ++x) black += image.pixel(x, baseline - 3) == qRgb(0, 0, 0);
        EXPECT_GE(black, 38) << text.toStdString();
    }
}

TEST(FormulaInText, ReadsFromLeftToRightAmongArabicWords) {
    const FlowWithFormula text(QString::fromUtf8("قبل $a+b$ بعد"), boxes({1, 1}));
    QImage image(500, 40, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::white);
    QPainter painter(&image);
    text.flow.draw(painter, {}, QRectF(0, 0, 500, 40), {}, FlowColours{Qt::black, {}, {}, {}, {}});
    painter.end();
    EXPECT_NEAR(std::abs(text.widthOfFormula()), 20, 0.1);
    // Unbroken, it is one place in the text.
    EXPECT_EQ(text.flow.caretAt(text.range.from + 1).left(), text.flow.caretAt(text.range.to - 1).left());
}

TEST(FormulaInText, ManyInALongTextStandWhereTheyStandInAShortOne) {
    const QString unit("some words and $x+y$, then ");
    QString text = unit.repeated(600);
    std::vector<FlowFormula> formulas;
    for (int at = int(text.indexOf(u'$')); at >= 0; at = int(text.indexOf(u'$', at + 5)))
        formulas.push_back({{at, at + 5}, boxes({2, 2}), 10});
    Theme theme;
    TextFlow grown;
    grown.setStyle({.font = theme.font(TextStyle::Body), .lineHeight = theme.lineHeight(TextStyle::Body)});
    for (size_t known : {size_t(0), formulas.size() / 2, formulas.size()}) {
        grown.setText(text, {}, {}, {formulas.begin(), formulas.begin() + std::ptrdiff_t(known)});
        grown.layout(400);
    }
    TextFlow whole;
    whole.setStyle({.font = theme.font(TextStyle::Body), .lineHeight = theme.lineHeight(TextStyle::Body)});
    whole.setText(text, {}, {}, formulas);
    whole.layout(400);
    EXPECT_EQ(grown.height(), whole.height());
    for (int offset = 0; offset < text.size(); offset += 37)
        EXPECT_EQ(grown.caretAt(offset), whole.caretAt(offset));
    for (const FlowFormula& formula : formulas) {
        const qreal wide = whole.caretAt(formula.range.to).left() - whole.caretAt(formula.range.from).left();
        if (wide > 0) {
            EXPECT_NEAR(wide, 40, 1);
        }
    }
}

class FormulaBlocks : public testing::Test {
protected:
    std::unique_ptr<MarkdownPiece> blockOf(const char* markdown, size_t index = 0) {
        values_ = parseMarkdown(markdown);
        auto block = makeMarkdownPiece(theme_, {}, values_.at(index).kind);
        block->setContent(values_[index]);
        block->layout(500);
        return block;
    }
    void waitFor(Block& block) {
        bool changed = false;
        QObject context;
        block.askForFormulas(0, 1000);
        QObject::connect(&typesetter_.formulas(), &Formulas::ready, &context,
                         [&] { changed = block.takeUpFormulas() || changed; });
        ASSERT_TRUE(QTest::qWaitFor([&] { return changed; }, kPatience));
        block.layout(500);
    }

    Theme theme_;
    Typesetter typesetter_{theme_};
    std::vector<MarkdownBlock> values_;
};

TEST_F(FormulaBlocks, TheSourceIsShownUntilItIsReady) {
    const auto block = blockOf("$$\\frac{a}{b}$$");
    const qreal before = block->height();
    EXPECT_EQ(before, theme_.lineHeight(TextStyle::Body));
    waitFor(*block);
    EXPECT_GT(block->height(), before);
    EXPECT_EQ(block->length(), 15);
}

TEST_F(FormulaBlocks, AreSelectedAndCopiedWhole) {
    const auto block = blockOf("$$a+b$$");
    waitFor(*block);
    for (CopyFormat format : {CopyFormat::Text, CopyFormat::Markdown})
        EXPECT_EQ(block->copied({2, 4}, format), "$$a+b$$");
    EXPECT_EQ(block->wordAt(3), (TextRange{0, 7}));
    const auto text = blockOf("so $a+b$ is");
    waitFor(*text);
    EXPECT_EQ(text->copied({0, 5}, CopyFormat::Text), "so $a+b$");
    EXPECT_EQ(text->wordAt(4), (TextRange{3, 8}));
}

TEST_F(FormulaBlocks, StandInTheMiddleWithTheirNumberAtTheRight) {
    const auto block = blockOf("$$x \\tag{1}$$");
    waitFor(*block);
    const qreal left = block->caretAt(0).left();
    const qreal right = block->caretAt(block->length()).left();
    EXPECT_NEAR((left + right) / 2, 250, 2);
    QImage image(500, int(block->height()), QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::white);
    QPainter painter(&image);
    BlockPaint look;
    look.visible = QRectF(0, 0, 500, 100);
    block->paint(painter, look);
    painter.end();
    int inked = 0;
    for (int x = 470; x < 500; ++x) {
        for (int y = 0; y < image.height(); ++y) inked += qGray(image.pixel(x, y)) < 128;
    }
    EXPECT_GT(inked, 10);
}

TEST_F(FormulaBlocks, TooWideOnesScroll) {
    const QByteArray wide = "$$" + QByteArray("x + ").repeated(100) + "y$$";
    const auto block = blockOf(wide.constData());
    waitFor(*block);
    const QPointF middle(250, block->height() / 2);
    EXPECT_EQ(block->caretAt(0).left(), 0);
    EXPECT_TRUE(block->scrollBy(middle, {60, 0}));
    EXPECT_EQ(block->caretAt(0).left(), -60);
    EXPECT_TRUE(block->scrollBy(middle, {1e6, 0}));
    EXPECT_FALSE(block->scrollBy(middle, {1, 0}));
    EXPECT_NEAR(block->caretAt(block->length()).left(), 500, 1);
}

TEST_F(FormulaBlocks, CellsOfATableHaveThem) {
    const auto block = blockOf("| a | b |\n|---|---|\n| $\\dfrac{a}{b}$ | plain |\n");
    const qreal before = block->height();
    waitFor(*block);
    EXPECT_GT(block->height(), before);
    const int plain = block->length() - 5;
    EXPECT_GT(block->caretAt(plain).top(), block->caretAt(4).top()) << "baselines stand on one line";
    EXPECT_TRUE(block->copied({0, block->length()}, CopyFormat::Markdown).contains("$\\dfrac{a}{b}$"));
}

TEST_F(FormulaBlocks, WhatCannotBeDrawnStaysSource) {
    const auto block = blockOf("$$\\nonsense{$$");
    const qreal before = block->height();
    block->askForFormulas(0, 1000);
    ASSERT_TRUE(QTest::qWaitFor(
        [&] { return !typesetter_.formulas().find(formulaSource(u"$$\\nonsense{$$")).pending; }, kPatience));
    block->takeUpFormulas();
    block->layout(500);
    EXPECT_EQ(block->height(), before);
    EXPECT_EQ(block->copied({0, 5}, CopyFormat::Text), "$$\\no");
}

TEST_F(FormulaBlocks, ANewTextSizeIsTakenUp) {
    const auto block = blockOf("$$x$$");
    waitFor(*block);
    const qreal before = block->caretAt(5).left() - block->caretAt(0).left();
    theme_.setTextSize(24);
    block->restyle();
    block->layout(500);
    EXPECT_NEAR((block->caretAt(5).left() - block->caretAt(0).left()) / before, 24.0 / 15, 0.01);
}

} // namespace
} // namespace ponder::ui
