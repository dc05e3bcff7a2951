#include "ui/transcript_caret.h"

#include "ui/transcript_layout.h"

#include <QTextBoundaryFinder>

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr int kReach = 256; // characters around the caret that are looked at
constexpr int kMostSteps = 12;

enum class Way { Back, On };

/// The next place into another block that has characters; the same place where there is none.
TranscriptPosition beyond(TranscriptLayout& layout, const TranscriptPosition& from, Way way) {
    TranscriptPosition at = from;
    while (true) {
        at.block += way == Way::On ? 1 : -1;
        if (at.block < 0 || at.block >= layout.live(at.message).blockCount()) {
            at.message += way == Way::On ? 1 : -1;
            if (at.message < 0 || at.message >= layout.count()) return from;
            at.block = way == Way::On ? 0 : layout.live(at.message).blockCount() - 1;
        }
        const int length = layout.live(at.message).block(at.block).length();
        if (length == 0) continue;
        at.offset = way == Way::On ? 0 : length;
        return at;
    }
}

TranscriptPosition byBoundary(TranscriptLayout& layout, const TranscriptPosition& from,
                              QTextBoundaryFinder::BoundaryType type, Way way) {
    const Block& block = layout.live(from.message).block(from.block);
    const bool atEdge = way == Way::On ? from.offset >= block.length() : from.offset <= 0;
    if (atEdge) return beyond(layout, from, way);
    const int start = std::max(0, from.offset - kReach);
    const QString window = block.text().mid(start, 2 * kReach);
    QTextBoundaryFinder finder(type, window);
    finder.setPosition(from.offset - start);
    qsizetype found = way == Way::On ? finder.toNextBoundary() : finder.toPreviousBoundary();
    // A word begins where no space is.
    while (type == QTextBoundaryFinder::Word && found > 0 && found < window.size() &&
           window[found].isSpace()) {
        found = way == Way::On ? finder.toNextBoundary() : finder.toPreviousBoundary();
    }
    if (found < 0) found = way == Way::On ? window.size() : 0;
    return {from.message, from.block, start + int(found)};
}

/// To where the same column is in the line above or below.
TranscriptPosition byLine(TranscriptLayout& layout, const TranscriptPosition& from, Way way) {
    const QRectF caret = layout.caretAt(from);
    const qreal step = std::max(8.0, caret.height() / 2);
    qreal y = way == Way::On ? caret.bottom() + step : caret.top() - step;
    for (int i = 0; i < kMostSteps && y > 0 && y < layout.totalHeight(); ++i) {
        const TranscriptPosition at = layout.positionAt({caret.left(), y});
        if (way == Way::On ? at > from : at < from) return at;
        y += way == Way::On ? caret.height() : -caret.height();
    }
    return beyond(layout, from, way);
}

} // namespace

TranscriptPosition movedCaret(TranscriptLayout& layout, const TranscriptPosition& given, CaretMove move) {
    // A selection of a whole message ends behind its blocks.
    TranscriptPosition from = given;
    from.message = std::min(from.message, layout.count() - 1);
    from.block = std::min(from.block, layout.live(from.message).blockCount() - 1);
    from.offset = std::min(from.offset, layout.live(from.message).block(from.block).length());
    const bool mirrored =
        layout.live(from.message).block(from.block).directionAt(from.offset) == Qt::RightToLeft;
    const Way left = mirrored ? Way::On : Way::Back;
    const Way right = mirrored ? Way::Back : Way::On;
    switch (move) {
    case CaretMove::Left:
        return byBoundary(layout, from, QTextBoundaryFinder::Grapheme, left);
    case CaretMove::Right:
        return byBoundary(layout, from, QTextBoundaryFinder::Grapheme, right);
    case CaretMove::WordLeft:
        return byBoundary(layout, from, QTextBoundaryFinder::Word, left);
    case CaretMove::WordRight:
        return byBoundary(layout, from, QTextBoundaryFinder::Word, right);
    case CaretMove::LineUp:
        return byLine(layout, from, Way::Back);
    case CaretMove::LineDown:
        return byLine(layout, from, Way::On);
    case CaretMove::LineStart:
        return layout.positionAt({mirrored ? layout.width() : 0.0, layout.caretAt(from).center().y()});
    case CaretMove::LineEnd:
        return layout.positionAt({mirrored ? 0.0 : layout.width(), layout.caretAt(from).center().y()});
    case CaretMove::ChatStart:
        return {0, 0, 0};
    case CaretMove::ChatEnd: {
        const TranscriptMessage& last = layout.live(layout.count() - 1);
        return {layout.count() - 1, last.blockCount() - 1, last.block(last.blockCount() - 1).length()};
    }
    }
    return from;
}

} // namespace ponder::ui
