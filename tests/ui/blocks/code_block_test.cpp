#include "ui/blocks/code_block.h"

#include "ui/script/typesetter.h"

#include <gtest/gtest.h>

#include <QPainter>
#include <QSignalSpy>
#include <QTest>

namespace ponder::ui {
namespace {

MarkdownBlock codeOf(const QString& text, const QString& language = "cpp") {
    MarkdownBlock block;
    block.kind = MarkdownKind::Code;
    block.content.text = text;
    block.language = language;
    updateHash(block);
    return block;
}

std::vector<CodeRow> rowsOf(const QString& code, int columns) {
    std::vector<CodeRow> rows;
    cutCodeRows(code, columns, 0, rows);
    return rows;
}

Control controlOf(CodeBlock& block, TargetKind kind) {
    for (const Control& control : block.controls()) {
        if (control.target.kind == kind) return control;
    }
    return {};
}

TEST(CodeRows, OneRowForEachLine) {
    const auto rows = rowsOf("a\n\nbcd", 80);
    ASSERT_EQ(rows.size(), 3u);
    EXPECT_EQ(rows[1].length, 0);
    EXPECT_EQ(rows[2].start, 3);
    EXPECT_EQ(rows[2].length, 3);
}

TEST(CodeRows, LongLinesAreCutAfterASpace) {
    const auto rows = rowsOf("aaaa bbbb cccc", 10);
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0].length, 10);
    EXPECT_TRUE(rows[0].continues);
    EXPECT_FALSE(rows[1].continues);
}

TEST(CodeRows, WideCharactersCountTwiceAndPairsStayTogether) {
    const QString text = QString::fromUtf8("中文中文😀😀");
    for (const CodeRow& row : rowsOf(text, 5)) {
        EXPECT_LE(row.columns, 5);
        EXPECT_FALSE(text[row.start].isLowSurrogate());
    }
}

TEST(CodeRows, TabsGoToTheNextStop) {
    EXPECT_EQ(rowsOf("a\tb", 80)[0].columns, kTabColumns + 1);
}

TEST(CodeRows, GrowingTextGivesTheRowsOfTheWhole) {
    const QString whole = "first line\nsecond, which is a good deal longer\n\tthird\n\nlast";
    std::vector<CodeRow> grown;
    for (int size = 1; size <= whole.size(); ++size) cutCodeRows(whole.left(size), 12, size - 1, grown);
    const auto fresh = rowsOf(whole, 12);
    ASSERT_EQ(grown.size(), fresh.size());
    for (size_t i = 0; i < fresh.size(); ++i) {
        EXPECT_EQ(grown[i].start, fresh[i].start);
        EXPECT_EQ(grown[i].length, fresh[i].length);
        EXPECT_EQ(grown[i].continues, fresh[i].continues);
    }
}

TEST(CodeRows, MarksThatTurnTheTextAroundAreSeen) {
    const QString hidden = QString("a") + QChar(0x202E) + "b" + QChar(0x1B) + "c" + QChar(0x200B);
    const QString visible = visibleCode(hidden);
    ASSERT_EQ(visible.size(), hidden.size());
    EXPECT_EQ(visible[1], QChar(0x25AF));
    EXPECT_EQ(visible[3], QChar(0x241B));
    EXPECT_EQ(visible[5], QChar(0x25AF));
}

TEST(CodeBlock, HasAFixedHeightForEachLine) {
    const Theme theme;
    CodeBlock block(theme);
    block.setContent(codeOf("a\nb"));
    block.layout(600);
    const qreal two = block.height();
    block.setContent(codeOf("a\nb\nc"));
    block.layout(600);
    EXPECT_EQ(block.height() - two, theme.lineHeight(TextStyle::Code));
}

