#pragma once

#include "ui/blocks/enclosing_block.h"

namespace ponder::ui {

/// A stretch of an answer: nothing around it, but a caret behind it while it grows.
class AnswerBlock : public EnclosingBlock {
public:
    explicit AnswerBlock(const Theme& theme) : EnclosingBlock(theme, {}) {}

    void setBlocks(std::vector<MarkdownBlock> blocks) { column().setBlocks(std::move(blocks)); }
    void setGrowing(bool growing) { growing_ = growing; }

    void layout(qreal width) override;
    qreal usedWidth() const override { return column().usedWidth(); }
    void paint(QPainter& painter, const BlockPaint& paint) const override;

protected:
    QPointF columnOrigin() const override { return {}; }
    QRectF columnBox() const override { return {0, 0, width_, height_}; }

private:
    bool growing_ = false;
    qreal width_ = 0;
};

} // namespace ponder::ui
