#pragma once

#include "ui/blocks/found_marks.h"
#include "ui/markdown/markdown_writer.h"
#include "ui/math/formula.h"

#include <QColor>
#include <QFont>
#include <QTextLayout>

#include <memory>
#include <vector>

namespace ponder::ui {

/// How a TextFlow's text looks; colours come when it is drawn.
struct FlowStyle {
    QFont font;
    int lineHeight = 24;
    Qt::Alignment alignment =
        Qt::AlignLeft; ///< for text from right to left the other way round, unless absolute
    bool wraps = true;
    Qt::LayoutDirection direction = Qt::LeftToRight;
    qreal tabDistance = 0; ///< 0: Qt's own
};

/// Distance from the top of a line to its baseline. It follows the main font: a fallback font of another
/// height must not move its line.
qreal baselineOf(const QFont& font, int lineHeight);

struct FlowColours {
    QColor text;
    QColor selection;
    QColor selectedText;
    QColor codeBackground;
    QColor codeBorder; ///< invalid: none
};

/// Characters in whose place a formula is drawn; an em of it is `size` pixels.
struct FlowFormula {
    TextRange range;
    Formula formula;
    qreal size = 0;

    bool operator==(const FlowFormula&) const = default;
};

/// A run of text broken into lines of equal height, but for those that a formula makes higher. Long text is
/// laid out in pieces of whole lines, so that adding to its end costs the last piece only, however long the
/// text is. Coordinates are relative to its top left.
class TextFlow {
public:
    TextFlow();
    ~TextFlow();
    TextFlow(TextFlow&&) noexcept;
    TextFlow& operator=(TextFlow&&) noexcept;

    /// What is equal to the start of the text before stays laid out. `codeRanges` get a rounded background.
    /// Formulas are sorted; each is drawn instead of its characters and counts as all of them.
    void setText(const QString& text, std::vector<QTextLayout::FormatRange> formats,
                 std::vector<TextRange> codeRanges = {}, std::vector<FlowFormula> formulas = {});
    void setStyle(const FlowStyle& style);
    /// Lays out what is not; `width` is that of the lines.
    void layout(qreal width);

    const QString& text() const { return text_; }
    int length() const { return int(text_.size()); }
    qreal height() const { return height_; }
    /// Where the line that begins furthest to the left does.
    qreal left() const;
    /// Width of the widest line.
    qreal naturalWidth() const { return naturalWidth_; }
    int lineCount() const { return lineCount_; }
    /// Of the first line, from the top.
    qreal firstBaseline() const;

    void draw(QPainter& painter, const QPointF& at, const QRectF& visible, TextRange selection,
              const FlowColours& colours, const FoundMarks& found = {}) const;

    int offsetAt(const QPointF& point) const;
    /// Whether the point is on a character, not beside the end of its line.
    bool isOnText(const QPointF& point) const;
    /// A box of no width, as high as its line, where the offset's character begins.
    QRectF caretAt(int offset) const;
    /// The range, and with it the whole of each formula that it cuts.
    TextRange withWholeFormulas(TextRange range) const;
    /// The characters of the formula that the offset is in; empty: none.
    TextRange formulaAt(int offset) const;

private:
    struct Piece;

    const Piece& pieceOf(int offset) const;
    int firstChange(const std::vector<FlowFormula>& formulas) const;
    void drawCode(QPainter& painter, const QPointF& at, const Piece& piece, const FlowColours& colours) const;
    void drawSelection(QPainter& painter, const QPointF& at, const Piece& piece, TextRange selection,
                       const FlowColours& colours) const;
    void drawFormulas(QPainter& painter, const QPointF& at, const Piece& piece, const QRectF& visible,
                      TextRange selection, const FlowColours& colours) const;
    QList<QTextLayout::FormatRange> drawFound(QPainter& painter, const QPointF& at, const Piece& piece,
                                              const FoundMarks& found) const;
    std::unique_ptr<Piece> layOutPiece(int start, qreal y) const;
    void placeFormulas(Piece& piece, QString& text, QList<QTextLayout::FormatRange>& formats) const;

    QString text_;
    std::vector<QTextLayout::FormatRange> formats_;
    std::vector<TextRange> codeRanges_;
    std::vector<FlowFormula> formulas_;
    FlowStyle style_;
    std::vector<std::unique_ptr<Piece>> pieces_;
    int laidOut_ = 0; // characters in pieces_
    qreal width_ = -1;
    qreal height_ = 0;
    qreal naturalWidth_ = 0;
    int lineCount_ = 0;
    bool mixedDirections_ = false;
};

} // namespace ponder::ui
