#pragma once

#include "ui/widgets/button.h"

#include <QDialog>

namespace ponder::ui {

class Theme;

/// What the small dialogs have in common: they stand on the theme's surface and follow it. UI thread only.
class SurfaceDialog : public QDialog {
    Q_OBJECT
public:
    SurfaceDialog(Theme& theme, QWidget* parent);

    /// As high as the buttons at the foot of a dialog are.
    Button* makeButton(ButtonLook look, const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;

    Theme& theme_;
};

} // namespace ponder::ui
