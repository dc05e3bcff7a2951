#pragma once

#include "engine/text/jinja/text.h"

#include <cstdint>
#include <vector>

namespace ponder::engine::jinja {

struct WrapStyle {
    std::int64_t width = 79; ///< in characters, above 0
    bool breakLongWords = true;
    bool breakOnHyphens = true;
};

/// Lines of at most `width` characters, as Python's textwrap makes them of one paragraph without expanding
/// tabs.
std::vector<Text> wrapped(const Text& paragraph, const WrapStyle& style);

/// The text without <tags> and comments, with white space drawn together.
Text withoutTags(const Text& text);

} // namespace ponder::engine::jinja
