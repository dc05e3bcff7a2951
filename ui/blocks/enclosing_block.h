#pragma once

#include "ui/blocks/markdown_column.h"

namespace ponder::ui {

/// A block that puts something around a column of text: a bubble, a header, a card. What can be selected is
/// the column's, as far as it is shown.
class EnclosingBlock : public Block {
public:
    EnclosingBlock(const Theme& theme, const BlockLook& look);

    void askForFormulas(qreal top, qreal bottom) override;
    bool takeUpFormulas() override { return column_.takeUpFormulas(); }
    void restyle() override { column_.restyle(); }
    int length() const override { return isTextShown() ? column_.length() : 0; }
    QString text() const override { return isTextShown() ? column_.text() : QString(); }
    std::vector<Aside> asides() const override;
    TextLook lookAt(int offset) const override;
    Qt::LayoutDirection directionAt(int offset) const override { return column_.directionAt(offset); }
    int offsetAt(const QPointF& point) const override;
    QRectF caretAt(int offset) const override;
    TextRange wordAt(int offset) const override;
    TextRange lineAt(int offset) const override;
    QString copied(TextRange range, CopyFormat format) const override;

    Target targetAt(const QPointF& point) override;
    bool holds(const Block* leaf) const override { return leaf == this || column_.holds(leaf); }
    std::vector<Control> controls() override;
    BlockEffect activate(const Target& target) override { return column_.activate(target); }
    bool scrollBy(const QPointF& point, const QPointF& delta) override;
    std::optional<int> offsetOfNote(const QString& label) const override {
        return column_.offsetOfNote(label);
    }
    void reveal(int offset) override;
    BlockEffect uncover(int offset) override { return column_.uncover(offset); }

    const std::vector<MarkdownBlock>& blocks() const { return column_.blocks(); }
    /// The characters in which this one of `blocks` is shown; none while it is not.
    TextRange rangeOf(size_t index) const { return isTextShown() ? column_.rangeOf(index) : TextRange{}; }

    /// The first `kept` blocks are those of before.
    void replaceBlocks(size_t kept, std::vector<MarkdownBlock> rest) {
        column_.replaceBlocks(kept, std::move(rest));
    }

    /// Characters of the paragraph at its end, 0: it ends in something else.
    int lastParagraphLength() const;

protected:
    MarkdownColumn& column() { return column_; }
    const MarkdownColumn& column() const { return column_; }
    virtual bool isTextShown() const { return true; }
    /// Where the column's top left corner lies; may be above what is shown of it.
    virtual QPointF columnOrigin() const = 0;
    /// What is shown of the column.
    virtual QRectF columnBox() const = 0;
    void paintColumn(QPainter& painter, const BlockPaint& paint) const;

private:
    MarkdownColumn column_;
};

} // namespace ponder::ui
