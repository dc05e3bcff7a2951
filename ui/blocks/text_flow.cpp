#include "ui/blocks/text_flow.h"

#include "ui/blocks/text_flow_piece.h"
#include "ui/theme.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QStyle>

#include <algorithm>
#include <cmath>

namespace ponder::ui {

namespace {

// One piece costs about 4 ms to lay out: short enough for a frame, long enough that pieces are rare.
constexpr int kPieceCharacters = 4096;
constexpr qreal kUnwrappedWidth = 1e6;
constexpr int kMarkRadius = 3;

bool hasRightToLeft(QStringView text) {
    return std::any_of(text.begin(), text.end(), [](QChar c) {
        if (c.unicode() < 0x590) return false;
        const QChar::Direction direction = c.direction();
        return direction == QChar::DirR || direction == QChar::DirAL || direction == QChar::DirRLE ||
               direction == QChar::DirRLO || direction == QChar::DirRLI;
    });
}

constexpr qreal kFormulaGap = 2; // px to the lines above and below

} // namespace

qreal baselineOf(const QFont& font, int lineHeight) {
    const QFontMetricsF metrics(font);
    return std::round((lineHeight + metrics.ascent() - metrics.descent()) / 2);
}

TextFlow::TextFlow() = default;
TextFlow::~TextFlow() = default;
TextFlow::TextFlow(TextFlow&&) noexcept = default;
TextFlow& TextFlow::operator=(TextFlow&&) noexcept = default;

void TextFlow::setText(const QString& text, std::vector<QTextLayout::FormatRange> formats,
                       std::vector<TextRange> codeRanges, std::vector<FlowFormula> formulas) {
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
    same = std::min(same, firstChange(formulas));
    const bool mixedDirections = hasRightToLeft(text);
    const bool turned = mixedDirections != mixedDirections_ && !formulas.empty();
    if (turned) same = 0;
    mixedDirections_ = mixedDirections;
    text_ = text;
    formats_ = std::move(formats);
    codeRanges_ = std::move(codeRanges);
    formulas_ = std::move(formulas);
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

qreal TextFlow::left() const {
    const Qt::Alignment side = QStyle::visualAlignment(style_.direction, style_.alignment);
    if (!style_.wraps || !(side & (Qt::AlignRight | Qt::AlignHCenter))) return 0;
    const qreal slack = std::max(0.0, width_ - naturalWidth_);
    return side & Qt::AlignRight ? slack : slack / 2;
}

std::unique_ptr<TextFlow::Piece> TextFlow::layOutPiece(int start, qreal y) const {
    int end = std::min(start + kPieceCharacters, int(text_.size()));
    if (end < text_.size() && text_[end].isLowSurrogate()) --end;
    if (const TextRange cut = formulaAt(end); !cut.isEmpty() && cut.from < end) end = cut.to;
    const bool last = end == text_.size();
    auto piece = std::make_unique<Piece>();
    piece->start = start;
    piece->y = y;
    QTextLayout& layout = piece->layout;
    layout.setFont(style_.font);
    layout.setCacheEnabled(true);
    QTextOption option;
    option.setWrapMode(style_.wraps ? QTextOption::WrapAtWordBoundaryOrAnywhere : QTextOption::NoWrap);
    option.setTextDirection(style_.direction);
    option.setAlignment(QStyle::visualAlignment(style_.direction, style_.alignment));
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
    QString text = text_.sliced(start, end - start);
    placeFormulas(*piece, text, formats);
    layout.setText(text);
    layout.setFormats(formats);

    const qreal baseline = baselineOf(style_.font, style_.lineHeight);
    auto part = piece->parts.begin();
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(style_.wraps ? width_ : kUnwrappedWidth);
        const bool unfinished = !last && line.textStart() + line.textLength() == end - start;
        // A single line longer than the piece is cut where it stands.
        if (unfinished && piece->lines > 0) break;
        qreal above = baseline;
        qreal below = style_.lineHeight - baseline;
        for (; part != piece->parts.end() && part->at < line.textStart() + line.textLength(); ++part) {
            above = std::max(above, std::ceil(part->height) + kFormulaGap);
            below = std::max(below, std::ceil(part->depth) + kFormulaGap);
        }
        line.setPosition({0, piece->height + above - line.ascent()});
        piece->boxes.push_back({.top = piece->height, .height = above + below, .baseline = above});
        piece->height += above + below;
        piece->naturalWidth = std::max(piece->naturalWidth, line.naturalTextWidth());
        piece->length = line.textStart() + line.textLength();
        ++piece->lines;
    }
    layout.endLayout();
    // The next piece must not begin inside a formula.
    while (piece->lines > 1 && formulaAt(start + piece->length).from != start + piece->length &&
           !formulaAt(start + piece->length).isEmpty()) {
        piece->height = piece->boxes.back().top;
        piece->boxes.pop_back();
        piece->length = layout.lineAt(--piece->lines).textStart();
    }
    if (text_.isEmpty()) piece->height = style_.lineHeight;
    return piece;
}

const TextFlow::Piece& TextFlow::pieceOf(int offset) const {
    const auto after = std::upper_bound(pieces_.begin(), pieces_.end(), offset,
                                        [](int value, const auto& piece) { return value < piece->start; });
    return **(after == pieces_.begin() ? after : after - 1);
}

void TextFlow::draw(QPainter& painter, const QPointF& at, const QRectF& visible, TextRange selection,
                    const FlowColours& colours, const FoundMarks& found) const {
    for (const auto& piece : pieces_) {
        const QRectF box(at.x(), at.y() + piece->y, std::max(width_, naturalWidth_), piece->height);
        if (box.bottom() < visible.top() || box.top() > visible.bottom()) continue;
        drawCode(painter, at, *piece, colours);
        const TextRange selected{std::max(selection.from, piece->start) - piece->start,
                                 std::min(selection.to, piece->start + piece->length) - piece->start};
        QList<QTextLayout::FormatRange> selections = drawFound(painter, at, *piece, found);
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
        drawFormulas(painter, at, *piece, visible, selected, colours);
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
    const qreal baseline = baselineOf(style_.font, style_.lineHeight);
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
            const Piece::Line& placed = piece.boxes[size_t(i)];
            const qreal top = placed.top + placed.baseline - baseline;
            const QRectF box(at.x() + std::min(left, right) - kPadding, at.y() + piece.y + top + inset,
                             std::abs(right - left) + 2 * kPadding, style_.lineHeight - 2 * inset + 1);
            painter.setPen(colours.codeBorder.isValid() ? QPen(colours.codeBorder) : QPen(Qt::NoPen));
            painter.setBrush(colours.codeBackground);
            painter.drawRoundedRect(box, radius::kInlineCode, radius::kInlineCode);
        }
    }
}

