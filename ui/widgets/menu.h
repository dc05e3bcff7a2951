#pragma once

#include "ui/icons.h"

#include <QMenu>

namespace ponder::ui {

class Theme;

/// A menu as the theme wants it. Made when it is opened, so it never outlives a change of the theme.
class Menu : public QMenu {
    Q_OBJECT
public:
    explicit Menu(Theme& theme, QWidget* parent = nullptr);

    QAction* add(Icon icon, const QString& text, const QKeySequence& shortcut = {});
    Menu* addSubmenu(Icon icon, const QString& text);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    Theme& theme_;
};

} // namespace ponder::ui
