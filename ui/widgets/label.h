#pragma once

#include "ui/theme.h"

#include <QLabel>

namespace ponder::ui {

/// Text in a style and a colour of the theme.
class Label : public QLabel {
    Q_OBJECT
public:
    Label(Theme& theme, TextStyle style, QColor Colours::*colour, QWidget* parent = nullptr);

    /// One line, with an ellipsis where there is no room; the whole text is the tool tip then.
    void setElided(const QString& text);

    void setColour(QColor Colours::*colour);

    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void takeTheme();

    Theme& theme_;
    TextStyle style_;
    QColor Colours::*colour_;
    bool elided_ = false;
};

} // namespace ponder::ui
