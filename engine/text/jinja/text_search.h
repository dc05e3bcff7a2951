#pragma once

#include "engine/text/jinja/text.h"

#include <optional>
#include <string_view>

namespace ponder::engine::jinja {

constexpr std::size_t kNotFound = std::string_view::npos;

/// Offsets in bytes; like string_view's find and rfind, but in linear time whatever is looked for.
std::size_t findFirst(std::string_view text, std::string_view wanted, std::size_t from = 0);
std::size_t findLast(std::string_view text, std::string_view wanted);
/// How often `wanted` occurs, not overlapping; between characters if it is empty.
std::size_t countOccurrences(std::string_view text, std::string_view wanted);

/// Python's str.replace; `most` below 0 replaces all.
Text replaced(const Text& text, const Text& old, const Text& replacement, std::int64_t most);

enum class Side { Left, Right, Both };
/// Python's strip, lstrip, rstrip; white space where no characters are given.
Text stripped(const Text& text, std::optional<std::string_view> characters, Side side);

/// Python's str.splitlines.
std::vector<Text> linesOf(const Text& text, bool keepEnds);

} // namespace ponder::engine::jinja
