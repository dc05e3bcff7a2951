#include "app/exchange/pdf_paragraph.h"

#include <QFontMetricsF>
#include <QTextOption>

#include "app/exchange/pdf_emoji.h"
#include "app/exchange/pdf_letters.h"
#include "app/exchange/web_address.h"

namespace ponder::app {

namespace {

constexpr qreal kUnwrapped = 1e7;
constexpr int kTabCharacters = 4;

QTextOption::WrapMode wrapMode(PdfWrap wrap) {
    switch (wrap) {
    case PdfWrap::Words:
        return QTextOption::WrapAtWordBoundaryOrAnywhere;
    case PdfWrap::Anywhere:
        return QTextOption::WrapAnywhere;
    case PdfWrap::Never:
        break;
    }
    return QTextOption::NoWrap;
}

Qt::Alignment turned(Qt::Alignment alignment) {
    if (alignment == Qt::AlignLeft) return Qt::AlignRight;
    return alignment == Qt::AlignRight ? Qt::AlignLeft : alignment;
}

QTextCharFormat formatOf(const ui::Span& span, const QStringList& links, const PdfTextStyle& style) {
    QTextCharFormat format;
    if (span.style & ui::span::kBold) format.setFontWeight(QFont::DemiBold);
    if (span.style & ui::span::kItalic) format.setFontItalic(true);
    if (span.style & ui::span::kStrike) format.setFontStrikeOut(true);
    if (span.style & (ui::span::kCode | ui::span::kFormula)) {
        const QFont code = pdfStyle(PdfText::Code).font;
        format.setFontFamilies(code.families());
        format.setFontStyleStrategy(code.styleStrategy());
        format.setProperty(QTextFormat::FontPixelSize, style.font.pixelSize() * 9 / 10);
    }
    if (span.style & ui::span::kCode) format.setBackground(pdfColours().bubble);
    if (span.style & ui::span::kLink && span.link >= 0 && span.link < links.size()) {
        format.setForeground(pdfColours().link);
        const QString address = links[span.link];
        if (!isWebAddress(address.toStdString())) return format;
        format.setAnchor(true);
        format.setAnchorHref(address);
    }
    return format;
}

} // namespace

PdfParagraph::PdfParagraph(const ui::InlineText& text, const QStringList& links, const PdfSetting& setting)
    : style_(setting.style) {
    layout_.setFont(style_.font);
    layout_.setText(text.text);
    QList<QTextLayout::FormatRange> formats = plainStretches(text.text);
    for (const ui::Span& span : text.spans) {
        QTextLayout::FormatRange range;
        range.start = span.start;
        range.length = span.length;
        range.format = formatOf(span, links, style_);
        formats.append(range);
    }
    layout_.setFormats(formats);
    QTextOption option;
    option.setWrapMode(wrapMode(setting.wrap));
    option.setUseDesignMetrics(true);
    const bool rightToLeft = text.text.isRightToLeft();
    option.setTextDirection(rightToLeft ? Qt::RightToLeft : Qt::LeftToRight);
    option.setAlignment(rightToLeft ? turned(setting.alignment) : setting.alignment);
    option.setTabStopDistance(QFontMetricsF(style_.font).horizontalAdvance(u' ') * kTabCharacters);
    layout_.setTextOption(option);

    const QFontMetricsF metrics(style_.font);
    const qreal baseline = (style_.lineHeight + metrics.ascent() - metrics.descent()) / 2;
    layout_.beginLayout();
    for (QTextLine line = layout_.createLine(); line.isValid(); line = layout_.createLine()) {
        line.setLineWidth(setting.wrap == PdfWrap::Never ? kUnwrapped : setting.width);
        line.setPosition({0, baseline - line.ascent()});
    }
    layout_.endLayout();
}

PdfParagraph::PdfParagraph(const QString& text, const PdfSetting& setting)
    : PdfParagraph(ui::InlineText{text, {}}, {}, setting) {}

qreal PdfParagraph::naturalWidth() const {
    qreal widest = 0;
    for (int i = 0; i < layout_.lineCount(); ++i)
        widest = std::max(widest, layout_.lineAt(i).naturalTextWidth());
    return widest;
}

void PdfParagraph::write(PdfPaper& paper, qreal left) {
    const int lines = layout_.lineCount();
    const qreal height = style_.lineHeight;
    paper.keepTogether(height * std::min(lines, lines == 3 ? 3 : 2));
    for (int i = 0; i < lines; ++i) {
        if (i == lines - 2) paper.keepTogether(2 * height);
        drawLine(paper.painter(), i, {left, paper.take(height)});
    }
}

void PdfParagraph::draw(QPainter& painter, const QPointF& at) {
    for (int i = 0; i < layout_.lineCount(); ++i)
        drawLine(painter, i, at + QPointF(0, i * style_.lineHeight));
}

void PdfParagraph::drawLine(QPainter& painter, int line, const QPointF& at) {
    painter.setPen(style_.colour);
    const QTextLine drawn = layout_.lineAt(line);
    drawn.draw(&painter, at);
    drawEmoji(painter, drawn.glyphRuns(), at);
}

} // namespace ponder::app
