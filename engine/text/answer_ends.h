#pragma once

#include <string_view>

namespace ponder::engine {

/// Is this the name of a token that ends a turn? What files declare as their end is often only one of them.
bool isAnswerEnd(std::string_view name);

} // namespace ponder::engine
