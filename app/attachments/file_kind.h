#pragma once

#include <string_view>

namespace ponder::app {

/// What a file is by its first bytes, in words for a person ("a PNG picture"); "a binary file" where nobody
/// here knows. `name` helps to tell what is in a zip.
std::string_view binaryKind(std::string_view firstBytes, std::string_view name);

bool isPdf(std::string_view firstBytes);

} // namespace ponder::app
