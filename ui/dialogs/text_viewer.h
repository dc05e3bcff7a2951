#pragma once

#include <QDialog>

namespace ponder::ui {

class Theme;

/// A text to read and copy, letter for letter: what was attached to a message.
class TextViewer : public QDialog {
    Q_OBJECT
public:
    TextViewer(Theme& theme, const QString& name, const QString& text, QWidget* parent);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Theme& theme_;
};

} // namespace ponder::ui
