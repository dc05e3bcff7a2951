#pragma once

#include <string_view>

namespace ponder::app {

/// Whether a link of a model's text may stay one in a file: web pages and mail addresses only.
bool isWebAddress(std::string_view address);

} // namespace ponder::app
