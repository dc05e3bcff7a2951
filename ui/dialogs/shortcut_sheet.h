#pragma once

#include "ui/dialogs/surface_dialog.h"

namespace ponder::ui {

class Theme;

/// Every key of the window, as it is in force.
class ShortcutSheet : public SurfaceDialog {
    Q_OBJECT
public:
    explicit ShortcutSheet(Theme& theme, QWidget* parent = nullptr);

signals:
    void changeRequested();
};

} // namespace ponder::ui
