#pragma once

#include "engine/text/jinja/value.h"

#include <string_view>

namespace ponder::engine::jinja {

/// range, dict, namespace, cycler, joiner, raise_exception, strftime_now; null for any other name.
const Value* findGlobal(std::string_view name);

} // namespace ponder::engine::jinja
