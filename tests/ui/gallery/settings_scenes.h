#pragma once

#include "tests/ui/gallery/scenes.h"

namespace ponder::ui {

/// Every page of the settings, and the list of shortcuts.
std::vector<Scene> settingsScenes();

} // namespace ponder::ui
