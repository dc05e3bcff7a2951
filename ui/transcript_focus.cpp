#include "ui/transcript_focus.h"

#include "ui/transcript_layout.h"

#include <algorithm>

namespace ponder::ui {

std::vector<Control> TranscriptFocus::controlsOf(int message) const {
    if (message == layout_.editedMessage()) return {};
    std::vector<Control> controls = layout_.live(message).controls();
    for (Control& control : controls) control.box.translate(0, layout_.topOf(message));
    return controls;
}

bool TranscriptFocus::enter(FocusStep step, qreal shownTop, qreal shownBottom) {
    const auto isShown = [&](const Control& control) {
        return control.box.top() >= shownTop && control.box.bottom() <= shownBottom;
    };
    const bool forwards = step == FocusStep::Next;
    int message = layout_.messageAt(forwards ? shownTop : shownBottom);
    for (; message >= 0 && message < layout_.count(); message += forwards ? 1 : -1) {
        const std::vector<Control> controls = controlsOf(message);
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
        const int count = int(controlsOf(message_).size());
        if (number_ >= 0 && number_ < count) return true;
        message_ += step == FocusStep::Next ? 1 : -1;
        if (message_ < 0 || message_ >= layout_.count()) break;
        number_ = step == FocusStep::Next ? 0 : int(controlsOf(message_).size()) - 1;
    }
    clear();
    return false;
}

std::optional<Control> TranscriptFocus::control() const {
    if (!isSet() || message_ >= layout_.count()) return std::nullopt;
    const std::vector<Control> controls = controlsOf(message_);
    if (controls.empty()) return std::nullopt;
    return controls[size_t(std::min(number_, int(controls.size()) - 1))];
}

} // namespace ponder::ui
