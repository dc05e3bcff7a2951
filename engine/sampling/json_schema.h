#pragma once

#include "engine/sampling/grammar.h"

#include <string_view>

namespace ponder::engine {

/// Compiles a JSON Schema (2020-12) to a grammar of JSON texts that satisfy it. Everything the grammar takes
/// is valid; not everything valid is taken: members come in the order of `properties`, further ones only
/// where `additionalProperties` is written or no `properties` are, further items likewise, and `oneOf` counts
/// as `anyOf`. Known: type, enum, const, anyOf, oneOf, allOf, $ref and $defs within the schema, properties,
/// required, additionalProperties, items, prefixItems, minItems, maxItems, minLength, maxLength, pattern
/// (string_pattern.h), format (string_formats.h), minimum, maximum, exclusiveMinimum, exclusiveMaximum,
/// multipleOf (1, 0.1, …), and what speaks to people. Throws Error that names anything else, what cannot be
/// kept exactly, what allows no value at all, and what is too large, each with the next step.
Grammar compileJsonSchema(std::string_view schema);

} // namespace ponder::engine