TEST(CodeBlock, DoesNotWrapUnlessAsked) {
    const Theme theme;
    CodeBlock block(theme);
    const QString code = QString("word ").repeated(100);
    block.setContent(codeOf(code));
    block.layout(600);
    const qreal oneLine = block.height();
    EXPECT_TRUE(block.scrollBy({100, 60}, {200, 0}));
    const Control wrap = controlOf(block, TargetKind::WrapCode);
    ASSERT_EQ(block.activate(wrap.target), BlockEffect::Relayout);
    block.layout(600);
    EXPECT_GT(block.height(), oneLine);
    EXPECT_FALSE(block.scrollBy({100, 60}, {200, 0})) << "nothing is out of sight";
    EXPECT_EQ(block.copied({0, block.length()}, CopyFormat::Text), code) << "wrapping changes no character";
}

TEST(CodeBlock, ShortCodeOffersNoWrapping) {
    const Theme theme;
    CodeBlock block(theme);
    block.setContent(codeOf("short"));
    block.layout(600);
    EXPECT_EQ(controlOf(block, TargetKind::WrapCode).target.kind, TargetKind::None);
    EXPECT_EQ(controlOf(block, TargetKind::CopyCode).target.kind, TargetKind::CopyCode);
}

TEST(CodeBlock, CopiesItsCodeByteForByte) {
    const Theme theme;
    CodeBlock block(theme);
    const QString code = QString("if (a\t!= b)\n\n  \u202Ereturn;\n");
    block.setContent(codeOf(code));
    block.layout(600);
    EXPECT_EQ(block.copyText(controlOf(block, TargetKind::CopyCode).target), code);
}

TEST(CodeBlock, CopiedAsMarkdownItIsFenced) {
    const Theme theme;
    CodeBlock block(theme);
    block.setContent(codeOf("a = 1\nb = 2", "py"));
    block.layout(600);
    EXPECT_EQ(block.copied({0, 11}, CopyFormat::Markdown), "```py\na = 1\nb = 2\n```");
    EXPECT_EQ(block.copied({0, 1}, CopyFormat::Markdown), "`a`");
}

TEST(CodeBlock, OffsetsAndCaretsAgree) {
    const Theme theme;
    CodeBlock block(theme);
    block.setContent(codeOf("int main() {\n    return 42;\n}"));
    block.layout(600);
    for (int offset = 0; offset <= block.length(); ++offset) {
        const QRectF caret = block.caretAt(offset);
        EXPECT_EQ(block.offsetAt(caret.center() + QPointF(1, 0)), offset);
    }
    EXPECT_EQ(block.lineAt(20), (TextRange{13, 27}));
    EXPECT_EQ(block.wordAt(19), (TextRange{17, 23}));
}

TEST(CodeRows, HiddenMarksAreFoundWhereTheyStand) {
    const QString code = QString("ab") + QChar(0x202E) + "c" + QChar(0x00AD) + QChar(0xDB40) + QChar(0xDC41);
    EXPECT_EQ(hiddenMarks(code, 0), (std::vector<int>{2, 4, 5, 6}));
    EXPECT_EQ(hiddenMarks(code, 3), (std::vector<int>{4, 5, 6}));
    EXPECT_EQ(visibleCode(code), QString::fromUtf8("ab▯c▯▯▯"));
}

/// A block of code as a person sees it.
class ColouredCode : public testing::Test {
protected:
    void show(const QString& code, const QString& language = "cpp") {
        block.setContent(codeOf(code, language));
        block.layout(600);
    }
    QImage paint() {
        QImage image(600, int(block.height()), QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        block.paint(painter, {.visible = image.rect()});
        return image;
    }
    /// Whether text is drawn in this colour; its edges are mixed with the ground, its stems are not.
    bool draws(const QColor& ink, const QImage& image) {
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const QColor pixel(image.pixel(x, y));
                if (std::abs(pixel.red() - ink.red()) < 24 && std::abs(pixel.green() - ink.green()) < 24 &&
                    std::abs(pixel.blue() - ink.blue()) < 24)
                    return true;
            }
        }
        return false;
    }
    bool waitForColours(int count = 1) {
        return QTest::qWaitFor([&] { return coloured.size() >= count; }, 60'000);
    }

    Theme theme;
    Typesetter typesetter{theme};
    QSignalSpy coloured{&typesetter.syntax(), &SyntaxColourer::coloured};
    CodeBlock block{theme};
};

