#pragma once

#include "ui/dialogs/surface_dialog.h"

namespace ponder::ui {

class Theme;

/// A text to read and copy, letter for letter: what was attached to a message.
class TextViewer : public SurfaceDialog {
    Q_OBJECT
public:
    TextViewer(Theme& theme, const QString& name, const QString& text, QWidget* parent);
};

} // namespace ponder::ui
