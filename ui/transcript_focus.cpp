#include "ui/transcript_focus.h"

#include "ui/transcript_layout.h"

#include <algorithm>

namespace ponder::ui {

bool TranscriptFocus::enter(FocusStep step, qreal shownTop, qreal shownBottom) {
    const bool forwards = step == FocusStep::Next;
    int message = layout_.messageAt(forwards ? shownTop : shownBottom);
    for (; message >= 0 && message < layout_.count(); message += forwards ? 1 : -1) {
        const std::vector<Control>& controls = layout_.controlsOf(message);
        const auto isShown = [&, top = layout_.topOf(message)](const Control& control) {
            return top + control.box.top() >= shownTop && top + control.box.bottom() <= shownBottom;
        };
        const auto first = std::find_if(controls.begin(), controls.end(), isShown);
        const auto last = std::find_if(controls.rbegin(), controls.rend(), isShown);
        if (first == controls.end()) continue;
        message_ = message;
        number_ = int(forwards ? first - controls.begin() : controls.rend() - last - 1);
        return true;
    }
    return false;
}

bool TranscriptFocus::step(FocusStep step, qreal shownTop, qreal shownBottom) {
    if (layout_.count() == 0) return false;
    if (!isSet() || message_ >= layout_.count()) return enter(step, shownTop, shownBottom);
    number_ += step == FocusStep::Next ? 1 : -1;
    while (message_ >= 0 && message_ < layout_.count()) {
        const int count = int(layout_.controlsOf(message_).size());
        if (number_ >= 0 && number_ < count) return true;
        message_ += step == FocusStep::Next ? 1 : -1;
        if (message_ < 0 || message_ >= layout_.count()) break;
        number_ = step == FocusStep::Next ? 0 : int(layout_.controlsOf(message_).size()) - 1;
    }
    clear();
    return false;
}

std::optional<Control> TranscriptFocus::control() const {
    if (!isSet() || message_ >= layout_.count()) return std::nullopt;
    const int count = int(layout_.controlsOf(message_).size());
    return layout_.controlOf(message_, std::min(number_, count - 1));
}

} // namespace ponder::ui
