#pragma once

#include "tests/ui/gallery/scenes.h"

namespace ponder::ui {

/// What is opened over a chat: its versions, its tokens, its context, its own settings, imports, errors.
std::vector<Scene> dialogScenes();

} // namespace ponder::ui
