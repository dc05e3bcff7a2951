#pragma once

#include <QDialog>

namespace ponder::ui {

class Theme;

/// What Ponder is, its version, and every key.
class AboutDialog : public QDialog {
    Q_OBJECT
public:
    explicit AboutDialog(Theme& theme, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Theme& theme_;
};

} // namespace ponder::ui
