#pragma once

#include "engine/text/jinja/call_table.h"

namespace ponder::engine::jinja {

std::span<const FilterEntry> textFilters();
std::span<const FilterEntry> numberFilters();
std::span<const FilterEntry> sequenceFilters();
std::span<const FilterEntry> selectionFilters();

/// The attribute a filter was asked for: "a.b.0" looks up one after the other.
Value attributePath(Runtime& runtime, const Value& item, const Value& path, const Value* fallback);
/// Texts in lower case, anything else as it is: what sorting without regard to case compares.
Value withoutCase(Runtime& runtime, const Value& value);

} // namespace ponder::engine::jinja
