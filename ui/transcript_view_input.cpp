// The painting of TranscriptView and its answers to pointer and keyboard; what they lead to is in
// transcript_view.cpp.
#include "ui/accessible/transcript_voice.h"
#include "ui/markdown/footnotes.h"
#include "ui/transcript_actions.h"
#include "ui/transcript_caret.h"
#include "ui/transcript_clipboard.h"
#include "ui/transcript_find.h"
#include "ui/transcript_focus.h"
#include "ui/transcript_layout.h"
#include "ui/transcript_links.h"
#include "ui/transcript_pointer.h"
#include "ui/transcript_scroll.h"
#include "ui/transcript_selection.h"
#include "ui/transcript_stream.h"
#include "ui/transcript_view.h"
#include "ui/widgets/focus_ring.h"
#include "ui/widgets/menu.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

namespace ponder::ui {

namespace {

constexpr int kLinesAStep = 2;
constexpr int kPageOverlap = 48;
constexpr int kWheelStep = 120; // of QWheelEvent::angleDelta: one notch
constexpr int kLinesANotch = 3;
constexpr int kSideStep = 48;
constexpr int kSameGesture = 300; // ms
constexpr int kRingGap = 2;
constexpr int kRingWidth = 2;

std::optional<CaretMove> caretMoveOf(const QKeyEvent& event) {
    const bool far = event.modifiers() & Qt::ControlModifier;
    switch (event.key()) {
    case Qt::Key_Left:
        return far ? CaretMove::WordLeft : CaretMove::Left;
    case Qt::Key_Right:
        return far ? CaretMove::WordRight : CaretMove::Right;
    case Qt::Key_Up:
        return CaretMove::LineUp;
    case Qt::Key_Down:
        return CaretMove::LineDown;
    case Qt::Key_Home:
        return far ? CaretMove::ChatStart : CaretMove::LineStart;
    case Qt::Key_End:
        return far ? CaretMove::ChatEnd : CaretMove::LineEnd;
    default:
        return std::nullopt;
    }
}

} // namespace

void TranscriptView::paintEvent(QPaintEvent*) {
    QElapsedTimer timer;
    timer.start();
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), theme_.colours().background);
    if (isEmpty()) return;
    painter.setRenderHint(QPainter::Antialiasing);
    const int top = scroll_->top();
    const int last = layout_->count() - 1;
    const std::optional<Control> focused = hasFocus() ? focus_->control() : std::nullopt;
    for (int i = layout_->messageAt(top); i <= last && layout_->topOf(i) < top + viewport()->height(); ++i) {
        if (i == layout_->editedMessage()) continue;
        const TranscriptMessage& message = layout_->live(i);
        const QPointF at(columnLeft(), layout_->topOf(i) - top);
        MessagePaint paint;
        paint.look.visible = QRectF(viewport()->rect()).translated(-at);
        paint.look.hovered = pointer_->hovered();
        paint.look.pressed = pointer_->pressed();
        if (focused) paint.look.focused = focused->target;
        paint.look.copied = actions_->copied();
        paint.actionsShown = i == pointer_->hoveredMessage() || (hasFocus() && i == focus_->message()) ||
                             (i == last && messages()[size_t(i)].role == Role::Assistant);
        paint.selectionOf = [&](int block) {
            return selection_->rangeIn(i, block, message.block(block).length());
        };
        if (find_->isOn()) paint.foundIn = [&](int block) { return find_->marksIn(i, message, block); };
        painter.save();
        painter.translate(at);
        message.paint(painter, paint);
        painter.restore();
    }
    paintFocus(painter);
    paintAddress(painter);
    stream_->addCost(double(timer.nsecsElapsed()) / 1e6);
}

void TranscriptView::paintFocus(QPainter& painter) const {
    if (!hasFocus()) return;
    const std::optional<Control> control = focus_->control();
    if (!control) return;
    const qreal reach = kRingGap + kRingWidth / 2.0;
    const QRectF box = control->box.translated(columnLeft(), -scroll_->top());
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme_.colours().accent, kRingWidth));
    painter.drawRoundedRect(box.adjusted(-reach, -reach, reach, reach), radius::kControl + kRingGap,
                            radius::kControl + kRingGap);
}

