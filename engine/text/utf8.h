#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ponder::engine {

/// Length in bytes of the UTF-8 character `text` begins with, 0 if it begins with none (invalid, cut off or
/// empty). Surrogates, overlong forms and values above U+10FFFF are invalid (Unicode 15, table 3-7).
std::size_t utf8CharacterLength(std::string_view text);

/// Length of the longest prefix that is valid UTF-8.
std::size_t utf8ValidPrefix(std::string_view text);

/// How many bytes at the end are the beginning of a character whose rest may still come; 0 to 3.
std::size_t utf8IncompleteSuffix(std::string_view text);

/// `text` with every invalid sequence replaced by U+FFFD, one for each maximal subpart.
std::string utf8Repaired(std::string_view text);

} // namespace ponder::engine
