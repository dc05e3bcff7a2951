#include "ui/blocks/attachment_block.h"

#include "ui/icons.h"

#include <QFontMetricsF>
#include <QPainter>

namespace ponder::ui {

namespace {

constexpr int kExtent = 36;
constexpr int kIconSize = 18;
constexpr qreal kMostShare = 0.8;

} // namespace

AttachmentBlock::AttachmentBlock(const Theme& theme, QString name) : Block(theme), name_(std::move(name)) {}

void AttachmentBlock::layout(qreal width) {
    const QFontMetricsF metrics(theme().font(TextStyle::Control));
    const qreal around = 2 * space::kMedium + kIconSize + space::kSmall;
    shownName_ = metrics.elidedText(name_, Qt::ElideMiddle, width * kMostShare - around);
    const qreal used = metrics.horizontalAdvance(shownName_) + around;
    height_ = theme().scaled(kExtent);
    box_ = QRectF(width - used, 0, used, height_);
}

Target AttachmentBlock::targetAt(const QPointF& point) {
    return box_.contains(point) ? target() : Target();
}

std::vector<Control> AttachmentBlock::controls() {
    return {{target(), box_, tr("Open %1").arg(name_)}};
}

void AttachmentBlock::paint(QPainter& painter, const BlockPaint& paint) const {
    const bool hovered = isMine(paint.hovered, TargetKind::Attachment);
    const bool pressed = isMine(paint.pressed, TargetKind::Attachment);
    painter.setBrush(pressed ? colours().selectedRow : hovered ? colours().bubble : colours().background);
    painter.setPen(QPen(theme().isHighContrast() && hovered ? colours().accent : colours().border, 1));
    painter.drawRoundedRect(box_.adjusted(0.5, 0.5, -0.5, -0.5), radius::kControl, radius::kControl);
    const QRectF inside = box_.adjusted(space::kMedium, 0, -space::kMedium, 0);
    drawIcon(painter, Icon::File, QRectF(inside.left(), 0, kIconSize, height_), colours().muted, kIconSize);
    const QRectF name = inside.adjusted(kIconSize + space::kSmall, 0, 0, 0);
    paintFound(painter, paint.found, name);
    painter.setFont(theme().font(TextStyle::Control));
    painter.setPen(colours().text);
    painter.drawText(name, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, shownName_);
}

void AttachmentBlock::paintFound(QPainter& painter, const FoundMarks& found, const QRectF& name) const {
    const QFontMetricsF metrics(theme().font(TextStyle::Control));
    // What is cut short, or runs the other way, is marked as a whole.
    const bool whole = shownName_ != name_ || name_.isRightToLeft();
    const qreal extent = theme().lineHeight(TextStyle::Control);
    for (const TextRange& range : found.ranges) {
        const qreal from = whole ? 0 : metrics.horizontalAdvance(name_.left(range.from));
        const qreal to = whole ? name.width() : metrics.horizontalAdvance(name_.left(range.to));
        const bool current = range == found.current;
        painter.setPen(current ? QPen(found.currentBorder, 1) : QPen(Qt::NoPen));
        painter.setBrush(current ? found.currentGround : found.ground);
        painter.drawRoundedRect(QRectF(name.left() + from, (height_ - extent) / 2, to - from, extent),
                                radius::kInlineCode, radius::kInlineCode);
        if (whole) break;
    }
}

} // namespace ponder::ui
