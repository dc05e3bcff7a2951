#pragma once

#include "ui/blocks/block_scroll.h"
#include "ui/blocks/markdown_piece.h"
#include "ui/blocks/text_flow.h"

namespace ponder::ui {

/// A formula by itself: in the middle, its number at the right, with a scroll bar where it is too wide. Until
/// it is ready, and where it cannot be drawn, its source is shown. It is selected and copied as a whole.
class FormulaBlock : public MarkdownPiece {
public:
    FormulaBlock(const Theme& theme, const BlockLook& look);

    void setContent(const MarkdownBlock& content) override;
    void askForFormulas(qreal top, qreal bottom) override;
    bool takeUpFormulas() override;
    void layout(qreal width) override;
    void restyle() override;
    qreal usedWidth() const override;
    void paint(QPainter& painter, const BlockPaint& paint) const override;

    int length() const override { return source_.length(); }
    QString text() const override { return source_.text(); }
    int offsetAt(const QPointF& point) const override;
    QRectF caretAt(int offset) const override;
    TextRange wordAt(int offset) const override;
    TextRange lineAt(int) const override { return {0, length()}; }
    QString copied(TextRange range, CopyFormat format) const override;

    Target targetAt(const QPointF& point) override;
    bool scrollBy(const QPointF& point, const QPointF& delta) override;
    void dragScrollBar(const QPointF& delta) override;

private:
    void takeUpSource();
    TextStyle style() const { return textStyleOf(look_, content_); }
    bool isDrawn() const { return !formula_.isNull(); }
    qreal size() const { return formulaSize(theme(), style()); }
    /// Where the formula lies, without its number; moves as it is scrolled.
    QRectF formulaBox() const;
    /// What it scrolls in.
    QRectF frame() const { return {0, 0, width_, height_}; }

    BlockLook look_;
    MarkdownBlock content_;
    Formula formula_;
    bool pending_ = false;
    TextFlow source_;
    BlockScroll scroll_{Qt::Horizontal};
    qreal width_ = 0;
    qreal left_ = 0;    ///< of the formula, not scrolled
    qreal tagLeft_ = 0; ///< likewise
};

} // namespace ponder::ui
