#include "ui/blocks/table_block.h"

#include "ui/markdown/markdown_parser.h"

#include <gtest/gtest.h>

namespace ponder::ui {
namespace {

class TableBlockTest : public testing::Test {
protected:
    void show(const QByteArray& markdown, qreal width = 700) {
        const auto blocks = parseMarkdown(markdown);
        ASSERT_EQ(blocks.size(), 1u);
        ASSERT_EQ(blocks[0].kind, MarkdownKind::Table);
        table.setContent(blocks[0]);
        table.layout(width);
    }
    Target more() { return control(TargetKind::MoreRows).target; }
    Control control(TargetKind kind) {
        for (const Control& each : table.controls()) {
            if (each.target.kind == kind) return each;
        }
        return {};
    }

    Theme theme;
    TableBlock table{theme, {}};
};

QByteArray rows(int count, int columns = 2) {
    QByteArray text = QByteArray("|h").repeated(columns) + "|\n" + QByteArray("|-").repeated(columns) + "|\n";
    for (int i = 0; i < count; ++i)
        text += QByteArray("|cell " + QByteArray::number(i)).repeated(columns) + "|\n";
    return text;
}

TEST_F(TableBlockTest, IsAsWideAsItsContent) {
    show("|a|b|\n|-|-|\n|1|2|");
    const qreal narrow = table.usedWidth();
    show("|a|b|\n|-|-|\n|1|a good deal more text|");
    EXPECT_GT(table.usedWidth(), narrow);
    EXPECT_LT(table.usedWidth(), 700);
}

TEST_F(TableBlockTest, WrapsCellsBeforeItScrolls) {
    const QByteArray text = "|a|b|\n|-|-|\n|" + QByteArray("many words ").repeated(40) + "|" +
                            QByteArray("more words ").repeated(40) + "|";
    show(text);
    EXPECT_LE(table.usedWidth(), 700);
    EXPECT_FALSE(table.scrollBy({10, 10}, {50, 0}));
    const qreal wide = table.height();
    show(text, 400);
    EXPECT_GT(table.height(), wide);
}

TEST_F(TableBlockTest, ManyColumnsScrollSideways) {
    QByteArray text =
        QByteArray("|a longer header").repeated(14) + "|\n" + QByteArray("|-").repeated(14) + "|\n";
    show(text);
    EXPECT_EQ(table.usedWidth(), 700);
    EXPECT_TRUE(table.scrollBy({10, 10}, {50, 0}));
}

TEST_F(TableBlockTest, AlignsAsTheMarkdownSays) {
    show("|left|centre|right|\n|:-|:-:|-:|\n|a|b|c|\n|wide left|wide centre|wide right|");
    const int c = int(QString("left centre right a b ").size());
    EXPECT_GT(table.caretAt(c).left(), table.caretAt(c + 2 + 10 + 12).left())
        << "right: 'c' begins behind 'wide right'";
    const int a = int(QString("left centre right ").size());
    EXPECT_EQ(table.caretAt(a).left(), table.caretAt(0).left());
}

TEST_F(TableBlockTest, ShowsTwoHundredRowsAndThenMore) {
    show(rows(450));
    const qreal first = table.height();
    ASSERT_EQ(more().kind, TargetKind::MoreRows);
    EXPECT_EQ(table.activate(more()), BlockEffect::Relayout);
    table.layout(700);
    EXPECT_GT(table.height(), 1.8 * first);
    table.activate(more());
    table.layout(700);
    EXPECT_EQ(more().kind, TargetKind::None) << "all are shown";
}

TEST_F(TableBlockTest, CopyingAllOfItTakesHiddenRowsAlong) {
    show(rows(450));
    const QString text = table.copied({0, table.length()}, CopyFormat::Text);
    EXPECT_TRUE(text.endsWith("cell 449"));
    EXPECT_EQ(text.count('\n'), 450);
}

TEST_F(TableBlockTest, CopiesAlignedColumnsOrMarkdown) {
    show("|name|n|\n|-|-:|\n|**one**|1|\n|three|33|");
    EXPECT_EQ(table.copied({0, table.length()}, CopyFormat::Text), "name   n\none    1\nthree  33");
    EXPECT_EQ(table.copied({0, table.length()}, CopyFormat::Markdown),
              "| name | n |\n| --- | --: |\n| **one** | 1 |\n| three | 33 |");
}

TEST_F(TableBlockTest, CopiesPartOfACellAsText) {
    show("|name|n|\n|-|-|\n|some words|1|");
    const int from = int(QString("name n ").size());
    EXPECT_EQ(table.copied({from, from + 4}, CopyFormat::Markdown), "some");
}

TEST_F(TableBlockTest, CopiesAllOfItAsMarkdownOrForASpreadsheet) {
    show("|name|n, m|\n|-|-:|\n|**one** \\| \"1\"|1|\n|[l](http://x.y)| |");
    const Control markdown = control(TargetKind::CopyTable);
    const Control csv = control(TargetKind::CopyTableAsCsv);
    EXPECT_EQ(table.copyText(markdown.target),
              "| name | n, m |\n| --- | --: |\n| **one** \\| \"1\" | 1 |\n| [l](<http://x.y>) |  |");
    EXPECT_EQ(table.copyText(csv.target), "name,\"n, m\"\r\n\"one | \"\"1\"\"\",1\r\nl (http://x.y),\r\n");
    for (const Control& each : {markdown, csv}) {
        EXPECT_GE(each.box.height(), 32);
        EXPECT_GE(each.box.width(), 32);
        EXPECT_EQ(table.targetAt(each.box.center()), each.target);
    }
}

TEST_F(TableBlockTest, CopyingForASpreadsheetTakesHiddenRowsAlong) {
    show(rows(450));
    EXPECT_EQ(table.copyText(control(TargetKind::CopyTableAsCsv).target).count('\n'), 451);
}

TEST_F(TableBlockTest, ItsButtonsStandBesideItWhereThereIsRoom) {
    show("|a|b|\n|-|-|\n|1|2|");
    EXPECT_GT(control(TargetKind::CopyTable).box.left(), table.usedWidth());
    show("|a|b|\n|-|-|\n|" + QByteArray("many words ").repeated(40) + "|1|", 420);
    EXPECT_LE(control(TargetKind::CopyTableAsCsv).box.right(), table.usedWidth());
}

TEST_F(TableBlockTest, GrowingRowByRowEqualsAllAtOnce) {
    const QByteArray whole = rows(40, 3) + "|a cell that is wider than those before|x|y|\n|z|z|z|\n";
    for (qsizetype size = 30; size <= whole.size(); size += 7) {
        const auto blocks = parseMarkdown(whole.first(size));
        if (blocks.size() != 1 || blocks[0].kind != MarkdownKind::Table) continue;
        table.setContent(blocks[0]);
        table.layout(500);
    }
    show(whole, 500);
    TableBlock fresh(theme, {});
    fresh.setContent(parseMarkdown(whole).at(0));
    fresh.layout(500);
    EXPECT_EQ(table.height(), fresh.height());
    EXPECT_EQ(table.usedWidth(), fresh.usedWidth());
    EXPECT_EQ(table.length(), fresh.length());
    for (int offset = 0; offset <= fresh.length(); offset += 5) {
        EXPECT_EQ(table.caretAt(offset), fresh.caretAt(offset)) << offset;
    }
}

TEST_F(TableBlockTest, OffsetsAndCaretsAgree) {
    show("|alpha|beta|\n|-|-|\n|gamma|delta|");
    for (int offset = 0; offset <= table.length(); ++offset) {
        EXPECT_EQ(table.offsetAt(table.caretAt(offset).center() + QPointF(0.5, 0)), offset);
    }
}

} // namespace
} // namespace ponder::ui