TEST_F(ColouredCode, IsPlainFirstAndThenColouredWithoutMoving) {
    show("return 42; // twenty-two more than twenty");
    const QImage plain = paint();
    EXPECT_FALSE(draws(theme.colours().codeKeyword, plain));
    const qreal height = block.height();
    std::vector<QRectF> carets;
    for (int i = 0; i <= block.length(); ++i) carets.push_back(block.caretAt(i));
    ASSERT_TRUE(waitForColours());
    const QImage image = paint();
    for (const QColor& ink :
         {theme.colours().codeKeyword, theme.colours().codeNumber, theme.colours().codeComment})
        EXPECT_TRUE(draws(ink, image)) << ink.name().toStdString();
    EXPECT_EQ(block.height(), height);
    for (int i = 0; i <= block.length(); ++i) EXPECT_EQ(block.caretAt(i), carets[size_t(i)]) << i;
    EXPECT_EQ(block.copied({0, block.length()}, CopyFormat::Text),
              "return 42; // twenty-two more than twenty");
}

TEST_F(ColouredCode, ShownAgainItHasItsColoursAtOnce) {
    show("return 42;");
    paint();
    ASSERT_TRUE(waitForColours());
    CodeBlock again(theme);
    again.setContent(codeOf("return 42;"));
    again.layout(600);
    QImage image(600, int(again.height()), QImage::Format_RGB32);
    QPainter painter(&image);
    again.paint(painter, {.visible = image.rect()});
    painter.end();
    EXPECT_TRUE(draws(theme.colours().codeKeyword, image));
}

TEST_F(ColouredCode, WhatHasNotChangedKeepsItsColoursWhileItGrows) {
    const QString code = "return first;\nreturn second;\n/* a comment\nof two lines */ return third;";
    show(code.left(14));
    paint();
    ASSERT_TRUE(waitForColours());
    for (int size = 15; size <= code.size(); ++size) {
        show(code.left(size));
        EXPECT_TRUE(draws(theme.colours().codeKeyword, paint().copy(0, 40, 80, 25)))
            << "first line, at " << size;
    }
    // Not at every character, but at the end.
    EXPECT_TRUE(QTest::qWaitFor([&] { return draws(theme.colours().codeComment, paint()); }, 60'000));
}

TEST_F(ColouredCode, AnUnknownLanguageStaysPlain) {
    for (const QString& language : {QString(), QString("klingon")}) {
        show("return 42;", language);
        paint();
        QTest::qWait(50);
        EXPECT_TRUE(coloured.isEmpty());
        EXPECT_FALSE(draws(theme.colours().codeKeyword, paint()));
    }
}

TEST_F(ColouredCode, BehindTheLimitItIsPlainAndNothingFails) {
    QString code;
    while (code.size() < CodeColouring::kMostCharacters + 5000)
        code += "# a comment, which is one long token\n";
    show(code, "py");
    paint();
    ASSERT_TRUE(waitForColours());
    EXPECT_TRUE(draws(theme.colours().codeComment, paint().copy(0, 0, 600, 400)));
}

TEST_F(ColouredCode, TakesTheColoursOfAnotherTheme) {
    show("return 42;");
    paint();
    ASSERT_TRUE(waitForColours());
    theme.setAppearance(Appearance::Dark);
    block.restyle();
    block.layout(600);
    EXPECT_TRUE(draws(theme.colours().codeKeyword, paint()));
}

TEST_F(ColouredCode, SaysThatCharactersAreHidden) {
    show("a = b", "txt");
    EXPECT_FALSE(draws(theme.colours().warning, paint()));
    show(QString("a = ") + QChar(0x202E) + "b", "txt");
    const QImage image = paint();
    EXPECT_TRUE(draws(theme.colours().warning, image.copy(0, 0, 600, 34))) << "in the header";
    EXPECT_TRUE(draws(theme.colours().warning, image.copy(0, 35, 600, image.height() - 35)))
        << "at the place";
}

} // namespace
} // namespace ponder::ui
