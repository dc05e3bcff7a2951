#pragma once

#include "engine/text/jinja/syntax.h"

#include <string_view>

namespace ponder::engine::jinja {

/// Parses a template. Throws SyntaxFailure: not Jinja, a filter or test there is none of, nested too deep.
Program parse(std::string_view source);

} // namespace ponder::engine::jinja
