#pragma once

#include "ui/blocks/markdown_piece.h"

namespace ponder::ui {

/// A line across the column.
class RuleBlock : public MarkdownPiece {
public:
    using MarkdownPiece::MarkdownPiece;

    void setContent(const MarkdownBlock&) override {}
    void layout(qreal width) override;
    void restyle() override {}
    qreal usedWidth() const override { return width_; }
    void paint(QPainter& painter, const BlockPaint& paint) const override;
    int length() const override { return 0; }
    QString text() const override { return {}; }
    int offsetAt(const QPointF&) const override { return 0; }
    QRectF caretAt(int) const override { return QRectF(0, 0, 0, height_); }
    TextRange wordAt(int) const override { return {}; }
    TextRange lineAt(int) const override { return {}; }
    QString copied(TextRange range, CopyFormat format) const override;
    Target targetAt(const QPointF&) override { return {}; }

private:
    qreal width_ = 0;
};

} // namespace ponder::ui
