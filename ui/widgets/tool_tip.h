#pragma once

#include <QString>

namespace ponder::ui {

/// `text` as a tool tip that shows it letter for letter: Qt would take what looks like HTML for HTML.
QString plainToolTip(const QString& text);

} // namespace ponder::ui
