#pragma once

#include <string>
#include <string_view>

namespace ponder::engine {

/// A regular expression for strings of a `format` of JSON Schema, for `stringsMatching`; empty: there is
/// none. What it allows is right by the format's definition, but not all that would be: years from 1000 to
/// 2999, IPv6 addresses in full, web addresses with http or https.
std::string_view patternOfFormat(std::string_view format);

/// The names of all, for a person: "date, time, …".
std::string knownFormats();

} // namespace ponder::engine
