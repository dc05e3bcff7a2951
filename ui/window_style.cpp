#include "ui/window_style.h"

#include <QApplication>
#include <QStyleFactory>

namespace ponder::ui {

WindowStyle::WindowStyle() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}

WindowStyle* WindowStyle::ofProgram() {
    return qobject_cast<WindowStyle*>(QApplication::style());
}

Motion WindowStyle::motion() const {
    switch (choice_) {
    case MotionChoice::System:
        return system_;
    case MotionChoice::Full:
        return Motion::Full;
    case MotionChoice::Reduced:
        return Motion::Reduced;
    }
    return system_;
}

int WindowStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                           QStyleHintReturn* data) const {
    if (hint == SH_Widget_Animation_Duration && motion() == Motion::Reduced) return 0;
    return QProxyStyle::styleHint(hint, option, widget, data);
}

} // namespace ponder::ui
