#pragma once

#include <string>
#include <string_view>

namespace ponder::engine {

/// `text` with every malformed sequence replaced by U+FFFD.
std::string validUtf8(std::string_view text);

} // namespace ponder::engine
