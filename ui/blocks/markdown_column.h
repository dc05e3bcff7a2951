#pragma once

#include "ui/blocks/markdown_piece.h"

#include <memory>
#include <vector>

namespace ponder::ui {

/// The blocks of one text under one another, with the bars of quotes and the markers of lists. Its characters
/// are those of the blocks, with one between every two of them.
class MarkdownColumn : public Block {
public:
    MarkdownColumn(const Theme& theme, const BlockLook& look);
    ~MarkdownColumn() override;

    /// What is equal to the leading blocks before stays laid out.
    void setBlocks(std::vector<MarkdownBlock> fresh) { replaceBlocks(0, std::move(fresh)); }
    /// The same, where it is known that the first `kept` blocks are those of before.
    void replaceBlocks(size_t kept, std::vector<MarkdownBlock> rest);
    const std::vector<MarkdownBlock>& blocks() const { return values_; }

    void askForFormulas(qreal top, qreal bottom) override;
    bool takeUpFormulas() override;
    void layout(qreal width) override;
    void restyle() override;
    qreal usedWidth() const override;
    void paint(QPainter& painter, const BlockPaint& paint) const override;

    int length() const override;
    QString text() const override;
    std::vector<Aside> asides() const override;
    TextLook lookAt(int offset) const override;
    Qt::LayoutDirection directionAt(int offset) const override;
    int offsetAt(const QPointF& point) const override;
    QRectF caretAt(int offset) const override;
    TextRange wordAt(int offset) const override;
    TextRange lineAt(int offset) const override;
    QString copied(TextRange range, CopyFormat format) const override;

    Target targetAt(const QPointF& point) override;
    bool holds(const Block* leaf) const override;
    std::vector<Control> controls() override;
    BlockEffect activate(const Target& target) override;
    bool scrollBy(const QPointF& point, const QPointF& delta) override;
    std::optional<int> offsetOfNote(const QString& label) const override;
    void reveal(int offset) override;
    BlockEffect uncover(int offset) override;
    /// Whether anything in it begins at the right.
    bool hasRightToLeft() const;
    /// The characters of the block that shows this value.
    TextRange rangeOf(size_t index) const;

private:
    struct Piece {
        std::unique_ptr<MarkdownPiece> block;
        qreal x = 0;
        qreal y = 0;
        int start = 0;
        quint16 mirrored = 0; ///< a bit for each level of nesting that is indented at the right
        QPointF origin() const { return {x, y}; }
    };

    enum class Side { Left, Right };
    /// What the outer levels take of the width, all told.
    qreal indentOf(const MarkdownBlock& value, int levels) const;
    qreal indentAt(Side side, size_t index, int levels) const;
    /// Where the text of this level begins, or its bar stands before `levels` of them.
    qreal edgeOf(size_t index, int levels, Qt::LayoutDirection direction) const;
    Qt::LayoutDirection directionOfLevel(size_t index, int level) const;
    void turn(size_t index);
    qreal gapBefore(size_t index) const;
    size_t pieceAt(int offset) const;
    size_t pieceNear(qreal y) const;
    void paintQuotes(QPainter& painter, size_t index) const;
    bool beginsNotes(size_t index) const;
    void paintNotesRule(QPainter& painter, size_t index) const;
    void paintMarkers(QPainter& painter, size_t index) const;

    BlockLook look_;
    std::vector<MarkdownBlock> values_;
    std::vector<Piece> pieces_;
    size_t placed_ = 0; ///< pieces that are laid out and where they belong
    qreal width_ = 0;
    qreal indentScale_ = 1;
};

} // namespace ponder::ui
