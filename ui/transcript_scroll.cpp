#include "ui/transcript_scroll.h"

#include "ui/transcript_layout.h"

#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace ponder::ui {

namespace {

// Laying out what is seen can bring more into view; estimates are good enough that few rounds do.
constexpr int kMostRounds = 16;

} // namespace

int TranscriptScroll::top() const {
    return bar_.value();
}

bool TranscriptScroll::isNearEnd() const {
    return bar_.maximum() - bar_.value() <= kNearEnd;
}

void TranscriptScroll::takeUserMove() {
    if (adjusting_) return;
    const int now = bar_.value();
    if (now < lastTop_)
        followsEnd_ = false;
    else if (now > lastTop_ && isNearEnd())
        followsEnd_ = true;
    const bool upwards = now < lastTop_;
    lastTop_ = now;
    if (layout_.count() == 0) return;
    const int first = layout_.messageAt(now);
    // What comes into view from above pushes upwards, not down what is being read.
    if (upwards && !layout_.isExact(first) && first + 1 < layout_.count()) {
        return holdMessage(first + 1, layout_.topOf(first + 1) - now);
    }
    hold();
}

void TranscriptScroll::goTo(int message) {
    followsEnd_ = false;
    // The first one keeps its distance to the edge, the others show that something stands above them.
    if (layout_.count() > 0) holdMessage(message, layout_.topOf(0));
}

void TranscriptScroll::stay() {
    followsEnd_ = false;
    hold();
}

void TranscriptScroll::hold(qreal y) {
    held_ = {};
    if (layout_.count() == 0) return;
    const int message = layout_.messageAt(top() + y);
    if (!layout_.isLive(message) || message == layout_.editedMessage()) {
        return holdMessage(message, layout_.topOf(message) - top());
    }
    held_.place = layout_.positionAt({0, top() + y});
    const TranscriptMessage& live = layout_.live(message);
    // Only running text stays at its place in its block; thoughts scroll by themselves.
    held_.inText = live.isRunningText(held_.place.block);
    held_.at = heldTop() - top();
}

void TranscriptScroll::holdMessage(int message, qreal at) {
    held_ = {.place = {message, -1, 0}, .at = at};
}

qreal TranscriptScroll::heldTop() const {
    const TranscriptPosition& place = held_.place;
    if (!place.isValid() || place.message >= layout_.count()) return 0;
    const qreal top = layout_.topOf(place.message);
    if (place.block < 0 || !layout_.isLive(place.message)) return top;
    if (held_.inText) return layout_.caretAt(place).top();
    const TranscriptMessage& live = layout_.live(place.message);
    return top + live.originOf(std::min(place.block, live.blockCount() - 1)).y();
}

void TranscriptScroll::moveHold(int message) {
    held_.place = {message, -1, 0};
    held_.inText = false;
    held_.at = std::min(held_.at, 0.0);
}

void TranscriptScroll::settle(int viewportHeight, Keep keep) {
    viewportHeight_ = viewportHeight;
    if (keep == Keep::Place) followsEnd_ = false;
    int wanted = 0;
    int most = 0;
    for (int round = 0; round < kMostRounds; ++round) {
        most = std::max(0, int(std::ceil(layout_.totalHeight())) - viewportHeight);
        wanted = followsEnd_ ? most : std::clamp(int(std::lround(heldTop() - held_.at)), 0, most);
        if (layout_.count() == 0 || !layout_.realize(wanted, wanted + viewportHeight)) break;
    }
    adjusting_ = true;
    bar_.setPageStep(viewportHeight);
    bar_.setRange(0, most);
    adjusting_ = false;
    moveTo(wanted);
    if (keep == Keep::Place) followsEnd_ = wanted == most;
}

void TranscriptScroll::moveTo(int top) {
    adjusting_ = true;
    bar_.setValue(top);
    adjusting_ = false;
    lastTop_ = bar_.value();
}

void TranscriptScroll::reveal(qreal from, qreal to) {
    const qreal shown = viewportHeight_;
    qreal wanted = top();
    if (to > wanted + shown) wanted = to - shown;
    if (from < wanted) wanted = from;
    if (int(wanted) == top()) return;
    followsEnd_ = false;
    moveTo(int(std::lround(wanted)));
    hold();
    settle(viewportHeight_, Keep::Place);
}

} // namespace ponder::ui
