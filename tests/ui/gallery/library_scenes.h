#pragma once

#include "tests/ui/gallery/scenes.h"

namespace ponder::ui {

/// The models: the list with a card, plans that fit and do not, what can be had, downloads.
std::vector<Scene> libraryScenes();

} // namespace ponder::ui