/// Where a link leads is said at the lower edge, before it is pressed.
void TranscriptView::paintAddress(QPainter& painter) const {
    QString address = pointer_->hovered().address;
    if (const auto control = focus_->control(); address.isEmpty() && hasFocus() && control) {
        address = control->target.address;
    }
    if (address.isEmpty() || !noteLabel(address).isEmpty()) return;
    const QFont font = theme_.font(TextStyle::Caption);
    const QFontMetrics metrics(font);
    const QString shown =
        metrics.elidedText(shownAddress(address), Qt::ElideMiddle, viewport()->width() * 3 / 4);
    const int extent = theme_.lineHeight(TextStyle::Caption) + 2 * space::kTiny;
    const QRectF box(space::kSmall, viewport()->height() - extent - space::kSmall,
                     metrics.horizontalAdvance(shown) + 2 * space::kSmall, extent);
    painter.setBrush(theme_.colours().surface);
    painter.setPen(QPen(theme_.colours().border, 1));
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius::kInlineCode, radius::kInlineCode);
    painter.setFont(font);
    painter.setPen(theme_.colours().muted);
    painter.drawText(box, Qt::AlignCenter | Qt::TextSingleLine, shown);
}

void TranscriptView::mousePressEvent(QMouseEvent* event) {
    focus_->clear();
    pointer_->press(*event);
    // Thoughts in which something is marked are being read.
    if (pointer_->hovered().kind == TargetKind::Text && !isEmpty()) {
        const TranscriptPosition place = layout_->positionAt(toChat(event->position()));
        layout_->live(place.message).takeInHand(place.block);
    }
}

void TranscriptView::mouseDoubleClickEvent(QMouseEvent* event) {
    pointer_->doubleClick(*event);
}

void TranscriptView::mouseMoveEvent(QMouseEvent* event) {
    pointer_->move(*event, viewport()->height());
}

void TranscriptView::mouseReleaseEvent(QMouseEvent* event) {
    pointer_->release(*event);
}

void TranscriptView::wheelEvent(QWheelEvent* event) {
    const qreal notch = kLinesANotch * theme_.lineHeight(TextStyle::Body);
    QPointF delta = event->pixelDelta().isNull() ? QPointF(event->angleDelta()) * notch / kWheelStep
                                                 : QPointF(event->pixelDelta());
    delta = -delta;
    if (event->modifiers() & Qt::ShiftModifier && delta.x() == 0) delta = {delta.y(), 0};
    event->accept();
    if (isEmpty()) return;
    // A block that comes under the pointer while the chat is scrolled does not take the movement over.
    const bool goesOn = sinceScroll_.isValid() && sinceScroll_.elapsed() < kSameGesture;
    const QPointF place = toChat(event->position());
    const int message = layout_->messageAt(place.y());
    const bool across = qAbs(delta.x()) > qAbs(delta.y());
    if ((across || !goesOn) && message != layout_->editedMessage() &&
        layout_->live(message).scrollBy(place - QPointF(0, layout_->topOf(message)), delta)) {
        pointer_->lookAgain();
        viewport()->update();
        return;
    }
    if (across) return;
    sinceScroll_.start();
    verticalScrollBar()->setValue(verticalScrollBar()->value() + qRound(delta.y()));
}

void TranscriptView::contextMenuEvent(QContextMenuEvent* event) {
    if (isEmpty()) return;
    Target target = pointer_->hovered();
    int message = pointer_->hoveredMessage();
    QPoint at = event->globalPos();
    if (event->reason() == QContextMenuEvent::Keyboard) {
        const std::optional<Control> control = focus_->control();
        message = control ? focus_->message() : layout_->messageAt(scroll_->top());
        target = control ? control->target : Target();
        const QPointF corner = control ? control->box.bottomLeft() - QPointF(0, scroll_->top()) : QPointF();
        at = viewport()->mapToGlobal((corner + QPointF(columnLeft(), 0)).toPoint());
    }
    auto* menu = new Menu(theme_, this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    actions_->fillMenu(*menu, target, message);
    if (menu->isEmpty())
        delete menu;
    else
        menu->popup(at);
}

bool TranscriptView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        showToolTip(static_cast<QHelpEvent*>(event)->pos());
        return true;
    }
    if (event->type() == QEvent::Leave) pointer_->leave();
    return QAbstractScrollArea::viewportEvent(event);
}

void TranscriptView::showToolTip(const QPoint& at) {
    const Target& target = pointer_->hovered();
    const int message = pointer_->hoveredMessage();
    // Names of links are the model's words; where they lead is shown anyway.
    if (message < 0 || target.kind == TargetKind::Link || message == layout_->editedMessage())
        return QToolTip::hideText();
    for (const Control& control : layout_->live(message).controls()) {
        if (control.target != target) continue;
        const QRectF box = control.box.translated(columnLeft(), layout_->topOf(message) - scroll_->top());
        return QToolTip::showText(viewport()->mapToGlobal(at), control.name, viewport(), box.toAlignedRect());
    }
    QToolTip::hideText();
}

