#pragma once

#include <string>

namespace ponder::engine {

/// Makes the folder and those above it where they are missing, the folder itself for its owner alone. False:
/// the system refused.
bool makePrivateFolder(const std::string& path);

} // namespace ponder::engine
