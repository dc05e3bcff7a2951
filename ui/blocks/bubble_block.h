#pragma once

#include "ui/blocks/enclosing_block.h"

#include <QCoreApplication>

namespace ponder::ui {

/// What a person wrote: at the right of the column, no wider than it needs to be, long texts shortened until
/// asked.
class BubbleBlock : public EnclosingBlock {
    Q_DECLARE_TR_FUNCTIONS(BubbleBlock)
public:
    explicit BubbleBlock(const Theme& theme);

    void setBlocks(std::vector<MarkdownBlock> blocks) { column().setBlocks(std::move(blocks)); }

    void layout(qreal width) override;
    qreal usedWidth() const override { return bubble_.width(); }
    void paint(QPainter& painter, const BlockPaint& paint) const override;
    Target targetAt(const QPointF& point) override;
    std::vector<Control> controls() override;
    BlockEffect activate(const Target& target) override;
    BlockEffect uncover(int offset) override;

protected:
    QPointF columnOrigin() const override { return columnBox().topLeft(); }
    QRectF columnBox() const override;

private:
    QRectF moreBox() const;
    QString moreText() const;

    QRectF bubble_;
    bool long_ = false;
    bool expanded_ = false;
};

} // namespace ponder::ui
