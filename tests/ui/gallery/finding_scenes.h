#pragma once

#include "tests/ui/gallery/scenes.h"

namespace ponder::ui {

/// Find in a chat, the search page, the palette.
std::vector<Scene> findingScenes();

} // namespace ponder::ui
