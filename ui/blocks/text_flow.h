#pragma once

#include "ui/markdown/markdown_writer.h"

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
    Qt::Alignment alignment = Qt::AlignLeft;
    bool wraps = true;
    Qt::LayoutDirection direction = Qt::LayoutDirectionAuto; ///< Auto: that of the text
    qreal tabDistance = 0;                                   ///< 0: Qt's own
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

/// A run of text broken into lines of equal height. Long text is laid out in pieces of whole lines, so that
/// adding to its end costs the last piece only, however long the text is. Coordinates are relative to its top
/// left.
class TextFlow {
public:
    TextFlow();
    ~TextFlow();
    TextFlow(TextFlow&&) noexcept;
    TextFlow& operator=(TextFlow&&) noexcept;

    /// What is equal to the start of the text before stays laid out. `codeRanges` get a rounded background.
    void setText(const QString& text, std::vector<QTextLayout::FormatRange> formats,
                 std::vector<TextRange> codeRanges = {});
    void setStyle(const FlowStyle& style);
    /// Lays out what is not; `width` is that of the lines.
    void layout(qreal width);

    const QString& text() const { return text_; }
    int length() const { return int(text_.size()); }
    qreal height() const { return height_; }
    /// Width of the widest line.
    qreal naturalWidth() const { return naturalWidth_; }
    int lineCount() const { return lineCount_; }

    void draw(QPainter& painter, const QPointF& at, const QRectF& visible, TextRange selection,
              const FlowColours& colours) const;

    int offsetAt(const QPointF& point) const;
    /// Whether the point is on a character, not beside the end of its line.
    bool isOnText(const QPointF& point) const;
    /// A box of no width, as high as a line, where the offset's character begins.
    QRectF caretAt(int offset) const;

private:
    struct Piece;

    const Piece& pieceOf(int offset) const;
    void drawCode(QPainter& painter, const QPointF& at, const Piece& piece, const FlowColours& colours) const;
    void drawSelection(QPainter& painter, const QPointF& at, const Piece& piece, TextRange selection,
                       const FlowColours& colours) const;
    std::unique_ptr<Piece> layOutPiece(int start, qreal y) const;

    QString text_;
    std::vector<QTextLayout::FormatRange> formats_;
    std::vector<TextRange> codeRanges_;
    FlowStyle style_;
    std::vector<std::unique_ptr<Piece>> pieces_;
    int laidOut_ = 0; // characters in pieces_
    qreal width_ = -1;
    qreal height_ = 0;
    qreal naturalWidth_ = 0;
    int lineCount_ = 0;
    bool rightToLeft_ = false;
    bool mixedDirections_ = false;
};

} // namespace ponder::ui
