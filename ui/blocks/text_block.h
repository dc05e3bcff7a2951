#pragma once

#include "ui/blocks/markdown_piece.h"
#include "ui/blocks/text_flow.h"

namespace ponder::ui {

/// A paragraph or a heading.
class TextBlock : public MarkdownPiece {
public:
    TextBlock(const Theme& theme, const BlockLook& look);

    void setContent(const MarkdownBlock& content) override;
    void setDirection(Qt::LayoutDirection direction) override;
    void askForFormulas(qreal top, qreal bottom) override;
    bool takeUpFormulas() override;
    void layout(qreal width) override;
    void restyle() override;
    qreal usedWidth() const override { return flow_.naturalWidth(); }
    void paint(QPainter& painter, const BlockPaint& paint) const override;
    QString text() const override { return content_.content.text; }
    TextLook lookAt(int offset) const override;
    int length() const override { return flow_.length(); }
    Qt::LayoutDirection directionAt(int) const override { return direction_; }
    int offsetAt(const QPointF& point) const override { return flow_.offsetAt(point); }
    QRectF caretAt(int offset) const override { return flow_.caretAt(offset); }
    TextRange wordAt(int offset) const override;
    TextRange lineAt(int) const override { return {0, length()}; }
    QString copied(TextRange range, CopyFormat format) const override;
    Target targetAt(const QPointF& point) override;
    std::vector<Control> controls() override;

    int lineCount() const { return flow_.lineCount(); }

private:
    TextStyle style() const;
    void setFlowStyle();
    void fill() { pending_ = fillFlow(flow_, theme(), style(), content_.content); }

    BlockLook look_;
    MarkdownBlock content_;
    TextFlow flow_;
    Qt::LayoutDirection direction_ = Qt::LeftToRight;
    bool pending_ = false; ///< formulas that are not ready
};

} // namespace ponder::ui
