#pragma once

#include "engine/engine.h"

namespace ponder::engine {

/// What this process holds; zeros where the system does not tell.
ProcessMemory ownMemory();

} // namespace ponder::engine
