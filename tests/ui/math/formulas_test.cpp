#include "ui/math/formulas.h"

#include "tests/support/sanitized.h"
#include "tests/ui/math/formula_corpus.h"
#include "tests/ui/transcript/cpu_clock.h"
#include "ui/math/formula_layout.h"
#include "ui/theme.h"

#include <gtest/gtest.h>

#include <QFile>
#include <QImage>
#include <QPainter>
#include <QTest>

#include <algorithm>
#include <cstdio>

namespace ponder::ui {
namespace {

constexpr int kPatience = 60'000; // ms; machines that test are busy

class FormulasTest : public testing::Test {
protected:
    Formulas::Answer await(const FormulaSource& source) {
        Formulas::Answer answer = formulas_.find(source);
        formulas_.ask(source);
        (void)QTest::qWaitFor([&] { return !(answer = formulas_.find(source)).pending; }, kPatience);
        return answer;
    }
    Formulas::Answer await(const char* tex, FormulaStyle style = FormulaStyle::Inline) {
        return await({QString::fromUtf8(tex), style});
    }

    Theme theme_;
    ScriptWorker scripts_;
    Formulas formulas_{scripts_, theme_.font(TextStyle::Body)};
};

/// What has been drawn, in pixels.
QRect inkOf(const Formula& formula, qreal size, int margin) {
    QImage image(int(formula.width() * size) + 2 * margin,
                 int((formula.height() + formula.depth()) * size) + 2 * margin,
                 QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    formula.paint(painter, QPointF(margin, margin + formula.height() * size), size, Qt::black);
    painter.end();
    QRect ink;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (qAlpha(image.pixel(x, y)) > 40) ink |= QRect(x, y, 1, 1);
        }
    }
    return ink.translated(-margin, -margin);
}

TEST_F(FormulasTest, EveryFormulaOfTheCorpusIsDrawnInsideItsBox) {
    const std::vector<FormulaSource> corpus = formulaCorpus();
    ASSERT_GE(corpus.size(), 60u);
    for (const FormulaSource& source : corpus) formulas_.ask(source);
    for (const FormulaSource& source : corpus) {
        const Formulas::Answer answer = await(source);
        const std::string tex = source.tex.toStdString();
        ASSERT_FALSE(answer.formula.isNull()) << tex << ": " << answer.failure.toStdString();
        const Formula& formula = answer.formula;
        constexpr qreal kSize = 40;
        // Italic letters lean out of their boxes, laps are meant to.
        const int slack = source.tex.contains("lap") ? 60 : 14;
        const QRect ink = inkOf(formula, kSize, 80);
        EXPECT_GT(ink.width(), 3) << tex;
        EXPECT_GT(ink.height(), 3) << tex;
        const QRect box(0, 0, int(formula.width() * kSize),
                        int((formula.height() + formula.depth()) * kSize));
        EXPECT_TRUE(box.adjusted(-slack, -slack, slack, slack).contains(ink)) << tex;
        EXPECT_LT(box.width() - ink.width(), 60) << tex << ": the box is much wider than what is in it";
    }
}

TEST_F(FormulasTest, WidthsAndHeightsAreThoseOfTheFont) {
    const Formula x = await("x").formula;
    EXPECT_NEAR(x.width(), 0.572, 0.002);
    EXPECT_NEAR(x.height(), 0.4306, 0.001);
    EXPECT_EQ(x.depth(), 0);
    const Formula fraction = await("\\frac{1}{2}", FormulaStyle::Display).formula;
    EXPECT_NEAR(fraction.width(), 0.5 + 2 * 0.12, 0.002);
    EXPECT_NEAR(fraction.height(), 1.322, 0.005);
    EXPECT_NEAR(fraction.depth(), 0.686, 0.005);
}

TEST_F(FormulasTest, AStretchedBraceIsAsWideAsWhatItSpans) {
    const qreal plain = await("a+b+c+d+e+f", FormulaStyle::Display).formula.width();
    const qreal braced = await("\\overbrace{a+b+c+d+e+f}", FormulaStyle::Display).formula.width();
    EXPECT_NEAR(plain, braced, 0.01);
}

TEST_F(FormulasTest, InlineFormulasHaveTheirPartsForBreaking) {
    const Formula formula = await("a = b + c").formula;
    ASSERT_EQ(formula.parts().size(), 3u);
    EXPECT_TRUE(formula.isOneLine());
    EXPECT_GT(formula.parts()[1].x, formula.parts()[0].x);
    EXPECT_FALSE(await("a \\\\ b", FormulaStyle::Display).formula.isOneLine());
}

TEST_F(FormulasTest, ATagStandsApart) {
    const Formula formula = await("x \\tag{7}", FormulaStyle::Display).formula;
    EXPECT_FALSE(formula.tag().isEmpty());
    EXPECT_NEAR(formula.width(), 0.572, 0.01);
    EXPECT_TRUE(await("\\begin{align} x \\end{align}", FormulaStyle::Display).formula.tag().isEmpty())
        << "numbers that KaTeX leaves to a page's counter";
}

TEST_F(FormulasTest, WhatCannotBeDrawnSaysWhy) {
    for (const char* tex :
         {"\\frac{", "\\unknowncommand", "a}", "\\def\\x{\\x\\x}\\x", "^^", "\\begin{foo}x\\end{foo}"}) {
        const Formulas::Answer answer = await(tex);
        EXPECT_TRUE(answer.formula.isNull()) << tex;
        EXPECT_FALSE(answer.failure.isEmpty()) << tex;
    }
    const Formulas::Answer deep = await({QString("{").repeated(400) + "x" + QString("}").repeated(400), {}});
    EXPECT_FALSE(deep.pending);
}

TEST_F(FormulasTest, LongSourcesAreNotTried) {
    const Formulas::Answer answer =
        formulas_.find({QString("x+").repeated(Formulas::kLongestSource), FormulaStyle::Inline});
    EXPECT_FALSE(answer.pending);
    EXPECT_TRUE(answer.formula.isNull());
    EXPECT_FALSE(answer.failure.isEmpty());
}

TEST_F(FormulasTest, NothingLeavesTheFormula) {
    // KaTeX shows what it does not trust as its source; nothing is fetched for it.
    for (const char* tex :
         {"\\includegraphics{http://a.b/c.png}", "\\href{http://a.b}{x}", "\\htmlClass{a}{x}"}) {
        EXPECT_FALSE(await(tex).pending) << tex;
    }
}

TEST_F(FormulasTest, WhatIsKnownIsThereAtOnce) {
    await("y^3");
    const Formulas::Answer again = formulas_.find({"y^3", FormulaStyle::Inline});
    EXPECT_FALSE(again.pending);
    EXPECT_FALSE(again.formula.isNull());
    EXPECT_TRUE(formulas_.find({"y^3", FormulaStyle::Display}).pending);
}

TEST_F(FormulasTest, WhatIsAskedForLastIsDoneFirst) {
    await("warm"); // KaTeX is read
    for (int i = 0; i < 200; ++i)
        formulas_.ask({QString("x_{%1} + \\frac{1}{%1}").arg(i), FormulaStyle::Inline});
    const FormulaSource last{"z^4", FormulaStyle::Inline};
    ASSERT_FALSE(await(last).formula.isNull());
    EXPECT_TRUE(formulas_.find({"x_{20} + \\frac{1}{20}", FormulaStyle::Inline}).pending);
}

TEST_F(FormulasTest, ColoursStayReadableOnDarkPaper) {
    const Formula formula = await("\\color{blue}{\\rule{2em}{2em}}").formula;
    QImage image(200, 200, QImage::Format_ARGB32_Premultiplied);
    for (const QColor& ink : {QColor("#ECECEE"), QColor("#1F2023")}) {
        image.fill(Qt::transparent);
        QPainter painter(&image);
        formula.paint(painter, {10, 150}, 40, ink);
        painter.end();
        const QColor drawn = image.pixelColor(40, 120);
        EXPECT_GT(drawn.blue(), drawn.red());
        EXPECT_EQ(ink.lightness() > 127, drawn.lightness() > 160) << drawn.name().toStdString();
    }
}

TEST(FormulaSourceTest, TakesOffTheDollars) {
    EXPECT_EQ(formulaSource(u"$x$"), (FormulaSource{"x", FormulaStyle::Inline}));
    EXPECT_EQ(formulaSource(u"$$ x $$"), (FormulaSource{"x", FormulaStyle::Display}));
    EXPECT_EQ(formulaSource(u"$a\u2028b$").tex, "a\nb");
    EXPECT_TRUE(formulaSource(u"$").tex.isEmpty());
    EXPECT_TRUE(formulaSource(u"").tex.isEmpty());
}

double medianOf(std::vector<double> times) {
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

TEST_F(FormulasTest, TakesLittleOfTheUiThread) {
    const std::vector<FormulaSource> corpus = formulaCorpus();
    std::vector<QByteArray> trees;
    for (const FormulaSource& source : corpus) {
        const bool display = source.style == FormulaStyle::Display;
        scripts_.call({{":/scripts/katex.js", ":/scripts/mhchem.js", ":/scripts/formula_boxes.js"},
                       "formulaBoxes",
                       {source.tex, display ? "display" : ""}},
                      &formulas_, [&](const ScriptAnswer& answer) { trees.push_back(answer.text.toUtf8()); });
    }
    ASSERT_TRUE(QTest::qWaitFor([&] { return trees.size() == corpus.size(); }, kPatience));
    const auto fonts = std::make_shared<FormulaFonts>(theme_.font(TextStyle::Body));
    std::vector<double> layouts;
    std::vector<double> paints;
    QImage image(1200, 400, QImage::Format_ARGB32_Premultiplied);
    for (int round = 0; round < 2; ++round) { // the first reads the fonts
        layouts.clear();
        paints.clear();
        for (const QByteArray& json : trees) {
            const CpuClock layoutClock;
            const Formula formula = layOutFormula(*readFormulaTree(json), fonts);
            layouts.push_back(layoutClock.milliseconds());
            QPainter painter(&image);
            const CpuClock paintClock;
            formula.paint(painter, {20, 200}, 18, Qt::black);
            paints.push_back(paintClock.milliseconds());
        }
    }
    std::printf("[ figures  ] a formula on the UI thread: placed in %.3f ms (worst %.3f), painted in %.3f ms "
                "(worst %.3f)\n",
                medianOf(layouts), *std::max_element(layouts.begin(), layouts.end()), medianOf(paints),
                *std::max_element(paints.begin(), paints.end()));
    EXPECT_LT(medianOf(layouts), 1.0);
    EXPECT_LT(medianOf(paints), 1.0);
}

double residentMegabytes() {
    QFile status("/proc/self/statm");
    if (!status.open(QIODevice::ReadOnly)) return 0;
    constexpr double kPagesPerMegabyte = 256;
    return status.readAll().split(' ').value(1).toDouble() / kPagesPerMegabyte;
}

TEST_F(FormulasTest, TakesMemoryOnlyWhereFormulasAreSeen) {
    const double before = residentMegabytes();
    await("x");
    const double first = residentMegabytes();
    for (const FormulaSource& source : formulaCorpus()) await(source);
    const double all = residentMegabytes();
    std::printf("[ figures  ] memory: %.1f MB more with the first formula, %.1f MB with %zu\n",
                first - before, all - before, formulaCorpus().size());
    if (tests::kIsSanitized) GTEST_SKIP() << "with a sanitizer memory was not compared";
    EXPECT_LT(all - before, 60);
}

} // namespace
} // namespace ponder::ui
