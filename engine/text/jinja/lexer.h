#pragma once

#include "engine/text/jinja/token.h"

#include <string_view>
#include <vector>

namespace ponder::engine::jinja {

/// Cuts a template into tokens as jinja2 does with trim_blocks and lstrip_blocks; ends with an End token.
/// Throws SyntaxFailure.
std::vector<Token> tokenize(std::string_view source);

} // namespace ponder::engine::jinja
