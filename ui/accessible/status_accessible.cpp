#include "ui/accessible/status_accessible.h"

#include "ui/accessible/transcript_voice.h"

#include <QWidget>

namespace ponder::ui {

QWindow* StatusAccessible::window() const {
    return parent() ? parent()->window() : nullptr;
}

QAccessibleInterface* StatusAccessible::parent() const {
    return QAccessible::queryAccessibleInterface(&voice_.access().view);
}

QString StatusAccessible::text(QAccessible::Text which) const {
    return which == QAccessible::Name ? voice_.statusText() : QString();
}

QAccessible::State StatusAccessible::state() const {
    QAccessible::State state;
    state.readOnly = true;
    return state;
}

} // namespace ponder::ui
