#pragma once

#include "engine/text/jinja/runtime.h"

#include <optional>

namespace ponder::engine::jinja {

/// How Python's json.dumps is asked to write.
struct JsonStyle {
    std::optional<Text> indent; ///< one level; empty: all on one line
    Text itemSeparator;
    Text keySeparator;
    bool onlyAscii = false;
    bool sortKeys = false;
};

/// Throws Failure: a value that JSON has no form for.
Text jsonOf(Runtime& runtime, const Value& value, const JsonStyle& style);

} // namespace ponder::engine::jinja
