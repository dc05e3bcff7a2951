#include "app/exchange/pdf_markdown.h"

#include <algorithm>

#include "app/exchange/pdf_paragraph.h"
#include "app/exchange/pdf_table.h"

namespace ponder::app {

namespace {

using ui::MarkdownBlock;
using ui::MarkdownKind;

constexpr qreal kListIndent = points(18);
constexpr qreal kQuoteIndent = points(14);
constexpr qreal kQuoteBar = points(2);
constexpr qreal kMarkerGap = points(6);
constexpr qreal kLeastWidth = points(120);
constexpr qreal kCodePadding = points(9);
constexpr qreal kCodeRadius = points(5);
constexpr qreal kRule = points(0.6);

constexpr qreal kBlockGap = points(9);
constexpr qreal kGreatHeadingGap = points(18);
constexpr qreal kSmallHeadingGap = points(14);
constexpr qreal kAfterHeadingGap = points(5);
constexpr qreal kLooseItemGap = points(5);
constexpr qreal kTightItemGap = points(2);

bool isInList(const MarkdownBlock& block) {
    for (int level = 0; level < block.nesting.depth; ++level)
        if (!block.nesting.isQuote(level)) return true;
    return false;
}

qreal gapBetween(const MarkdownBlock& before, const MarkdownBlock& block) {
    if (before.kind == MarkdownKind::Heading) return kAfterHeadingGap;
    if (block.kind == MarkdownKind::Heading) return block.level <= 2 ? kGreatHeadingGap : kSmallHeadingGap;
    if (isInList(before) && isInList(block)) {
        const bool close = block.nesting.depth > before.nesting.depth ? before.tight : block.tight;
        return close ? kTightItemGap : kLooseItemGap;
    }
    return kBlockGap;
}

PdfText headingStyle(int level) {
    constexpr PdfText kStyles[] = {PdfText::Heading1, PdfText::Heading2, PdfText::Heading3};
    return level >= 1 && level <= 3 ? kStyles[level - 1] : PdfText::Heading4;
}

QString markerText(const ui::ListMarker& marker) {
    switch (marker.kind) {
    case ui::MarkerKind::Number:
        return marker.text;
    case ui::MarkerKind::TaskOpen:
        return QStringLiteral("☐");
    case ui::MarkerKind::TaskDone:
        return QStringLiteral("☑");
    case ui::MarkerKind::Bullet:
        break;
    }
    constexpr char16_t kBullets[] = {u'•', u'◦', u'▪'};
    return QString(QChar(kBullets[std::max(0, marker.rank - 1) % 3]));
}

class Writer {
public:
    Writer(PdfPaper& paper, const PdfColumn& column) : paper_(paper), column_(column) {}

    void write(const std::vector<MarkdownBlock>& blocks) {
        int deepest = 0;
        for (const MarkdownBlock& block : blocks) deepest = std::max<int>(deepest, block.nesting.depth);
        // Deep nesting gives up indentation, not the text.
        const qreal most = column_.width - kLeastWidth;
        if (deepest * kListIndent > most) scale_ = std::max(qreal(0), most) / (deepest * kListIndent);
        const MarkdownBlock* before = nullptr;
        for (const MarkdownBlock& block : blocks) {
            openQuotes(block, before);
            writeBlock(block);
            before = &block;
        }
        while (!quotes_.empty()) closeQuote();
    }

private:
    qreal indentOf(const MarkdownBlock& block, int levels) const {
        qreal indent = 0;
        for (int level = 0; level < levels; ++level)
            indent += block.nesting.isQuote(level) ? kQuoteIndent : kListIndent;
        return indent * scale_;
    }

    /// Quotes that both blocks stand in go on through the gap, others end before it or begin after it.
    void openQuotes(const MarkdownBlock& block, const MarkdownBlock* before) {
        std::vector<int> wanted;
        for (int level = 0; level < block.nesting.depth; ++level)
            if (block.nesting.isQuote(level)) wanted.push_back(level);
        std::size_t same = 0;
        while (same < quotes_.size() && same < wanted.size() && quotes_[same] == wanted[same]) ++same;
        while (quotes_.size() > same) closeQuote();
        if (before) paper_.leave(gapBetween(*before, block));
        for (std::size_t i = same; i < wanted.size(); ++i) {
            const qreal indent = indentOf(block, wanted[i]);
            const qreal left =
                mirrored(block) ? column_.left + column_.width - indent - kQuoteBar : column_.left + indent;
            paper_.open({.left = left, .width = kQuoteBar, .colour = pdfColours().border});
            quotes_.push_back(wanted[i]);
        }
    }
    void closeQuote() {
        paper_.close();
        quotes_.pop_back();
    }

