#include "ui/accessible/transcript_voice.h"

#include "ui/accessible/control_accessible.h"
#include "ui/accessible/status_accessible.h"
#include "ui/transcript_focus.h"
#include "ui/transcript_layout.h"
#include "ui/transcript_selection.h"

#include <QWidget>

#include <algorithm>

namespace ponder::ui {

TranscriptVoice::TranscriptVoice(TranscriptAccess access) : access_(std::move(access)) {}

TranscriptVoice::~TranscriptVoice() {
    for (auto& [id, elements] : elements_) forget(elements);
    if (status_ != 0) QAccessible::deleteAccessibleInterface(status_);
}

bool TranscriptVoice::isHeard() const {
    return listener_ || QAccessible::isActive();
}

void TranscriptVoice::tell(QAccessibleEvent& event) {
    if (listener_)
        listener_(event);
    else
        QAccessible::updateAccessibility(&event);
}

void TranscriptVoice::tellAbout(QAccessibleInterface* element, QAccessible::Event what) {
    QAccessibleEvent event(element, what);
    tell(event);
}

void TranscriptVoice::forget(Elements& elements) {
    for (const auto& [number, id] : elements.controls) QAccessible::deleteAccessibleInterface(id);
    if (elements.message != 0) QAccessible::deleteAccessibleInterface(elements.message);
    elements = {};
}

int TranscriptVoice::indexOf(int messageId) const {
    const auto& contents = access_.layout.contents();
    const auto at = std::find_if(contents.begin(), contents.end(),
                                 [=](const MessageContent& content) { return content.id == messageId; });
    return at == contents.end() ? -1 : int(at - contents.begin());
}

QAccessibleInterface* TranscriptVoice::message(int messageId) {
    QAccessible::Id& id = elements_[messageId].message;
    if (id == 0) id = QAccessible::registerAccessibleInterface(new MessageAccessible(*this, messageId));
    return QAccessible::accessibleInterface(id);
}

QAccessibleInterface* TranscriptVoice::control(int messageId, int number) {
    QAccessible::Id& id = elements_[messageId].controls[number];
    if (id == 0) {
        id = QAccessible::registerAccessibleInterface(new ControlAccessible(*this, messageId, number));
    }
    return QAccessible::accessibleInterface(id);
}

QAccessibleInterface* TranscriptVoice::status() {
    if (status_ == 0) status_ = QAccessible::registerAccessibleInterface(new StatusAccessible(*this));
    return QAccessible::accessibleInterface(status_);
}

const std::vector<Control>& TranscriptVoice::controlsOf(int index) const {
    static const std::vector<Control> kNone;
    if (index < 0) return kNone;
    TranscriptLayout& layout = access_.layout;
    const bool wasLive = layout.isLive(index);
    const std::vector<Control>& controls = layout.controlsOf(index);
    if (wasLive || !layout.isLive(index)) return controls;
    access_.settle();
    return layout.controlsOf(index);
}

int TranscriptVoice::controlCount(int messageId) const {
    return int(controlsOf(indexOf(messageId)).size());
}

std::optional<Control> TranscriptVoice::controlOf(int messageId, int number) const {
    const int index = indexOf(messageId);
    if (number >= int(controlsOf(index).size())) return std::nullopt;
    return access_.layout.controlOf(index, number);
}

int TranscriptVoice::controlAt(int messageId, const QPointF& place) const {
    const int index = indexOf(messageId);
    const std::vector<Control>& controls = controlsOf(index);
    const QPointF inside(place.x(), place.y() - (index < 0 ? 0 : access_.layout.topOf(index)));
    const auto hit = std::find_if(controls.begin(), controls.end(),
                                  [&](const Control& control) { return control.box.contains(inside); });
    return hit == controls.end() ? -1 : int(hit - controls.begin());
}

void TranscriptVoice::chatChanged() {
    ++revision_;
    for (auto& [id, elements] : elements_) forget(elements);
    elements_.clear();
    thinking_ = answering_ = false;
    if (!isHeard()) return;
    QAccessibleEvent event(&access_.view, QAccessible::ObjectReorder);
    tell(event);
}

void TranscriptVoice::messagesChanged() {
    ++revision_;
    for (auto element = elements_.begin(); element != elements_.end();) {
        if (indexOf(element->first) >= 0) {
            ++element;
            continue;
        }
        forget(element->second);
        element = elements_.erase(element);
    }
    if (!isHeard()) return;
    QAccessibleEvent event(&access_.view, QAccessible::ObjectReorder);
    tell(event);
}

void TranscriptVoice::messageAdded() {
    ++revision_;
    if (!isHeard()) return;
    tellAbout(message(access_.layout.contents().back().id), QAccessible::ObjectCreated);
}

void TranscriptVoice::answerBegan() {
    thinking_ = answering_ = false;
    messageAdded();
}

void TranscriptVoice::answerGrew() {
    ++revision_;
    const MessageContent& answer = access_.layout.contents().back();
    if (!answer.parts.empty()) {
        const bool thinks = answer.parts.back().kind == PartKind::Reasoning;
        if (thinks && !std::exchange(thinking_, true)) announce(tr("Thinking"));
        if (!thinks && !std::exchange(answering_, true) && thinking_) announce(tr("Answering"));
    }
    tellGrowth(MessageAccessible::Growth::Sentences);
}

void TranscriptVoice::tellGrowth(MessageAccessible::Growth told) {
    const auto known = elements_.find(access_.layout.contents().back().id);
    if (known == elements_.end() || known->second.message == 0 || !isHeard()) return;
    static_cast<MessageAccessible*>(message(known->first))->tellGrowth(told);
}

void TranscriptVoice::answerEnded(const AnswerEnd& end) {
    ++revision_;
    tellGrowth(MessageAccessible::Growth::All);
    switch (end.state) {
    case MessageState::Streaming:
        break;
    case MessageState::Done:
        announce(tr("Answer finished"));
        break;
    case MessageState::Stopped:
        announce(tr("Answer stopped"));
        break;
    case MessageState::Interrupted:
        announce(tr("The answer was interrupted"));
        break;
    case MessageState::Failed:
        announce(tr("The answer failed. %1 %2").arg(end.failure.what, end.failure.next).trimmed());
        break;
    }
}

void TranscriptVoice::messageChanged(int message) {
    ++revision_;
    const auto known = elements_.find(access_.layout.contents()[size_t(message)].id);
    if (known == elements_.end() || !isHeard()) return;
    QAccessible::State changed;
    changed.expanded = true;
    for (const auto& [number, id] : known->second.controls) {
        QAccessibleStateChangeEvent event(QAccessible::accessibleInterface(id), changed);
        tell(event);
    }
}

void TranscriptVoice::focusMoved() {
    if (!isHeard() || !access_.focus.isSet()) return;
    const int message = access_.focus.message();
    if (message >= access_.layout.count()) return;
    const int id = access_.layout.contents()[size_t(message)].id;
    tellAbout(control(id, access_.focus.number()), QAccessible::Focus);
}

void TranscriptVoice::caretMoved() {
    if (!isHeard()) return;
    const TranscriptPosition& caret = access_.selection.caret();
    if (!caret.isValid() || caret.message >= access_.layout.count()) return;
    QAccessibleInterface* element = message(access_.layout.contents()[size_t(caret.message)].id);
    const QAccessibleTextInterface* text = element->textInterface();
    int from = 0;
    int to = 0;
    if (text->selectionCount() > 0) text->selection(0, &from, &to);
    QAccessibleTextSelectionEvent selected(element, from, to);
    selected.setCursorPosition(text->cursorPosition());
    tell(selected);
}

void TranscriptVoice::announce(const QString& words) {
    statusText_ = words;
    if (!isHeard()) return;
    // Screen readers differ in which of the three they listen to; none says it twice.
    tellAbout(status(), QAccessible::NameChanged);
    tellAbout(status(), QAccessible::ObjectShow);
    tellAbout(status(), QAccessible::Alert);
}

} // namespace ponder::ui
