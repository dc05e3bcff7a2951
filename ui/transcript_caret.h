#pragma once

#include "ui/transcript_position.h"

namespace ponder::ui {

class TranscriptLayout;

enum class CaretMove {
    Left,
    Right,
    WordLeft,
    WordRight,
    LineUp,
    LineDown,
    LineStart,
    LineEnd,
    ChatStart,
    ChatEnd,
};

/// Where the keyboard takes the end of a selection to, across blocks and messages. Lays out what it passes.
TranscriptPosition movedCaret(TranscriptLayout& layout, const TranscriptPosition& from, CaretMove move);

} // namespace ponder::ui