    static bool mirrored(const MarkdownBlock& block) {
        return block.kind != MarkdownKind::Code && block.content.text.isRightToLeft();
    }

    void writeBlock(const MarkdownBlock& block) {
        const qreal indent = indentOf(block, block.nesting.depth);
        const PdfColumn inside{.left = mirrored(block) ? column_.left : column_.left + indent,
                               .width = column_.width - indent,
                               .body = column_.body};
        for (const ui::ListMarker& marker : block.markers) writeMarker(block, marker);
        switch (block.kind) {
        case MarkdownKind::Code:
            return writePdfCode(paper_, block.content.text, block.language, inside);
        case MarkdownKind::Table:
            return writePdfTable(paper_, block, inside.left, inside.width);
        case MarkdownKind::Rule:
            paper_.painter().fillRect(
                QRectF(inside.left, paper_.take(points(3)) + points(1), inside.width, kRule),
                pdfColours().border);
            return;
        case MarkdownKind::Formula: // as its source
        case MarkdownKind::Heading:
        case MarkdownKind::Paragraph:
            break;
        }
        PdfSetting setting{
            .style = pdfStyle(block.kind == MarkdownKind::Heading ? headingStyle(block.level) : inside.body),
            .width = inside.width};
        if (column_.body == PdfText::Thought) setting.style.colour = pdfStyle(PdfText::Thought).colour;
        PdfParagraph paragraph(block.content, block.links, setting);
        if (block.kind == MarkdownKind::Heading)
            paper_.keepTogether(paragraph.height() + kAfterHeadingGap +
                                2 * pdfStyle(PdfText::Body).lineHeight);
        paragraph.write(paper_, inside.left);
    }

    void writeMarker(const MarkdownBlock& block, const ui::ListMarker& marker) {
        const qreal indent = indentOf(block, marker.level + 1);
        const bool right = mirrored(block);
        const PdfTextStyle style = pdfStyle(column_.body);
        paper_.besideNext([this, text = markerText(marker), indent, right, style](qreal top) {
            const QFontMetricsF metrics(style.font);
            const qreal width = metrics.horizontalAdvance(text);
            const qreal baseline = top + (style.lineHeight + metrics.ascent() - metrics.descent()) / 2;
            const qreal x = right ? column_.left + column_.width - indent + kMarkerGap
                                  : column_.left + indent - kMarkerGap - width;
            paper_.painter().setFont(style.font);
            paper_.painter().setPen(pdfColours().muted);
            paper_.painter().drawText(QPointF(x, baseline), text);
        });
    }

    PdfPaper& paper_;
    PdfColumn column_;
    qreal scale_ = 1;
    std::vector<int> quotes_; // levels of the quotes that are open
};

} // namespace

void writePdfMarkdown(PdfPaper& paper, const std::vector<MarkdownBlock>& blocks, const PdfColumn& column) {
    Writer(paper, column).write(blocks);
}

void writePdfCode(PdfPaper& paper, const QString& code, const QString& label, const PdfColumn& column) {
    const PdfTextStyle style = pdfStyle(PdfText::Code);
    const PdfTextStyle labelStyle = pdfStyle(PdfText::CodeLabel);
    const qreal left = column.left + kCodePadding;
    const qreal width = column.width - 2 * kCodePadding;
    paper.keepTogether(2 * kCodePadding + 2 * style.lineHeight +
                       (label.isEmpty() ? 0 : labelStyle.lineHeight));
    paper.open(
        {.left = column.left, .width = column.width, .colour = pdfColours().code, .radius = kCodeRadius},
        kCodePadding);
    if (!label.isEmpty()) {
        PdfParagraph(label, {.style = labelStyle, .width = width}).write(paper, left);
        paper.leave(points(3));
    }
    for (const QString& line : code.split(u'\n')) {
        PdfParagraph(line, {.style = style, .width = width, .wrap = PdfWrap::Anywhere}).write(paper, left);
    }
    paper.close(kCodePadding);
}

} // namespace ponder::app
