#pragma once

#include <compare>

namespace ponder::ui {

/// A place in the conversation: between characters of one block of one message. Counted from 0.
struct TranscriptPosition {
    int message = -1;
    int block = 0;
    int offset = 0;

    bool isValid() const { return message >= 0; }
    auto operator<=>(const TranscriptPosition&) const = default;
};

} // namespace ponder::ui
