#pragma once

#include "ui/blocks/block_scroll.h"
#include "ui/blocks/markdown_piece.h"
#include "ui/blocks/table_actions.h"
#include "ui/blocks/text_flow.h"

#include <QCoreApplication>

#include <vector>

namespace ponder::ui {

/// A table. Columns are as wide as their content, narrower where there is no room, and scroll sideways where
/// even that does not help. Rows behind the first ones come when asked for.
class TableBlock : public MarkdownPiece {
    Q_DECLARE_TR_FUNCTIONS(TableBlock)
public:
    TableBlock(const Theme& theme, const BlockLook& look);

    void setContent(const MarkdownBlock& content) override;
    void askForFormulas(qreal top, qreal bottom) override;
    bool takeUpFormulas() override;
    void layout(qreal width) override;
    void restyle() override;
    qreal usedWidth() const override;
    void paint(QPainter& painter, const BlockPaint& paint) const override;

    int length() const override { return length_; }
    QString text() const override;
    Qt::LayoutDirection directionAt(int offset) const override;
    int offsetAt(const QPointF& point) const override;
    QRectF caretAt(int offset) const override;
    TextRange wordAt(int offset) const override;
    TextRange lineAt(int offset) const override;
    QString copied(TextRange range, CopyFormat format) const override;

    Target targetAt(const QPointF& point) override;
    std::vector<Control> controls() override;
    BlockEffect activate(const Target& target) override;
    QString copyText(const Target& target) const override;
    bool scrollBy(const QPointF& point, const QPointF& delta) override;
    void dragScrollBar(const QPointF& delta) override;
    void reveal(int offset) override;
    BlockEffect uncover(int offset) override;

private:
    struct Cell {
        TextFlow flow;
        Qt::LayoutDirection direction = Qt::LeftToRight;
        int start = 0;    ///< in the block's characters
        qreal wanted = 0; ///< width it would like, before it is made narrower
        qreal laidFor = -1;
        qreal x = 0;          ///< of the text within the column
        qreal y = 0;          ///< and within the row: baselines stand on one line
        bool pending = false; ///< formulas in it are not ready
        bool follows =
            false; ///< its place depends on the width of the column: more than one line, or right to left
    };

    int shownRows() const;
    void measure(size_t index);
    void placeCells(int firstRow);
    void fitColumns();
    void placeColumns();
    bool isMirrored() const { return direction_ == Qt::RightToLeft; }
    const Cell* cellAt(int offset) const;
    QPointF cellOrigin(size_t index) const;
    QRectF gridBox() const;
    QRectF moreBox() const;
    QString moreText() const;
    QString footnote() const;
    void paintGrid(QPainter& painter, const BlockPaint& paint) const;

    BlockLook look_;
    MarkdownBlock content_;
    std::vector<Cell> cells_;
    std::vector<qreal> columnWidths_;
    std::vector<qreal> columnLefts_; ///< in the grid, padding included
    std::vector<qreal> rowTops_;     ///< one more than rows
    BlockScroll scroll_{Qt::Horizontal};
    TableActions actions_;
    int wantedRows_;
    int length_ = 0;
    qreal width_ = 0;
    qreal gridWidth_ = 0;
    Qt::LayoutDirection direction_ = Qt::LeftToRight; ///< of the columns, and what is under them
    size_t measured_ = 0;                             ///< cells of which the content is laid out
};

} // namespace ponder::ui
