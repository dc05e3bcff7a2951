#pragma once

#include "tests/ui/gallery/scenes.h"

namespace ponder::ui {

/// A chat and what surrounds it: empty, answering, failed, with menus, narrow.
std::vector<Scene> windowScenes();

} // namespace ponder::ui
