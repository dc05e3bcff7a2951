#pragma once

#include <string>
#include <string_view>

namespace ponder::engine::jinja {

/// The text of a string literal, without its quotes, with Python's escapes resolved. Throws Failure: an
/// escape that is cut off or names no character.
std::string resolveEscapes(std::string_view literal);

} // namespace ponder::engine::jinja
