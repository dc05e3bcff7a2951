#pragma once

#include "engine/text/jinja/runtime.h"

#include <string_view>

namespace ponder::engine::jinja {

/// The variables of a rendering from a JSON object. Every text in it is taken for content. Throws Failure.
DictRef contextFromJson(Runtime& runtime, std::string_view json);

} // namespace ponder::engine::jinja
