#pragma once

#include "ui/dialogs/surface_dialog.h"

namespace ponder::ui {

class Theme;

/// Asks before something that cannot be taken back. Enter and Escape cancel; only the button does it.
class ConfirmDialog : public SurfaceDialog {
    Q_OBJECT
public:
    struct Words {
        QString question;
        QString consequence;
        QString action; ///< on the button
    };
    ConfirmDialog(Theme& theme, const Words& words, QWidget* parent = nullptr);
};

} // namespace ponder::ui
