#include "ui/blocks/markdown_column.h"

#include "tests/ui/markdown/markdown_corpus.h"
#include "ui/markdown/markdown_parser.h"

#include <gtest/gtest.h>

#include <QImage>
#include <QPainter>

namespace ponder::ui {
namespace {

constexpr qreal kWidth = 600;

class MarkdownColumnTest : public testing::Test {
protected:
    void show(const QByteArray& markdown) {
        column.setBlocks(parseMarkdown(markdown));
        column.layout(kWidth);
    }
    QString copied(CopyFormat format) const { return column.copied({0, column.length()}, format); }

    Theme theme;
    MarkdownColumn column{theme, {}};
};

QImage picture(const Block& block) {
    QImage image(int(kWidth), std::max(1, int(block.height())), QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    BlockPaint paint;
    paint.visible = QRectF(image.rect());
    block.paint(painter, paint);
    return image;
}

TEST_F(MarkdownColumnTest, ByteByByteLooksLikeAllAtOnce) {
    for (const QByteArray& text : markdownCorpus()) {
        MarkdownColumn grown(theme, {});
        for (qsizetype size = 1; size <= text.size(); ++size) {
            grown.setBlocks(parseMarkdown(text.first(size)));
            grown.layout(kWidth);
        }
        MarkdownColumn whole(theme, {});
        whole.setBlocks(parseMarkdown(text));
        whole.layout(kWidth);
        ASSERT_EQ(grown.height(), whole.height()) << text.toStdString();
        ASSERT_EQ(grown.length(), whole.length()) << text.toStdString();
        EXPECT_EQ(picture(grown), picture(whole)) << text.toStdString();
    }
}

TEST_F(MarkdownColumnTest, KeepsTheDistancesOfTheDesign) {
    show("text\n\n## Heading\n\ntext\n\ntext\n\n- a\n- b\n");
    const auto topOf = [&](int offset) { return column.caretAt(offset).top(); };
    const qreal line = theme.lineHeight(TextStyle::Body);
    const qreal heading = theme.lineHeight(TextStyle::Heading2);
    EXPECT_EQ(topOf(5), line + 28);
    EXPECT_EQ(topOf(13), topOf(5) + heading + 8);
    EXPECT_EQ(topOf(18), topOf(13) + line + 16);
    EXPECT_EQ(topOf(25), topOf(23) + line + 4) << "items of a tight list";
}

TEST_F(MarkdownColumnTest, CopiesTextWithoutMarkers) {
    show("# Title\n\nA **bold** [link](https://x.example).\n\n1. one\n2. two\n   - nested\n\n> "
         "quote\n\n```c\nint x;\n```\n");
    EXPECT_EQ(copied(CopyFormat::Text),
              "Title\n\nA bold link (https://x.example).\n\n1. one\n2. two\n  - nested\n\nquote\n\nint x;");
}

TEST_F(MarkdownColumnTest, CopiedMarkdownParsesToTheSame) {
    for (const QByteArray& text : markdownCorpus()) {
        show(text);
        const QString once = copied(CopyFormat::Markdown);
        MarkdownColumn again(theme, {});
        again.setBlocks(parseMarkdown(once.toUtf8()));
        again.layout(kWidth);
        EXPECT_EQ(again.copied({0, again.length()}, CopyFormat::Text), copied(CopyFormat::Text))
            << once.toStdString();
    }
}

TEST_F(MarkdownColumnTest, PartOfAnItemIsCopiedWithoutItsMarker) {
    show("- first item\n- second item\n");
    EXPECT_EQ(column.copied({0, 5}, CopyFormat::Text), "first");
    EXPECT_EQ(column.copied({6, 17}, CopyFormat::Text), "- item\n- second");
}

TEST_F(MarkdownColumnTest, OffsetsAndCaretsAgree) {
    show("# T\n\nsome words here\n\n- item\n\n|a|b|\n|-|-|\n|c|d|\n");
    for (int offset = 0; offset <= column.length(); ++offset) {
        const QRectF caret = column.caretAt(offset);
        EXPECT_EQ(column.offsetAt(caret.center() + QPointF(0.5, 0)), offset);
    }
}

TEST_F(MarkdownColumnTest, DeepNestingLeavesRoomForText) {
    column.setBlocks(parseMarkdown(QByteArray("> ").repeated(14) + "deep down some words"));
    column.layout(260);
    EXPECT_LT(column.caretAt(0).left(), 160);
    EXPECT_LE(column.usedWidth(), 260);
}

TEST_F(MarkdownColumnTest, LinksAreControls) {
    show("a [b](http://x.example) c [d **e** f](http://y.example)\n\n|t|\n|-|\n|[g](http://z.example)|\n");
    QStringList addresses;
    for (const Control& control : column.controls()) {
        if (control.target.kind != TargetKind::Link) continue;
        EXPECT_EQ(column.targetAt(control.box.center() - QPointF(control.box.width() / 4, 0)),
                  control.target);
        addresses.append(control.target.address);
    }
    EXPECT_EQ(addresses, (QStringList{"http://x.example", "http://y.example", "http://z.example"}));
}

TEST_F(MarkdownColumnTest, AnotherThemeIsTakenUp) {
    show("text with `code`\n\n```\ncode\n```\n\n|a|\n|-|\n|b|\n");
    const qreal before = column.height();
    theme.setTextSize(24);
    column.restyle();
    column.layout(kWidth);
    EXPECT_GT(column.height(), 1.3 * before);
}

TEST_F(MarkdownColumnTest, ALinkOfOneCharacterIsHitOnBothHalves) {
    show("a[^1]b [x](http://x.example)y");
    for (const Control& control : column.controls()) {
        const QRectF box = control.box;
        EXPECT_EQ(column.targetAt(box.center() - QPointF(box.width() / 4, 0)), control.target);
        EXPECT_EQ(column.targetAt(box.center() + QPointF(box.width() / 4, 0)), control.target);
        EXPECT_NE(column.targetAt(box.center() + QPointF(box.width() / 2 + 1, 0)), control.target);
    }
}

TEST_F(MarkdownColumnTest, NotesStandApartFromTheTextAndAreFoundByTheirLabels) {
    show("text[^1] and[^b]\n\n- item\n\n[^1]: first\n[^b]: second\n");
    const auto topOf = [&](const QString& label) {
        return column.caretAt(column.offsetOfNote(label).value()).top();
    };
    const qreal item = column.caretAt(int(QString("text1 and2 ").size())).bottom();
    EXPECT_GT(topOf("1") - item, 24);
    EXPECT_LT(topOf("b") - topOf("1"), 2 * theme.lineHeight(TextStyle::Table));
    EXPECT_EQ(column.offsetOfNote("c"), std::nullopt);
    EXPECT_EQ(column.copied({0, column.length()}, CopyFormat::Markdown),
              "text[^1] and[^b]\n\n- item\n\n[^1]: first\n[^b]: second");
}

} // namespace
} // namespace ponder::ui
