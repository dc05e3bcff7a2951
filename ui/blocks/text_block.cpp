#include "ui/blocks/text_block.h"

#include <algorithm>

namespace ponder::ui {

TextBlock::TextBlock(const Theme& theme, const BlockLook& look) : MarkdownPiece(theme), look_(look) {}

TextStyle TextBlock::style() const {
    return textStyleOf(look_, content_);
}

void TextBlock::setContent(const MarkdownBlock& content) {
    const bool restyled = content.kind != content_.kind || content.level != content_.level ||
                          content.note.isEmpty() != content_.note.isEmpty() || flow_.length() == 0;
    content_ = content;
    if (restyled) setFlowStyle();
    fill();
}

void TextBlock::setFlowStyle() {
    flow_.setStyle(
        {.font = theme().font(style()), .lineHeight = theme().lineHeight(style()), .direction = direction_});
}

void TextBlock::setDirection(Qt::LayoutDirection direction) {
    if (direction == direction_) return;
    direction_ = direction;
    setFlowStyle();
}

void TextBlock::restyle() {
    setFlowStyle();
    fill();
}

void TextBlock::askForFormulas(qreal, qreal) {
    if (pending_) ui::askForFormulas(theme(), content_.content);
}

bool TextBlock::takeUpFormulas() {
    if (!pending_) return false;
    fill();
    return true;
}

TextRange TextBlock::wordAt(int offset) const {
    const TextRange formula = flow_.formulaAt(offset);
    return formula.isEmpty() ? wordAround(flow_.text(), offset) : formula;
}

void TextBlock::layout(qreal width) {
    flow_.layout(width);
    height_ = flow_.height();
}

void TextBlock::paint(QPainter& painter, const BlockPaint& paint) const {
    const Colours& palette = colours();
    flow_.draw(painter, {}, paint.visible, paint.selection,
               {palette.*look_.ink, palette.selection, palette.text, palette.bubble,
                theme().isHighContrast() ? palette.border : QColor()},
               paint.found);
}

TextLook TextBlock::lookAt(int offset) const {
    TextLook look{.range = {0, length()}};
    if (content_.kind == MarkdownKind::Heading) look.heading = content_.level;
    for (const Span& span : content_.content.spans) {
        if (span.start > offset) {
            look.range.to = span.start;
            break;
        }
        const int end = span.start + span.length;
        if (end > offset) {
            look.range = {span.start, end};
            look.style = span.style;
            break;
        }
        look.range.from = end;
    }
    return look;
}

QString TextBlock::copied(TextRange range, CopyFormat format) const {
    range = flow_.withWholeFormulas(range);
    if (format == CopyFormat::Text) return plainText(content_.content, content_.links, range);
    const QString text = markdownText(content_.content, content_.links, range);
    return content_.kind == MarkdownKind::Heading ? QString(content_.level, u'#') + u' ' + text : text;
}

Target TextBlock::targetAt(const QPointF& point) {
    if (!flow_.isOnText(point)) return {};
    const QString address = linkAt(content_.content, content_.links, characterAt(flow_, point));
    if (!address.isEmpty()) return {TargetKind::Link, this, address};
    return {TargetKind::Text, this, {}};
}

std::vector<Control> TextBlock::controls() {
    std::vector<Control> links;
    int previous = -1;
    for (const Span& span : content_.content.spans) {
        // A link with several styles in it is several spans.
        if (span.link < 0 || span.link == previous) continue;
        previous = span.link;
        const QRectF from = flow_.caretAt(span.start);
        const QRectF to = flow_.caretAt(span.start + span.length);
        // What ends further back than it begins goes on in another line, or runs the other way.
        const bool oneLine =
            from.top() == to.top() && (to.left() > from.left() || direction_ == Qt::RightToLeft);
        const QRectF restOfLine = direction_ == Qt::RightToLeft
                                      ? from.adjusted(flow_.left() - from.left(), 0, 0, 0)
                                      : from.adjusted(0, 0, flow_.naturalWidth() - from.left(), 0);
        links.push_back({.target = {TargetKind::Link, this, content_.links.value(span.link)},
                         .box = oneLine ? from.united(to) : restOfLine,
                         .name = content_.content.text.mid(span.start, span.length)});
    }
    return links;
}

} // namespace ponder::ui
