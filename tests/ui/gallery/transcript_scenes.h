#pragma once

#include "tests/ui/gallery/scenes.h"

namespace ponder::ui {

/// What the conversation looks like when it is used: scrolled, selected, edited, with every kind of block.
std::vector<Scene> transcriptScenes();

} // namespace ponder::ui
