#pragma once

#include "ui/widgets/button.h"

#include <QAccessible>
#include <QString>
#include <QTest>

#include <stdexcept>

namespace ponder::ui {

/// What a screen reader calls the widget.
inline QString spokenName(QWidget& widget) {
    QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(&widget);
    return spoken ? spoken->text(QAccessible::Name) : QString();
}

/// The part of `whole` that is called so; throws where there is none.
template <class Widget>
Widget& partNamed(QWidget& whole, const QString& name) {
    for (Widget* part : whole.findChildren<Widget*>()) {
        if (part->accessibleName() == name) return *part;
    }
    throw std::runtime_error("no part is called " + name.toStdString());
}

inline void click(QWidget& whole, const QString& button) {
    QTest::mouseClick(&partNamed<Button>(whole, button), Qt::LeftButton);
}

/// Shows the window and waits until the keyboard is in it.
inline void open(QWidget& window) {
    window.show();
    window.activateWindow();
    if (!QTest::qWaitForWindowActive(&window)) throw std::runtime_error("the window does not open");
}

} // namespace ponder::ui
