#include "ui/blocks/rule_block.h"

#include <QPainter>

namespace ponder::ui {

void RuleBlock::layout(qreal width) {
    width_ = width;
    height_ = 2 * space::kSmall + 1;
}

void RuleBlock::paint(QPainter& painter, const BlockPaint&) const {
    painter.fillRect(QRectF(0, space::kSmall, width_, 1), colours().border);
}

QString RuleBlock::copied(TextRange, CopyFormat) const {
    return QStringLiteral("---");
}

} // namespace ponder::ui
