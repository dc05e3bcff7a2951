#pragma once

#include "engine/text/jinja/call_table.h"

namespace ponder::engine::jinja {

std::span<const MethodEntry> stringMethods();
std::span<const MethodEntry> stringTestMethods();

/// str.replace, as a value with the html flag of `string`.
Value replacedString(Runtime& runtime, const Value& string, const Text& old, const Text& replacement,
                     std::int64_t most);

} // namespace ponder::engine::jinja
