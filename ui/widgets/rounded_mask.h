#pragma once

#include <QRegion>

namespace ponder::ui {

/// Whether what is translucent in a window shows what is behind it. On X11 without a compositor it is black.
bool isTranslucencyShown();

/// All pixels that a rounded box touches: no more is cut off than what would not be painted.
QRegion roundedMask(const QRect& box, int radius);

} // namespace ponder::ui
