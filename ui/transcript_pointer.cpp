#include "ui/transcript_pointer.h"

#include "ui/transcript_layout.h"

#include <QApplication>
#include <QMouseEvent>

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr int kScrollInterval = 30; // ms
constexpr int kMostScroll = 60;     // px an interval

bool isPressable(const Target& target) {
    return target.kind != TargetKind::None && target.kind != TargetKind::Text;
}

} // namespace

TranscriptPointer::TranscriptPointer(TranscriptLayout& layout, TranscriptSelection& selection,
                                     std::function<QPointF(const QPointF&)> toChat, QObject* parent)
    : QObject(parent), layout_(layout), selection_(selection), toChat_(std::move(toChat)) {
    scrolling_.setInterval(kScrollInterval);
    connect(&scrolling_, &QTimer::timeout, this, &TranscriptPointer::scrollOn);
}

void TranscriptPointer::press(const QMouseEvent& event) {
    if (event.button() != Qt::LeftButton || layout_.count() == 0) return;
    at_ = pressedAt_ = event.position();
    hover(at_);
    pressed_ = isPressable(hovered_) ? hovered_ : Target();
    if (pressed_.kind != TargetKind::None && pressed_.kind != TargetKind::Link) {
        emit hoverChanged();
        return;
    }
    const TranscriptPosition place = layout_.positionAt(toChat_(at_));
    const bool third = sinceDoubleClick_.isValid() &&
                       !sinceDoubleClick_.hasExpired(QApplication::doubleClickInterval()) &&
                       (at_ - doubleClickedAt_).manhattanLength() < QApplication::startDragDistance();
    selecting_ = true;
    if (event.modifiers() & Qt::ShiftModifier && selection_.hasBegun())
        selection_.extend(place);
    else
        selection_.begin(place, third ? SelectionUnit::Line : SelectionUnit::Character);
    emit selectionDrawn();
}

void TranscriptPointer::doubleClick(const QMouseEvent& event) {
    if (event.button() != Qt::LeftButton || layout_.count() == 0) return;
    at_ = doubleClickedAt_ = event.position();
    hover(at_);
    // A control pressed quickly twice is pressed twice.
    if (isPressable(hovered_) && hovered_.kind != TargetKind::Link) return press(event);
    sinceDoubleClick_.start();
    selecting_ = true;
    selection_.begin(layout_.positionAt(toChat_(at_)), SelectionUnit::Word);
    emit selectionDrawn();
}

void TranscriptPointer::move(const QMouseEvent& event, int viewportHeight) {
    const QPointF before = at_;
    at_ = event.position();
    inside_ = true;
    if (!(event.buttons() & Qt::LeftButton)) return hover(at_);
    if (pressed_.kind == TargetKind::ScrollBar) {
        if (layout_.messageHolding(pressed_.block) < 0) return forget();
        pressed_.block->dragScrollBar(at_ - before);
        emit barDragged();
        return;
    }
    if (!selecting_) return hover(at_);
    if ((at_ - pressedAt_).manhattanLength() >= QApplication::startDragDistance()) pressed_ = {};
    beyond_ = at_.y() < 0 ? int(at_.y()) : std::max(0, int(at_.y()) - viewportHeight);
    if (beyond_ == 0)
        scrolling_.stop();
    else if (!scrolling_.isActive())
        scrolling_.start();
    drawSelection();
}

void TranscriptPointer::release(const QMouseEvent& event) {
    if (event.button() != Qt::LeftButton) return;
    scrolling_.stop();
    at_ = event.position();
    const Target pressed = std::exchange(pressed_, {});
    hover(at_);
    emit hoverChanged();
    if (std::exchange(selecting_, false)) emit selectionFinished();
    if (pressed.kind != TargetKind::None && pressed.kind != TargetKind::ScrollBar && pressed == hovered_) {
        emit activated(pressed);
    }
}

void TranscriptPointer::leave() {
    inside_ = false;
    hovered_ = {};
    hoveredMessage_ = -1;
    emit hoverChanged();
}

void TranscriptPointer::lookAgain() {
    if (inside_ && !selecting_ && pressed_.kind == TargetKind::None) hover(at_);
}

void TranscriptPointer::forget() {
    hovered_ = {};
    pressed_ = {};
    hoveredMessage_ = -1;
}

void TranscriptPointer::hover(const QPointF& at) {
    const QPointF place = toChat_(at);
    Target target;
    int message = -1;
    if (layout_.count() > 0 && place.y() >= 0 && place.y() < layout_.totalHeight()) {
        target = layout_.targetAt(place);
        message = layout_.messageAt(place.y());
    }
    if (target == hovered_ && message == hoveredMessage_) return;
    hovered_ = target;
    hoveredMessage_ = message;
    emit hoverChanged();
}

void TranscriptPointer::drawSelection() {
    if (layout_.count() == 0) return;
    selection_.extend(layout_.positionAt(toChat_(at_)));
    emit selectionDrawn();
}

void TranscriptPointer::scrollOn() {
    // The further out, the faster.
    emit scrollWanted(std::clamp(beyond_ / 2 + (beyond_ > 0 ? 4 : -4), -kMostScroll, kMostScroll));
    drawSelection();
}

Qt::CursorShape TranscriptPointer::cursor() const {
    if (selecting_) return Qt::IBeamCursor;
    switch (hovered_.kind) {
    case TargetKind::None:
    case TargetKind::ScrollBar:
        return Qt::ArrowCursor;
    case TargetKind::Text:
        return Qt::IBeamCursor;
    default:
        return Qt::PointingHandCursor;
    }
}

} // namespace ponder::ui
