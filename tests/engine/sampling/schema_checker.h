#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace ponder::engine {

/// What is wrong with `text` as an answer to a JSON schema, empty if nothing is: read by the letter of the
/// specification and by other means than the engine's, so that one checks the other. `oneOf` counts as
/// `anyOf`.
std::string schemaProblem(const nlohmann::json& schema, std::string_view text);

} // namespace ponder::engine
