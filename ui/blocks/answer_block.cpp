#include "ui/blocks/answer_block.h"

#include <QPainter>

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr int kCaretWidth = 2;
constexpr int kCaretGap = 2;

} // namespace

void AnswerBlock::layout(qreal width) {
    width_ = width;
    column().layout(width);
    height_ = column().height();
    if (growing_) height_ = std::max(height_, qreal(theme().lineHeight(TextStyle::Body)));
}

void AnswerBlock::paint(QPainter& painter, const BlockPaint& paint) const {
    paintColumn(painter, paint);
    if (!growing_) return;
    const QRectF end = column().caretAt(column().length());
    const qreal inset = std::max(1.0, end.height() / 6);
    const bool mirrored = column().directionAt(column().length()) == Qt::RightToLeft;
    const qreal left = mirrored ? end.left() - kCaretGap - kCaretWidth : end.left() + kCaretGap;
    painter.fillRect(QRectF(left, end.top() + inset, kCaretWidth, end.height() - 2 * inset), colours().text);
}

} // namespace ponder::ui
