#pragma once

#include <string_view>

namespace ponder::engine {

/// What a file that is no GGUF file looks like, from its first bytes: "a web page". Empty if nothing known.
std::string_view looksLike(std::string_view firstBytes);

} // namespace ponder::engine
