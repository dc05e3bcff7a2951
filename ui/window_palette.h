#pragma once

namespace ponder::ui {

class Theme;

/// Hands the theme to what Qt draws itself: file dialogs, tool tips, text cursors.
void applyToApplication(const Theme& theme);

} // namespace ponder::ui
