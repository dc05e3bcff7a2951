#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ponder::app {

/// The text that these bytes are: UTF-8, UTF-16 or UTF-32 with their marks, UTF-16 without, or else the
/// letters of Western Europe (Windows-1252). Line ends become \n, control characters other than tabs go.
/// Nothing for bytes that are no text.
std::optional<std::string> textFromBytes(std::string_view bytes);

} // namespace ponder::app
