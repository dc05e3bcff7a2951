#pragma once

#include <string_view>

namespace ponder::engine {

/// The template of an architecture's family, for files without a usable one; ChatML where nothing better is
/// known.
std::string_view builtInTemplate(std::string_view architecture);

} // namespace ponder::engine
