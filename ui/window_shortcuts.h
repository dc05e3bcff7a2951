#pragma once

#include <QObject>

#include <vector>

class QShortcut;
class QWidget;

namespace ponder::ui {

enum class Command;

/// The keys of a window, always those in force.
class WindowShortcuts : public QObject {
    Q_OBJECT
public:
    explicit WindowShortcuts(QWidget* window);

signals:
    void pressed(Command command);

private:
    void rebuild();

    QWidget* window_;
    std::vector<QShortcut*> shortcuts_;
};

} // namespace ponder::ui
