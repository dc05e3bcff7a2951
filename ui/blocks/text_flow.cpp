#include "ui/blocks/text_flow.h"

#include "ui/theme.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace ponder::ui {

namespace {

// One piece costs about 4 ms to lay out: short enough for a frame, long enough that pieces are rare.
constexpr int kPieceCharacters = 4096;
constexpr qreal kUnwrappedWidth = 1e6;

bool hasRightToLeft(QStringView text) {
    return std::any_of(text.begin(), text.end(), [](QChar c) {
        if (c.unicode() < 0x590) return false;
        const QChar::Direction direction = c.direction();
        return direction == QChar::DirR || direction == QChar::DirAL || direction == QChar::DirRLE ||
               direction == QChar::DirRLO || direction == QChar::DirRLI;
    });
}

} // namespace

qreal baselineOf(const QFont& font, int lineHeight) {
    const QFontMetricsF metrics(font);
    return std::round((lineHeight + metrics.ascent() - metrics.descent()) / 2);
}

struct TextFlow::Piece {
    int start = 0;
    int length = 0; // whole lines; the layout may hold the beginning of the next piece behind them
    int lines = 0;
    qreal y = 0;
    qreal height = 0;
    qreal naturalWidth = 0;
    QTextLayout layout;

    int lineAt(qreal pieceY, int lineHeight) const {
        return std::clamp(int(std::floor(pieceY / lineHeight)), 0, std::max(0, lines - 1));
    }
    int lineOf(int offset) const {
        for (int i = 0; i < lines; ++i) {
            const QTextLine line = layout.lineAt(i);
            if (offset < line.textStart() + line.textLength()) return i;
        }
        return std::max(0, lines - 1);
    }
};

TextFlow::TextFlow() = default;
TextFlow::~TextFlow() = default;
TextFlow::TextFlow(TextFlow&&) noexcept = default;
TextFlow& TextFlow::operator=(TextFlow&&) noexcept = default;

void TextFlow::setText(const QString& text, std::vector<QTextLayout::FormatRange> formats,
                       std::vector<TextRange> codeRanges) {
    const qsizetype shorter = std::min(text.size(), text_.size());
    int same = int(std::mismatch(text_.begin(), text_.begin() + shorter, text.begin()).first - text_.begin());
    for (size_t i = 0; i < std::max(formats.size(), formats_.size()); ++i) {
        if (i < formats.size() && i < formats_.size()) {
            const auto& before = formats_[i];
            const auto& after = formats[i];
            if (before == after) continue;
            // A last span that only grew is unchanged up to where it ended.
            const bool grew = before.start == after.start && before.format == after.format;
            same = std::min(same, grew ? before.start + std::min(before.length, after.length) : before.start);
            if (!grew) same = std::min(same, after.start);
        } else {
            same = std::min(same, i < formats.size() ? formats[i].start : formats_[i].start);
        }
        break;
    }
    const bool rightToLeft = style_.direction == Qt::LayoutDirectionAuto
                                 ? text.isRightToLeft()
                                 : style_.direction == Qt::RightToLeft;
    if (rightToLeft != rightToLeft_) same = 0;
    rightToLeft_ = rightToLeft;
    mixedDirections_ = hasRightToLeft(text);
    text_ = text;
    formats_ = std::move(formats);
    codeRanges_ = std::move(codeRanges);
    // The piece in which the text went on is laid out again: its last line was not complete.
    while (!pieces_.empty() && pieces_.back()->start + pieces_.back()->length >= same) pieces_.pop_back();
    laidOut_ = pieces_.empty() ? 0 : pieces_.back()->start + pieces_.back()->length;
}

void TextFlow::setStyle(const FlowStyle& style) {
    style_ = style;
    pieces_.clear();
    laidOut_ = 0;
}

void TextFlow::layout(qreal width) {
    if (width != width_) {
        pieces_.clear();
        laidOut_ = 0;
        width_ = width;
    }
    qreal y = pieces_.empty() ? 0 : pieces_.back()->y + pieces_.back()->height;
    while (laidOut_ < text_.size() || pieces_.empty()) {
        pieces_.push_back(layOutPiece(laidOut_, y));
        laidOut_ += pieces_.back()->length;
        y += pieces_.back()->height;
    }
    height_ = y;
    naturalWidth_ = 0;
    lineCount_ = 0;
    for (const auto& piece : pieces_) {
        naturalWidth_ = std::max(naturalWidth_, piece->naturalWidth);
        lineCount_ += piece->lines;
    }
}

