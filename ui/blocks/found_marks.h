#pragma once

#include "ui/markdown/markdown_writer.h"

#include <QColor>

#include <span>

namespace ponder::ui {

/// What a search has found in a block, for painting it.
struct FoundMarks {
    std::span<const TextRange> ranges = {}; ///< sorted, none overlaps another; counted from `origin`
    TextRange current = {}; ///< the one of them that is looked at; empty: another block has it
    int origin = 0;         ///< where they are counted from, in the block's characters
    QColor ground = {};
    QColor currentGround = {};
    QColor currentBorder = {};
    QColor text = {};

    /// As seen by a part of the block that begins with character `start`.
    FoundMarks within(int start) const {
        FoundMarks inner = *this;
        inner.origin -= start;
        return inner;
    }
};

} // namespace ponder::ui
