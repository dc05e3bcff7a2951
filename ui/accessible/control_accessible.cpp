#include "ui/accessible/control_accessible.h"

#include "ui/accessible/transcript_voice.h"
#include "ui/transcript_actions.h"
#include "ui/transcript_focus.h"
#include "ui/transcript_links.h"

#include <QKeySequence>
#include <QWidget>

namespace ponder::ui {

std::optional<Control> ControlAccessible::control() const {
    return voice_.controlOf(messageId_, number_);
}

bool ControlAccessible::isValid() const {
    return control().has_value();
}

QWindow* ControlAccessible::window() const {
    return parent()->window();
}

QAccessibleInterface* ControlAccessible::parent() const {
    return voice_.message(messageId_);
}

QString ControlAccessible::text(QAccessible::Text which) const {
    const std::optional<Control> known = control();
    if (!known) return {};
    if (which == QAccessible::Name) return known->name;
    const bool link = known->target.kind == TargetKind::Link;
    if (which == QAccessible::Description && link) return shownAddress(known->target.address);
    return {};
}

QRect ControlAccessible::rect() const {
    const std::optional<Control> known = control();
    if (!known) return {};
    const QRectF box = known->box;
    return QRectF(voice_.access().toScreen(box.topLeft()), box.size()).toAlignedRect();
}

QAccessible::Role ControlAccessible::role() const {
    const std::optional<Control> known = control();
    return known && known->target.kind == TargetKind::Link ? QAccessible::Link : QAccessible::Button;
}

bool ControlAccessible::hasKeyboard() const {
    const TranscriptFocus& focus = voice_.access().focus;
    return voice_.access().view.hasFocus() && focus.isSet() && focus.number() == number_ &&
           focus.message() == voice_.indexOf(messageId_);
}

QAccessible::State ControlAccessible::state() const {
    QAccessible::State state;
    const std::optional<Control> known = control();
    if (!known) {
        state.invalid = true;
        return state;
    }
    state.focusable = true;
    state.focused = hasKeyboard();
    state.expandable = known->unfolding != Unfolding::Nothing;
    state.expanded = known->unfolding == Unfolding::Open;
    state.collapsed = known->unfolding == Unfolding::Closed;
    state.linked = known->target.kind == TargetKind::Link;
    state.offscreen = voice_.access().isOffscreen(known->box);
    return state;
}

void* ControlAccessible::interface_cast(QAccessible::InterfaceType type) {
    return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
}

QStringList ControlAccessible::actionNames() const {
    return {pressAction(), setFocusAction()};
}

void ControlAccessible::doAction(const QString& name) {
    const std::optional<Control> known = control();
    if (!known) return;
    const TranscriptAccess& access = voice_.access();
    if (name == pressAction()) return access.actions.activate(known->target);
    if (name != setFocusAction()) return;
    access.view.setFocus(Qt::OtherFocusReason);
    access.focus.set(voice_.indexOf(messageId_), number_);
    access.reveal(known->box.top(), known->box.bottom());
    voice_.focusMoved();
}

QStringList ControlAccessible::keyBindingsForAction(const QString& name) const {
    if (name != pressAction()) return {};
    return {QKeySequence(Qt::Key_Return).toString(QKeySequence::NativeText)};
}

} // namespace ponder::ui
