#pragma once

#include "engine/text/jinja/runtime.h"

namespace ponder::engine::jinja {

/// Python's `format % values`: a tuple's items, a dict's entries, or one value.
Value formatPercent(Runtime& runtime, const String& format, const Value& values);
/// Python's format.format(*arguments, **arguments).
Value formatBraces(Runtime& runtime, const String& format, const Arguments& arguments);

/// So many spaces; none below 1.
Text spaces(Runtime& runtime, std::int64_t count);

/// How a value is to be shown: what both ways of formatting understand.
struct FormatSpec {
    std::string fill = " ";
    char align = '\0'; ///< < > = ^; 0: by type
    char sign = '-';   ///< - + or a space
    bool alternate = false;
    bool zeros = false;
    char grouping = '\0'; ///< , or _ between thousands
    std::int64_t width = 0;
    std::optional<std::int64_t> precision;
    char type = '\0';
};

/// A number in one of the types d o x X b c e E f F g G n %. Throws Failure: a type that does not go with it.
std::string formatNumber(const Value& number, const FormatSpec& spec);
/// Fills up to the width; signs and zeros as `spec` asks.
Text padded(Runtime& runtime, const Text& text, const FormatSpec& spec, char standardAlign);

} // namespace ponder::engine::jinja
