#pragma once

#include "ui/blocks/block.h"

#include <optional>

namespace ponder::ui {

class TranscriptLayout;

enum class FocusStep { Next, Previous };

/// Which control of which message has the keyboard. Remembered by its number, so that it outlives its block.
class TranscriptFocus {
public:
    explicit TranscriptFocus(TranscriptLayout& layout) : layout_(layout) {}

    void clear() { message_ = -1; }
    int message() const { return message_; }
    bool isSet() const { return message_ >= 0; }
    int number() const { return number_; }
    /// The control of this number of this message gets the keyboard.
    void set(int message, int number) {
        message_ = message;
        number_ = number;
    }
    /// Goes one control on; from none, to the first (last) one between these heights. False, and none has it,
    /// where there is no further one.
    bool step(FocusStep step, qreal shownTop, qreal shownBottom);
    /// The control that has the keyboard, its box in the coordinates of the layout.
    std::optional<Control> control() const;

private:
    bool enter(FocusStep step, qreal shownTop, qreal shownBottom);

    TranscriptLayout& layout_;
    int message_ = -1;
    int number_ = 0;
};

} // namespace ponder::ui
