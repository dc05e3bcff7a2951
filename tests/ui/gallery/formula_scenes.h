#pragma once

#include "tests/ui/gallery/scenes.h"

namespace ponder::ui {

/// Answers full of formulas.
std::vector<Scene> formulaScenes();

} // namespace ponder::ui
