#pragma once

#include "engine/format/gguf_part.h"

#include <memory>
#include <string>
#include <vector>

namespace ponder::engine {

/// Opens the other parts of a model whose first part is given, `NAME-00001-of-0000N.gguf`; none for a whole
/// model. Throws GgufError (Split) where a part is missing or belongs to another model.
std::vector<std::unique_ptr<GgufPart>> openOtherParts(const GgufPart& first);

} // namespace ponder::engine
