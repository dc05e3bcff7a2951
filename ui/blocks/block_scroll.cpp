#include "ui/blocks/block_scroll.h"

#include "ui/theme.h"

#include <QPainter>

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr qreal kThickness = 6;
constexpr qreal kMargin = 3;
constexpr qreal kShortest = 36;
constexpr float kFaint = 0.45f;

} // namespace

void BlockScroll::setExtent(qreal content, qreal shown) {
    content_ = content;
    shown_ = shown;
    setPosition(position_);
}

void BlockScroll::setPosition(qreal position) {
    position_ = std::clamp(position, 0.0, std::max(0.0, content_ - shown_));
}

bool BlockScroll::scrollBy(qreal delta) {
    const qreal before = position_;
    setPosition(position_ + delta);
    return position_ != before;
}

void BlockScroll::reveal(qreal from, qreal to) {
    if (to > position_ + shown_) setPosition(to - shown_);
    if (from < position_) setPosition(from);
}

void BlockScroll::drag(qreal delta, const QRectF& box) {
    const QRectF bar = handle(box);
    const bool across = orientation_ == Qt::Horizontal;
    const qreal track = across ? box.width() - bar.width() : box.height() - bar.height();
    if (track > 0) setPosition(position_ + delta * (content_ - shown_) / (track - 2 * kMargin));
}

QRectF BlockScroll::handle(const QRectF& box) const {
    const bool across = orientation_ == Qt::Horizontal;
    const qreal track = (across ? box.width() : box.height()) - 2 * kMargin;
    const qreal length = std::min(track, std::max(kShortest, track * shown_ / std::max(1.0, content_)));
    const qreal room = std::max(1.0, content_ - shown_);
    const qreal at = kMargin + (track - length) * position_ / room;
    if (across) return {box.left() + at, box.bottom() - kMargin - kThickness, length, kThickness};
    return {box.right() - kMargin - kThickness, box.top() + at, kThickness, length};
}

bool BlockScroll::isOnBar(const QPointF& point, const QRectF& box) const {
    return isNeeded() && handle(box).adjusted(-kMargin, -kMargin, kMargin, kMargin).contains(point);
}

void BlockScroll::paint(QPainter& painter, const Theme& theme, const QRectF& box, bool strong) const {
    if (!isNeeded()) return;
    QColor colour = theme.colours().outline;
    if (!strong && !theme.isHighContrast()) colour.setAlphaF(kFaint);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawRoundedRect(handle(box), kThickness / 2, kThickness / 2);
}

} // namespace ponder::ui
