#include "ui/blocks/bubble_block.h"

#include <QFontMetricsF>
#include <QLinearGradient>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace ponder::ui {

namespace {

constexpr qreal kMostShare = 0.8;
constexpr int kPadding = space::kLarge;
constexpr int kVerticalPadding = space::kMedium;
constexpr int kShownLines = 12;

} // namespace

BubbleBlock::BubbleBlock(const Theme& theme) : EnclosingBlock(theme, {}) {}

void BubbleBlock::layout(qreal width) {
    const qreal room = std::floor(width * kMostShare) - 2 * kPadding;
    column().layout(room);
    // Text that begins at the right begins at the right of the bubble, which is as narrow as the text.
    const qreal used = std::ceil(column().usedWidth());
    if (used < room && column().hasRightToLeft()) column().layout(used);
    const qreal most = kShownLines * theme().lineHeight(TextStyle::Body);
    // One line more than the limit is shown rather than replaced by a line that says so.
    long_ = column().height() > most + theme().lineHeight(TextStyle::Body);
    const qreal shown = long_ && !expanded_ ? most : column().height();
    qreal textWidth = used;
    if (long_) textWidth = std::max(textWidth, moreBox().width());
    const qreal bubbleWidth = textWidth + 2 * kPadding;
    height_ = shown + 2 * kVerticalPadding + (long_ ? theme().scaled(32) : 0);
    bubble_ = QRectF(width - bubbleWidth, 0, bubbleWidth, height_);
}

QRectF BubbleBlock::columnBox() const {
    const qreal below = kVerticalPadding + (long_ ? theme().scaled(32) : 0);
    return bubble_.adjusted(kPadding, kVerticalPadding, -kPadding, -below);
}

QString BubbleBlock::moreText() const {
    return expanded_ ? tr("Show less") : tr("Show more");
}

QRectF BubbleBlock::moreBox() const {
    const qreal extent = theme().scaled(32);
    const qreal width = QFontMetricsF(theme().font(TextStyle::Label)).horizontalAdvance(moreText());
    return {bubble_.left() + kPadding - space::kSmall, bubble_.bottom() - extent - space::kSmall,
            width + 2 * space::kSmall, extent};
}

void BubbleBlock::paint(QPainter& painter, const BlockPaint& paint) const {
    painter.setBrush(colours().bubble);
    painter.setPen(theme().isHighContrast() ? QPen(colours().border, 1) : QPen(Qt::NoPen));
    painter.drawRoundedRect(bubble_.adjusted(0.5, 0.5, -0.5, -0.5), radius::kPanel, radius::kPanel);
    paintColumn(painter, paint);
    if (!long_) return;
    const QRectF more = moreBox();
    const bool hovered = isMine(paint.hovered, TargetKind::MoreLines);
    if (hovered) {
        painter.setPen(theme().isHighContrast() ? QPen(colours().accent) : QPen(Qt::NoPen));
        painter.setBrush(colours().selectedRow);
        painter.drawRoundedRect(more.adjusted(0, 2, 0, -2), radius::kControl, radius::kControl);
    }
    painter.setFont(theme().font(TextStyle::Label));
    painter.setPen(hovered ? colours().text : colours().muted);
    painter.drawText(more, Qt::AlignCenter, moreText());
}

Target BubbleBlock::targetAt(const QPointF& point) {
    if (long_ && moreBox().contains(point)) return {TargetKind::MoreLines, this, {}};
    return EnclosingBlock::targetAt(point);
}

std::vector<Control> BubbleBlock::controls() {
    std::vector<Control> all = EnclosingBlock::controls();
    if (long_) {
        all.push_back({{TargetKind::MoreLines, this, {}},
                       moreBox(),
                       moreText(),
                       expanded_ ? Unfolding::Open : Unfolding::Closed});
    }
    return all;
}

BlockEffect BubbleBlock::activate(const Target& target) {
    if (!isMine(target, TargetKind::MoreLines)) return EnclosingBlock::activate(target);
    expanded_ = !expanded_;
    return BlockEffect::Relayout;
}

BlockEffect BubbleBlock::uncover(int offset) {
    const bool cut = long_ && !expanded_ && column().caretAt(offset).bottom() > columnBox().height();
    if (!cut) return EnclosingBlock::uncover(offset);
    expanded_ = true;
    return BlockEffect::Relayout;
}

} // namespace ponder::ui
