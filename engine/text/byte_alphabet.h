#pragma once

#include <string>
#include <string_view>

namespace ponder::engine {

/// Appends the bytes that `text` spells in GPT-2's alphabet of printable characters (openai/gpt-2,
/// encoder.py, bytes_to_unicode), or `text` itself where a character is not of that alphabet.
void appendAlphabetBytes(std::string_view text, std::string& bytes);

} // namespace ponder::engine
