#include "ui/blocks/text_flow_piece.h"

#include <QFontMetricsF>
#include <QPainter>

#include <limits>

namespace ponder::ui {

namespace {

// In the place of a formula's characters stand, for each part of it, a space that does not break and is as
// wide as the part, with a place to break behind it; then nothing that shows.
constexpr QChar kPart = QChar::Nbsp;
constexpr QChar kBreak(0x200B);
constexpr QChar kNothing(0x2060);

/// In how many parts a formula stands in the text; each but the last takes two of its characters.
int breaksOf(const Formula& formula, bool wraps, int length) {
    const int parts = int(formula.parts().size());
    return wraps && formula.isOneLine() && 2 * parts <= length ? std::max(1, parts) : 1;
}

} // namespace

/// Where the formulas are others than before.
int TextFlow::firstChange(const std::vector<FlowFormula>& formulas) const {
    const auto [before, after] =
        std::mismatch(formulas_.begin(), formulas_.end(), formulas.begin(), formulas.end());
    int change = std::numeric_limits<int>::max();
    if (before != formulas_.end()) change = before->range.from;
    if (after != formulas.end()) change = std::min(change, after->range.from);
    return change;
}

void TextFlow::placeFormulas(Piece& piece, QString& text, QList<QTextLayout::FormatRange>& formats) const {
    const qreal space = QFontMetricsF(style_.font).horizontalAdvance(kPart);
    const auto widen = [&](int at, int length, qreal spacing) {
        QTextLayout::FormatRange range;
        range.start = at;
        range.length = length;
        QFont font = style_.font;
        font.setLetterSpacing(QFont::AbsoluteSpacing, spacing);
        range.format.setFont(font);
        formats.append(range);
    };
    for (size_t index = 0; index < formulas_.size(); ++index) {
        const auto& [range, formula, size] = formulas_[index];
        const int from = range.from - piece.start;
        const int length = range.length();
        if (from < 0 || from + length > text.size()) continue;
        std::fill_n(text.begin() + from, length, kNothing);
        widen(from, length, 0);
        // Among words from right to left its parts would change places.
        const int count = mixedDirections_ ? 1 : breaksOf(formula, style_.wraps, length);
        for (int i = 0; i < count; ++i) {
            Piece::Part part{.formula = int(index), .at = from + 2 * i};
            if (count > 1) part.index = i;
            const FormulaPart* drawn = count > 1 ? &formula.parts()[size_t(i)] : nullptr;
            const qreal wide = drawn ? drawn->width : formula.width();
            // What is wider than the line even so is drawn smaller.
            part.size = style_.wraps && wide * size > width_ ? width_ / wide : size;
            part.width = wide * part.size;
            part.height = (drawn ? drawn->height : formula.height()) * part.size;
            part.depth = (drawn ? drawn->depth : formula.depth()) * part.size;
            text[part.at] = kPart;
            if (i + 1 < count) text[part.at + 1] = kBreak;
            widen(part.at, 1, part.width - space);
            piece.parts.push_back(part);
        }
    }
}

void TextFlow::drawFormulas(QPainter& painter, const QPointF& at, const Piece& piece, const QRectF& visible,
                            TextRange selection, const FlowColours& colours) const {
    for (const Piece::Part& part : piece.parts) {
        if (part.at >= piece.length) break;
        const int lineIndex = piece.lineOf(part.at);
        const QRectF box = piece.lineBox(lineIndex, 0, width_).translated(at);
        if (box.bottom() < visible.top() || box.top() > visible.bottom()) continue;
        const QTextLine line = piece.layout.lineAt(lineIndex);
        const qreal left = std::min(line.cursorToX(part.at), line.cursorToX(part.at, QTextLine::Trailing));
        const QPointF origin(at.x() + left, box.top() + piece.boxes[size_t(lineIndex)].baseline);
        const bool selected = part.at >= selection.from && part.at < selection.to;
        const QColor& ink = selected ? colours.selectedText : colours.text;
        const Formula& formula = formulas_[size_t(part.formula)].formula;
        if (part.index < 0)
            formula.paint(painter, origin, part.size, ink);
        else
            formula.paintPart(painter, formula.parts()[size_t(part.index)], origin, part.size, ink);
    }
}

qreal TextFlow::firstBaseline() const {
    if (pieces_.empty() || pieces_.front()->boxes.empty()) return baselineOf(style_.font, style_.lineHeight);
    return pieces_.front()->boxes.front().baseline;
}

TextRange TextFlow::formulaAt(int offset) const {
    const auto after =
        std::upper_bound(formulas_.begin(), formulas_.end(), offset,
                         [](int value, const FlowFormula& formula) { return value < formula.range.from; });
    if (after == formulas_.begin() || offset >= (after - 1)->range.to) return {};
    return (after - 1)->range;
}

TextRange TextFlow::withWholeFormulas(TextRange range) const {
    if (range.isEmpty()) return range;
    if (const TextRange first = formulaAt(range.from); !first.isEmpty()) range.from = first.from;
    if (const TextRange last = formulaAt(range.to - 1); !last.isEmpty()) range.to = last.to;
    return range;
}

} // namespace ponder::ui