std::unique_ptr<TextFlow::Piece> TextFlow::layOutPiece(int start, qreal y) const {
    int end = std::min(start + kPieceCharacters, int(text_.size()));
    if (end < text_.size() && text_[end].isLowSurrogate()) --end;
    const bool last = end == text_.size();
    auto piece = std::make_unique<Piece>();
    piece->start = start;
    piece->y = y;
    QTextLayout& layout = piece->layout;
    layout.setFont(style_.font);
    layout.setText(text_.sliced(start, end - start));
    layout.setCacheEnabled(true);
    QTextOption option;
    option.setWrapMode(style_.wraps ? QTextOption::WrapAtWordBoundaryOrAnywhere : QTextOption::NoWrap);
    option.setTextDirection(rightToLeft_ ? Qt::RightToLeft : Qt::LeftToRight);
    option.setAlignment(style_.alignment);
    if (style_.tabDistance > 0) option.setTabStopDistance(style_.tabDistance);
    layout.setTextOption(option);
    QList<QTextLayout::FormatRange> formats;
    for (QTextLayout::FormatRange range : formats_) {
        const int from = std::max(range.start, start);
        const int to = std::min(range.start + range.length, end);
        if (from >= to) continue;
        range.start = from - start;
        range.length = to - from;
        formats.append(range);
    }
    layout.setFormats(formats);

    const qreal baseline = baselineOf(style_.font, style_.lineHeight);
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(style_.wraps ? width_ : kUnwrappedWidth);
        const bool unfinished = !last && line.textStart() + line.textLength() == end - start;
        // A single line longer than the piece is cut where it stands.
        if (unfinished && piece->lines > 0) break;
        line.setPosition({0, piece->height + baseline - line.ascent()});
        piece->height += style_.lineHeight;
        piece->naturalWidth = std::max(piece->naturalWidth, line.naturalTextWidth());
        piece->length = line.textStart() + line.textLength();
        ++piece->lines;
    }
    layout.endLayout();
    if (text_.isEmpty()) piece->height = style_.lineHeight;
    return piece;
}

const TextFlow::Piece& TextFlow::pieceOf(int offset) const {
    const auto after = std::upper_bound(pieces_.begin(), pieces_.end(), offset,
                                        [](int value, const auto& piece) { return value < piece->start; });
    return **(after == pieces_.begin() ? after : after - 1);
}

void TextFlow::draw(QPainter& painter, const QPointF& at, const QRectF& visible, TextRange selection,
                    const FlowColours& colours) const {
    for (const auto& piece : pieces_) {
        const QRectF box(at.x(), at.y() + piece->y, std::max(width_, naturalWidth_), piece->height);
        if (box.bottom() < visible.top() || box.top() > visible.bottom()) continue;
        drawCode(painter, at, *piece, colours);
        const TextRange selected{std::max(selection.from, piece->start) - piece->start,
                                 std::min(selection.to, piece->start + piece->length) - piece->start};
        QList<QTextLayout::FormatRange> selections;
        if (!selected.isEmpty()) {
            QTextLayout::FormatRange range;
            range.start = selected.from;
            range.length = selected.length();
            range.format.setForeground(colours.selectedText);
            if (mixedDirections_)
                range.format.setBackground(colours.selection);
            else
                drawSelection(painter, at, *piece, selected, colours);
            selections.append(range);
        }
        painter.setPen(colours.text);
        // The clip culls lines, it cuts nothing: it also leaves out the line that belongs to the next piece.
        const QRectF lines =
            box.intersected(QRectF(box.left(), visible.top(), box.width(), visible.height()));
        piece->layout.draw(&painter, box.topLeft(), selections,
                           QRectF(lines.left(), lines.top(), lines.width(), lines.height() - 1));
    }
}

