#include "ui/blocks/column_marks.h"

#include "ui/blocks/text_flow.h"
#include "ui/icons.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

namespace ponder::ui {

namespace {

constexpr int kBarWidth = 3;
constexpr int kMarkerGap = 9;
constexpr qreal kBulletSize = 5;
constexpr qreal kBoxSize = 15;
constexpr qreal kCheckSize = 13;
constexpr qreal kStroke = 1.4;

void paintBullet(QPainter& painter, const QRectF& box, int rank, const QColor& colour) {
    // Disc, circle, square: as browsers draw the first three ranks.
    painter.setPen(rank == 2 ? QPen(colour, kStroke) : QPen(Qt::NoPen));
    painter.setBrush(rank == 2 ? QBrush(Qt::NoBrush) : QBrush(colour));
    if (rank >= 3)
        painter.drawRect(box);
    else
        painter.drawEllipse(box);
}

void paintTaskBox(QPainter& painter, const Theme& theme, const QRectF& box, bool done) {
    const Colours& colours = theme.colours();
    painter.setPen(QPen(done ? colours.accent : colours.outline, kStroke));
    painter.setBrush(done ? QBrush(colours.accent) : QBrush(Qt::NoBrush));
    painter.drawRoundedRect(box, radius::kInlineCode, radius::kInlineCode);
    if (done) drawIcon(painter, Icon::Check, box, colours.onAccent, kCheckSize);
}

} // namespace

void paintQuoteBar(QPainter& painter, const Theme& theme, const QPointF& edge, qreal height,
                   Qt::LayoutDirection direction) {
    const qreal left = direction == Qt::RightToLeft ? edge.x() - kBarWidth : edge.x();
    painter.fillRect(QRectF(left, edge.y(), kBarWidth, height), theme.colours().border);
}

void paintListMarker(QPainter& painter, const Theme& theme, TextStyle style, const ListMarker& marker,
                     const QPointF& corner, Qt::LayoutDirection direction) {
    const QFont font = theme.font(style);
    const int lineHeight = theme.lineHeight(style);
    const qreal baseline = corner.y() + baselineOf(font, lineHeight);
    const QFontMetricsF metrics(font);
    const qreal middle = baseline - metrics.xHeight() / 2;
    /// Left edge of a mark this wide that stands this much nearer to the text than others.
    const auto leftOf = [&](qreal width, qreal nearer) {
        return direction == Qt::RightToLeft ? corner.x() + kMarkerGap - nearer
                                            : corner.x() - kMarkerGap - width + nearer;
    };
    switch (marker.kind) {
    case MarkerKind::Bullet: {
        const qreal size = kBulletSize * theme.textSize() / Theme::kDefaultTextSize;
        paintBullet(painter, {leftOf(size, -1), middle - size / 2, size, size}, marker.rank,
                    theme.colours().muted);
        break;
    }
    case MarkerKind::Number:
        painter.setFont(font);
        painter.setPen(theme.colours().muted);
        painter.setLayoutDirection(direction);
        painter.drawText(QPointF(leftOf(metrics.horizontalAdvance(marker.text), 1), baseline), marker.text);
        painter.setLayoutDirection(Qt::LayoutDirectionAuto);
        break;
    case MarkerKind::TaskOpen:
    case MarkerKind::TaskDone: {
        const qreal size = kBoxSize * theme.textSize() / Theme::kDefaultTextSize;
        const QRectF box(leftOf(size, 2), corner.y() + (lineHeight - size) / 2, size, size);
        paintTaskBox(painter, theme, box, marker.kind == MarkerKind::TaskDone);
        break;
    }
    }
}

QString spokenMarker(const ListMarker& marker) {
    switch (marker.kind) {
    case MarkerKind::Bullet:
        return QStringLiteral("\u2022");
    case MarkerKind::Number:
        return marker.text;
    case MarkerKind::TaskOpen:
        return QCoreApplication::translate("ListMarker", "To do:");
    case MarkerKind::TaskDone:
        return QCoreApplication::translate("ListMarker", "Done:");
    }
    return {};
}

} // namespace ponder::ui
