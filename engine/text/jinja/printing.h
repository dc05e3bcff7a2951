#pragma once

#include "engine/text/jinja/runtime.h"

namespace ponder::engine::jinja {

/// Appends Python's str(value).
void printTo(Runtime& runtime, Text& out, const Value& value);
/// Appends Python's repr(value).
void representTo(Runtime& runtime, Text& out, const Value& value);
/// str(value); the text itself where it is one.
Text textOf(Runtime& runtime, const Value& value);
/// As textOf, as a value. A string stays what it is, escaped or not.
Value stringOf(Runtime& runtime, const Value& value);
/// repr of a float: the shortest digits that give it back.
std::string floatText(double value);

} // namespace ponder::engine::jinja
