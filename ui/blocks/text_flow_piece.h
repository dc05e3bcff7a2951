#pragma once

#include "ui/blocks/text_flow.h"

#include <algorithm>

namespace ponder::ui {

/// Some lines of a flow, laid out at once. For the flow alone.
struct TextFlow::Piece {
    int start = 0;
    int length = 0; // whole lines; the layout may hold the beginning of the next piece behind them
    int lines = 0;
    qreal y = 0;
    qreal height = 0;
    qreal naturalWidth = 0;
    QTextLayout layout;

    struct Line {
        qreal top = 0;
        qreal height = 0;
        qreal baseline = 0; // from the top
    };
    std::vector<Line> boxes; // of the lines

    /// A part of a formula, or all of it.
    struct Part {
        int formula = 0; // of the flow's
        int index = -1;  // of the formula's parts; -1: all of it
        int at = 0;      // its character in the layout
        qreal size = 0;
        qreal width = 0; // px; and height above, depth below the baseline
        qreal height = 0;
        qreal depth = 0;
    };
    std::vector<Part> parts;

    int lineAt(qreal pieceY) const {
        const auto below = std::upper_bound(boxes.begin(), boxes.end(), pieceY,
                                            [](qreal y, const Line& line) { return y < line.top; });
        return std::clamp(int(below - boxes.begin()) - 1, 0, std::max(0, lines - 1));
    }
    QRectF lineBox(int line, qreal left, qreal width) const {
        const Line& box = boxes[size_t(line)];
        return {left, y + box.top, width, box.height};
    }
    int lineOf(int offset) const {
        for (int i = 0; i < lines; ++i) {
            const QTextLine line = layout.lineAt(i);
            if (offset < line.textStart() + line.textLength()) return i;
        }
        return std::max(0, lines - 1);
    }
};

} // namespace ponder::ui
