#pragma once

#include "engine/format/gguf_problem.h"
#include "engine/format/safetensors_file.h"

#include <string_view>
#include <vector>

namespace ponder::engine {

/// Reads the JSON header of a safetensors file: names, types, shapes, and places in the data, which start at
/// 0 here. Checks everything that does not depend on the file's size; `place` is where messages say the
/// header is. Throws GgufError.
std::vector<SafetensorsEntry> parseSafetensorsHeader(std::string_view json, const FilePlace& place);

} // namespace ponder::engine
