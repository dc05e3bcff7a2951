#pragma once

#include <QLineEdit>

namespace ponder::ui {

class Theme;

/// A field for a few words or a number, in the theme's colours.
class TextField : public QLineEdit {
    Q_OBJECT
public:
    explicit TextField(Theme& theme, QWidget* parent = nullptr);

private:
    void takeTheme();

    Theme& theme_;
};

} // namespace ponder::ui
