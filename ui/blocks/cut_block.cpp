#include "ui/blocks/cut_block.h"

#include <QFontMetricsF>
#include <QPainter>

namespace ponder::ui {

namespace {

constexpr int kLeastLine = 24; // on either side of the words

} // namespace

void CutBlock::layout(qreal width) {
    width_ = width;
    height_ = theme().lineHeight(TextStyle::Caption);
    shownWords_ = QFontMetricsF(theme().font(TextStyle::Caption))
                      .elidedText(words_, Qt::ElideRight, width - 2 * (kLeastLine + space::kMedium));
}

void CutBlock::paint(QPainter& painter, const BlockPaint&) const {
    painter.setFont(theme().font(TextStyle::Caption));
    const qreal words = QFontMetricsF(painter.font()).horizontalAdvance(shownWords_);
    const qreal side = (width_ - words) / 2 - space::kMedium;
    const qreal middle = qRound(height_ / 2);
    painter.fillRect(QRectF(0, middle, side, 1), colours().border);
    painter.fillRect(QRectF(width_ - side, middle, side, 1), colours().border);
    painter.setPen(colours().muted);
    painter.drawText(QRectF(0, 0, width_, height_), Qt::AlignCenter | Qt::TextSingleLine, shownWords_);
}

} // namespace ponder::ui
