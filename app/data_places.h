#pragma once

#include <vector>

#include "app/paths.h"
#include "ui/dialogs/window_facts.h"

namespace ponder::app {

/// Where the person's chats, settings and models lie, in words.
std::vector<ui::DataPlace> dataPlaces(const Paths& paths);

} // namespace ponder::app
