#pragma once

#include <QAccessible>

namespace ponder::ui {

/// What those elements of the transcript that hold no others, and no QObject is behind, answer alike.
class ChildlessAccessible : public QAccessibleInterface {
public:
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    void setText(QAccessible::Text, const QString&) override {}
};

} // namespace ponder::ui