void TextFlow::drawCode(QPainter& painter, const QPointF& at, const Piece& piece,
                        const FlowColours& colours) const {
    constexpr qreal kPadding = 2;
    for (const TextRange& range : codeRanges_) {
        const int from = std::max(range.from, piece.start) - piece.start;
        const int to = std::min(range.to, piece.start + piece.length) - piece.start;
        if (from >= to) continue;
        for (int i = piece.lineOf(from); i < piece.lines; ++i) {
            const QTextLine line = piece.layout.lineAt(i);
            if (line.textStart() >= to) break;
            const qreal left = line.cursorToX(std::max(from, line.textStart()));
            const qreal right = line.cursorToX(std::min(to, line.textStart() + line.textLength()));
            const qreal inset =
                std::max(1.0, std::round((style_.lineHeight - style_.font.pixelSize() * 1.36) / 2));
            const QRectF box(at.x() + std::min(left, right) - kPadding,
                             at.y() + piece.y + i * style_.lineHeight + inset,
                             std::abs(right - left) + 2 * kPadding, style_.lineHeight - 2 * inset + 1);
            painter.setPen(colours.codeBorder.isValid() ? QPen(colours.codeBorder) : QPen(Qt::NoPen));
            painter.setBrush(colours.codeBackground);
            painter.drawRoundedRect(box, radius::kInlineCode, radius::kInlineCode);
        }
    }
}

void TextFlow::drawSelection(QPainter& painter, const QPointF& at, const Piece& piece, TextRange selection,
                             const FlowColours& colours) const {
    for (int i = piece.lineOf(selection.from); i < piece.lines; ++i) {
        const QTextLine line = piece.layout.lineAt(i);
        const int lineEnd = line.textStart() + line.textLength();
        if (line.textStart() >= selection.to) break;
        const qreal left = line.cursorToX(std::max(selection.from, line.textStart()));
        qreal right = line.cursorToX(std::min(selection.to, lineEnd));
        // A selection that goes on shows that it has taken the line's end along.
        if (selection.to > lineEnd) right = std::max(right, left) + style_.font.pixelSize() / 3.0;
        painter.fillRect(
            QRectF(at.x() + left, at.y() + piece.y + i * style_.lineHeight, right - left, style_.lineHeight),
            colours.selection);
    }
}

int TextFlow::offsetAt(const QPointF& point) const {
    if (pieces_.empty()) return 0;
    const auto after = std::upper_bound(pieces_.begin(), pieces_.end(), point.y(),
                                        [](qreal y, const auto& piece) { return y < piece->y; });
    const Piece& piece = **(after == pieces_.begin() ? after : after - 1);
    if (piece.lines == 0) return piece.start;
    const QTextLine line = piece.layout.lineAt(piece.lineAt(point.y() - piece.y, style_.lineHeight));
    int offset = line.xToCursor(point.x());
    // Behind the last character of a wrapped line is the next line's start; the person means this line.
    const int lineEnd = line.textStart() + line.textLength();
    const bool lastLine = piece.start + lineEnd == text_.size();
    if (offset == lineEnd && !lastLine && offset > line.textStart()) {
        offset = piece.layout.previousCursorPosition(offset);
    }
    return piece.start + offset;
}

bool TextFlow::isOnText(const QPointF& point) const {
    if (pieces_.empty() || point.y() < 0 || point.y() >= height_) return false;
    const Piece& piece = pieceOf(offsetAt(point));
    if (piece.lines == 0) return false;
    const QTextLine line = piece.layout.lineAt(piece.lineAt(point.y() - piece.y, style_.lineHeight));
    const QRectF box = line.naturalTextRect();
    return point.x() >= box.left() && point.x() <= box.right();
}

QRectF TextFlow::caretAt(int offset) const {
    if (pieces_.empty()) return QRectF(0, 0, 0, style_.lineHeight);
    const Piece& piece = pieceOf(offset);
    if (piece.lines == 0) return QRectF(0, piece.y, 0, style_.lineHeight);
    const int lineIndex = piece.lineOf(offset - piece.start);
    const QTextLine line = piece.layout.lineAt(lineIndex);
    return QRectF(line.cursorToX(offset - piece.start), piece.y + lineIndex * style_.lineHeight, 0,
                  style_.lineHeight);
}

} // namespace ponder::ui
