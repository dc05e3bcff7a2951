#pragma once

#include "engine/sampling/number_range.h"
#include "engine/sampling/schema_value.h"

#include <optional>

namespace ponder::engine {

/// The integers a schema allows by `minimum`, `exclusiveMaximum`, …; an empty range has least > most. Without
/// limits those of 18 digits. Throws Error for limits that are no numbers or have more digits, and for a
/// `multipleOf` other than 1.
NumberRange integersOf(const SchemaValue& schema, const std::string& where);

/// The same for numbers; none: no limits at all. With limits they have 15 digits in all, as many as every
/// reader tells apart, of which at most 6 stand behind the point, or as many as the limits have. `multipleOf`
/// may be 1, 0.1, 0.01, …
std::optional<NumberRange> numbersOf(const SchemaValue& schema, const std::string& where);

} // namespace ponder::engine