void TranscriptView::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy)) return copySelection();
    if (event->matches(QKeySequence::SelectAll)) {
        const int shown = selection_->isEmpty()
                              ? layout_->messageAt(scroll_->top() + viewport()->height() / 2)
                              : selection_->lastMessage();
        if (!isEmpty())
            selectMessage(focus_->isSet() ? focus_->message() : std::min(shown, layout_->count() - 1));
        return;
    }
    if (extendByKey(*event)) return;
    const std::optional<Control> control = focus_->control();
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (!control) break;
        actions_->activate(control->target);
        return;
    case Qt::Key_Escape:
        // While an answer is written Esc stops it; that is the window's.
        if (isStreaming() || (selection_->isEmpty() && !focus_->isSet())) return event->ignore();
        selection_->clear();
        focus_->clear();
        viewport()->update();
        return;
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (scrollFocusedBlock(event->key() == Qt::Key_Left ? -kSideStep : kSideStep)) return;
        break;
    default:
        break;
    }
    if (!scrollByKey(*event)) event->ignore();
}

bool TranscriptView::scrollByKey(const QKeyEvent& event) {
    const int step = kLinesAStep * theme_.lineHeight(TextStyle::Body);
    const int page = std::max(step, viewport()->height() - kPageOverlap);
    const auto by = [this](int pixels) {
        verticalScrollBar()->setValue(verticalScrollBar()->value() + pixels);
        return true;
    };
    switch (event.key()) {
    case Qt::Key_Up:
        return by(-step);
    case Qt::Key_Down:
        return by(step);
    case Qt::Key_PageUp:
        return by(-page);
    case Qt::Key_PageDown:
        return by(page);
    case Qt::Key_Space:
        return by(event.modifiers() & Qt::ShiftModifier ? -page : page);
    case Qt::Key_Home:
        scroll_->goToStart();
        settle(AfterChange::HoldPlace);
        return true;
    case Qt::Key_End:
        jumpToLatest();
        return true;
    default:
        return false;
    }
}

bool TranscriptView::scrollFocusedBlock(int pixels) {
    const std::optional<Control> control = focus_->control();
    if (!control) return false;
    const QPointF inside = control->box.center() - QPointF(0, layout_->topOf(focus_->message()));
    if (!layout_->live(focus_->message()).scrollBy(inside, QPointF(pixels, 0))) return false;
    viewport()->update();
    return true;
}

bool TranscriptView::focusNextPrevChild(bool next) {
    if (!hasFocus()) return QAbstractScrollArea::focusNextPrevChild(next);
    const qreal top = scroll_->top();
    const bool found =
        focus_->step(next ? FocusStep::Next : FocusStep::Previous, top, top + viewport()->height());
    viewport()->update();
    if (!found) return QAbstractScrollArea::focusNextPrevChild(next);
    revealFocus();
    voice_->focusMoved();
    return true;
}

void TranscriptView::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    if (comesFromKeyboard(*event)) {
        const qreal top = scroll_->top();
        const bool backwards = event->reason() == Qt::BacktabFocusReason;
        focus_->step(backwards ? FocusStep::Previous : FocusStep::Next, top, top + viewport()->height());
        voice_->focusMoved();
    }
    viewport()->update();
}

void TranscriptView::focusOutEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason)
        focus_->clear();
    viewport()->update();
}

void TranscriptView::revealFocus() {
    const std::optional<Control> control = focus_->control();
    if (!control) return;
    scroll_->reveal(control->box.top() - space::kLarge, control->box.bottom() + space::kLarge);
    settle();
}

void TranscriptView::selectMessage(int message) {
    // Once more, and all of the chat is meant.
    if (selection_->isWhole(message))
        selection_->selectAll();
    else
        selection_->selectMessage(message);
    takeSelection();
}

void TranscriptView::takeSelection() {
    offerForMiddleClick(*selection_);
    voice_->caretMoved();
    viewport()->update();
}

bool TranscriptView::extendByKey(const QKeyEvent& event) {
    if (!(event.modifiers() & Qt::ShiftModifier) || isEmpty()) return false;
    const std::optional<CaretMove> move = caretMoveOf(event);
    if (!move) return false;
    if (!selection_->hasBegun())
        selection_->begin(layout_->positionAt({0, qreal(scroll_->top())}), SelectionUnit::Character);
    const TranscriptPosition to = movedCaret(*layout_, selection_->caret(), *move);
    selection_->extendTo(to);
    layout_->live(to.message).block(to.block).reveal(to.offset);
    const QRectF caret = layout_->caretAt(to);
    scroll_->reveal(caret.top() - space::kSmall, caret.bottom() + space::kSmall);
    settle();
    takeSelection();
    return true;
}

} // namespace ponder::ui
