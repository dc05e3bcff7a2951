#pragma once

#include <QWidget>

namespace ponder::ui {

class Theme;

/// A rounded box with a faint border, for what is said above the composer.
class Card : public QWidget {
    Q_OBJECT
public:
    explicit Card(Theme& theme, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;

    Theme& theme_;
};

} // namespace ponder::ui
