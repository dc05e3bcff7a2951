#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ponder::fuzz {

/// One try: aborts or runs into a sanitizer if the code under test misbehaves. Defined by each fuzz target.
void tryInput(std::string_view input);

/// Well-formed inputs to begin with. Defined by each fuzz target.
std::vector<std::string> seeds();

} // namespace ponder::fuzz