/// Draws the grounds and returns how the text on them looks.
QList<QTextLayout::FormatRange> TextFlow::drawFound(QPainter& painter, const QPointF& at, const Piece& piece,
                                                    const FoundMarks& found) const {
    QList<QTextLayout::FormatRange> formats;
    const int shift = found.origin - piece.start;
    auto mark = std::upper_bound(found.ranges.begin(), found.ranges.end(), -shift,
                                 [](int place, const TextRange& range) { return place < range.to; });
    for (; mark != found.ranges.end() && mark->from + shift < piece.length; ++mark) {
        const int from = std::max(0, mark->from + shift);
        const int to = std::min(piece.length, mark->to + shift);
        const bool current = *mark == found.current;
        QTextLayout::FormatRange range;
        range.start = from;
        range.length = to - from;
        range.format.setForeground(found.text);
        if (mixedDirections_) range.format.setBackground(current ? found.currentGround : found.ground);
        formats.append(range);
        if (mixedDirections_) continue;
        painter.setPen(current ? QPen(found.currentBorder, 1) : QPen(Qt::NoPen));
        painter.setBrush(current ? found.currentGround : found.ground);
        for (int i = piece.lineOf(from); i < piece.lines; ++i) {
            const QTextLine line = piece.layout.lineAt(i);
            if (line.textStart() >= to) break;
            const qreal left = line.cursorToX(std::max(from, line.textStart()));
            const qreal right = line.cursorToX(std::min(to, line.textStart() + line.textLength()));
            const QRectF lineBox = piece.lineBox(i, left, right - left).translated(at);
            const qreal text = style_.font.pixelSize() * 1.4;
            const qreal inset = std::max(1.0, std::round((lineBox.height() - text) / 2));
            painter.drawRoundedRect(lineBox.adjusted(-0.5, inset + 0.5, 0.5, 0.5 - inset), kMarkRadius,
                                    kMarkRadius);
        }
    }
    return formats;
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
        painter.fillRect(piece.lineBox(i, left, right - left).translated(at), colours.selection);
    }
}

int TextFlow::offsetAt(const QPointF& point) const {
    if (pieces_.empty()) return 0;
    const auto after = std::upper_bound(pieces_.begin(), pieces_.end(), point.y(),
                                        [](qreal y, const auto& piece) { return y < piece->y; });
    const Piece& piece = **(after == pieces_.begin() ? after : after - 1);
    if (piece.lines == 0) return piece.start;
    const QTextLine line = piece.layout.lineAt(piece.lineAt(point.y() - piece.y));
    int offset = line.xToCursor(point.x());
    // Behind the last character of a wrapped line is the next line's start; the person means this line.
    const int lineEnd = line.textStart() + line.textLength();
    const bool lastLine = piece.start + lineEnd == text_.size();
    if (offset == lineEnd && !lastLine && offset > line.textStart()) {
        offset = piece.layout.previousCursorPosition(offset);
    }
    offset += piece.start;
    // A formula is one thing: the nearer of its ends is meant.
    const TextRange formula = formulaAt(offset);
    if (formula.isEmpty() || offset == formula.from) return offset;
    int parts = 0;
    int before = 0;
    for (const Piece::Part& part : piece.parts) {
        if (formulas_[size_t(part.formula)].range != formula) continue;
        ++parts;
        before += piece.start + part.at < offset;
    }
    return 2 * before > parts ? formula.to : formula.from;
}

bool TextFlow::isOnText(const QPointF& point) const {
    if (pieces_.empty() || point.y() < 0 || point.y() >= height_) return false;
    const Piece& piece = pieceOf(offsetAt(point));
    if (piece.lines == 0) return false;
    const QTextLine line = piece.layout.lineAt(piece.lineAt(point.y() - piece.y));
    const QRectF box = line.naturalTextRect();
    return point.x() >= box.left() && point.x() <= box.right();
}

QRectF TextFlow::caretAt(int offset) const {
    if (pieces_.empty()) return QRectF(0, 0, 0, style_.lineHeight);
    const Piece& piece = pieceOf(offset);
    if (piece.lines == 0) return QRectF(0, piece.y, 0, style_.lineHeight);
    const int lineIndex = piece.lineOf(offset - piece.start);
    const QTextLine line = piece.layout.lineAt(lineIndex);
    return piece.lineBox(lineIndex, line.cursorToX(offset - piece.start), 0);
}

} // namespace ponder::ui
