#pragma once

#include <QDialog>

namespace ponder::ui {

class Theme;

/// Every key of the window, as it is in force.
class ShortcutSheet : public QDialog {
    Q_OBJECT
public:
    explicit ShortcutSheet(Theme& theme, QWidget* parent = nullptr);

signals:
    void changeRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Theme& theme_;
};

} // namespace ponder::ui
