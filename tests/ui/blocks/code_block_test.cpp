#include "ui/blocks/code_block.h"

#include <gtest/gtest.h>

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

} // namespace
} // namespace ponder::ui
