#pragma once

#include <QRectF>

class QPainter;

namespace ponder::ui {

class Theme;

/// The scroll position of a block whose content is larger than its box, and the bar that shows it.
class BlockScroll {
public:
    explicit BlockScroll(Qt::Orientation orientation) : orientation_(orientation) {}

    void setExtent(qreal content, qreal shown);
    qreal position() const { return position_; }
    void setPosition(qreal position);
    bool isNeeded() const { return content_ > shown_; }
    bool isAtEnd() const { return position_ >= content_ - shown_ - 1; }
    /// False where it cannot go that way any further.
    bool scrollBy(qreal delta);
    /// Scrolls so that `from` to `to` of the content can be seen.
    void reveal(qreal from, qreal to);
    /// The bar has been dragged along the box by this much.
    void drag(qreal delta, const QRectF& box);

    /// Whether the point is on the bar of a box with these edges.
    bool isOnBar(const QPointF& point, const QRectF& box) const;
    void paint(QPainter& painter, const Theme& theme, const QRectF& box, bool strong) const;

private:
    QRectF handle(const QRectF& box) const;

    Qt::Orientation orientation_;
    qreal content_ = 0;
    qreal shown_ = 0;
    qreal position_ = 0;
};

} // namespace ponder::ui
