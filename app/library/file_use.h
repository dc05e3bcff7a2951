#pragma once

#include <string>
#include <vector>

namespace ponder::app {

/// The other programs that have one of the files open or mapped, as far as the system tells us: their names,
/// each once.
std::vector<std::string> programsUsing(const std::vector<std::string>& files);

} // namespace ponder::app
