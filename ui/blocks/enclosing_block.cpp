#include "ui/blocks/enclosing_block.h"

#include <QPainter>

#include <algorithm>

namespace ponder::ui {

EnclosingBlock::EnclosingBlock(const Theme& theme, const BlockLook& look)
    : Block(theme), column_(theme, look) {}

void EnclosingBlock::paintColumn(QPainter& painter, const BlockPaint& paint) const {
    if (!isTextShown()) return;
    const QPointF origin = columnOrigin();
    const QRectF box = columnBox();
    const bool clips = box.height() < column_.height();
    painter.save();
    if (clips) painter.setClipRect(box.adjusted(-space::kWide, 0, space::kWide, 0), Qt::IntersectClip);
    painter.translate(origin);
    BlockPaint inner = paint.within(origin, 0);
    if (clips) {
        const QRectF shown = box.translated(-origin);
        inner.visible.setTop(std::max(inner.visible.top(), shown.top()));
        inner.visible.setBottom(std::min(inner.visible.bottom(), shown.bottom()));
    }
    column_.paint(painter, inner);
    painter.restore();
}

void EnclosingBlock::askForFormulas(qreal top, qreal bottom) {
    if (!isTextShown()) return;
    const qreal origin = columnOrigin().y();
    column_.askForFormulas(top - origin, bottom - origin);
}

int EnclosingBlock::offsetAt(const QPointF& point) const {
    if (!isTextShown()) return 0;
    const QRectF box = columnBox();
    if (point.y() < box.top()) return column_.offsetAt(QPointF(0, box.top() - columnOrigin().y()));
    const QPointF inside(point.x(), std::min(point.y(), box.bottom()));
    return column_.offsetAt(inside - columnOrigin());
}

QRectF EnclosingBlock::caretAt(int offset) const {
    if (!isTextShown()) return {0, 0, 0, height_};
    const QRectF box = columnBox();
    QRectF caret = column_.caretAt(offset).translated(columnOrigin());
    // What is scrolled or cut away is nearest at the edge.
    caret.moveTop(std::clamp(caret.top(), box.top(), std::max(box.top(), box.bottom() - caret.height())));
    return caret;
}

std::vector<Aside> EnclosingBlock::asides() const {
    return isTextShown() ? column_.asides() : std::vector<Aside>();
}
TextLook EnclosingBlock::lookAt(int offset) const {
    return isTextShown() ? column_.lookAt(offset) : TextLook();
}
TextRange EnclosingBlock::wordAt(int offset) const {
    return isTextShown() ? column_.wordAt(offset) : TextRange{};
}
TextRange EnclosingBlock::lineAt(int offset) const {
    return isTextShown() ? column_.lineAt(offset) : TextRange{};
}
QString EnclosingBlock::copied(TextRange range, CopyFormat format) const {
    return isTextShown() ? column_.copied(range, format) : QString();
}

Target EnclosingBlock::targetAt(const QPointF& point) {
    if (!isTextShown() || !columnBox().contains(point)) return {};
    return column_.targetAt(point - columnOrigin());
}

std::vector<Control> EnclosingBlock::controls() {
    std::vector<Control> all;
    if (!isTextShown()) return all;
    const QRectF box = columnBox();
    for (Control& control : column_.controls()) {
        control.box.translate(columnOrigin());
        if (box.intersects(control.box)) all.push_back(std::move(control));
    }
    return all;
}

bool EnclosingBlock::scrollBy(const QPointF& point, const QPointF& delta) {
    if (!isTextShown() || !columnBox().contains(point)) return false;
    return column_.scrollBy(point - columnOrigin(), delta);
}

void EnclosingBlock::reveal(int offset) {
    if (isTextShown()) column_.reveal(offset);
}

int EnclosingBlock::lastParagraphLength() const {
    const std::vector<MarkdownBlock>& blocks = column_.blocks();
    if (blocks.empty() || blocks.back().kind != MarkdownKind::Paragraph) return 0;
    return int(blocks.back().content.text.size());
}

} // namespace ponder::ui
