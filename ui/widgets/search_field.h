#pragma once

#include <QLineEdit>

namespace ponder::ui {

class Theme;

enum class FieldLook {
    Bare,  ///< part of something that has a frame itself
    Framed ///< a border, in the accent colour while it has the keyboard
};

/// A line to write in what is looked for, with a magnifying glass before it.
class SearchField : public QLineEdit {
    Q_OBJECT
public:
    SearchField(Theme& theme, FieldLook look, QWidget* parent = nullptr);

    /// The placeholder, and what a screen reader calls the field.
    void setHint(const QString& hint);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void takeTheme();

    Theme& theme_;
    FieldLook look_;
};

} // namespace ponder::ui
