#include "ui/accessible/transcript_accessible.h"

#include "ui/accessible/message_accessible.h"
#include "ui/accessible/transcript_voice.h"
#include "ui/transcript_focus.h"
#include "ui/transcript_layout.h"
#include "ui/transcript_view.h"

#include <QScrollBar>

namespace ponder::ui {

namespace {

QAccessibleInterface* accessibleOf(const QString&, QObject* object) {
    auto* view = qobject_cast<TranscriptView*>(object);
    return view ? new TranscriptAccessible(*view, view->voice()) : nullptr;
}

} // namespace

void installTranscriptAccessible() {
    QAccessible::installFactory(accessibleOf);
}

TranscriptAccessible::TranscriptAccessible(QWidget& view, TranscriptVoice& voice)
    : QAccessibleWidget(&view, QAccessible::List), voice_(&voice) {}

int TranscriptAccessible::messageCount() const {
    return voice_ ? voice_->access().layout.count() : 0;
}

QList<QAccessibleInterface*> TranscriptAccessible::others() const {
    if (!voice_) return {};
    const auto* view = static_cast<QAbstractScrollArea*>(object());
    QList<QAccessibleInterface*> all{voice_->status(),
                                     QAccessible::queryAccessibleInterface(view->viewport())};
    QWidget* bar = view->verticalScrollBar()->parentWidget();
    if (bar->isVisible()) all.append(QAccessible::queryAccessibleInterface(bar));
    return all;
}

int TranscriptAccessible::childCount() const {
    return messageCount() + int(others().size());
}

QAccessibleInterface* TranscriptAccessible::child(int index) const {
    if (index < 0 || !voice_) return nullptr;
    if (index < messageCount()) return voice_->message(voice_->access().layout.contents()[size_t(index)].id);
    return others().value(index - messageCount());
}

QAccessibleInterface* TranscriptAccessible::childAt(int x, int y) const {
    if (!voice_ || !rect().contains(x, y)) return nullptr;
    const auto* view = static_cast<QAbstractScrollArea*>(object());
    // A widget above the text comes first.
    const QPoint inViewport = view->viewport()->mapFromGlobal(QPoint(x, y));
    if (QWidget* above = view->viewport()->childAt(inViewport))
        return QAccessible::queryAccessibleInterface(above);
    for (QAccessibleInterface* other : others()) {
        if (other->object() != view->viewport() && other->rect().contains(x, y)) return other;
    }
    const TranscriptLayout& layout = voice_->access().layout;
    if (layout.count() == 0) return nullptr;
    const int index = layout.messageAt(voice_->access().fromScreen(QPointF(x, y)).y());
    QAccessibleInterface* message = child(index);
    return message->rect().contains(x, y) ? message : nullptr;
}

int TranscriptAccessible::indexOfChild(const QAccessibleInterface* child) const {
    if (!child || !voice_) return -1;
    const qsizetype other = others().indexOf(const_cast<QAccessibleInterface*>(child));
    if (other >= 0) return messageCount() + int(other);
    const auto* message = dynamic_cast<const MessageAccessible*>(child);
    return message ? voice_->indexOf(message->messageId()) : -1;
}

QAccessibleInterface* TranscriptAccessible::focusChild() const {
    if (!voice_) return nullptr;
    const TranscriptAccess& access = voice_->access();
    if (!access.view.hasFocus()) return QAccessibleWidget::focusChild();
    const int message = access.focus.message();
    if (message < 0 || message >= access.layout.count()) return nullptr;
    return voice_->control(access.layout.contents()[size_t(message)].id, access.focus.number());
}

} // namespace ponder::ui
