#pragma once

#include "tests/ui/gallery/scenes.h"

namespace ponder::ui {

/// The sidebar as it is used to keep chats in order: folders, several chats at once, archive, trash.
std::vector<Scene> keepingScenes();

} // namespace ponder::ui
