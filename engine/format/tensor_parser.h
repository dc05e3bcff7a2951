#pragma once

#include "engine/format/header_reader.h"
#include "engine/format/tensor.h"

#include <cstdint>
#include <vector>

namespace ponder::engine {

/// Reads `count` tensor descriptions. `fileOffset` of the result counts from the start of the data, whose
/// place is not known yet. Checks everything that does not depend on where the data lies. Throws GgufError.
std::vector<Tensor> parseTensors(HeaderReader& reader, std::uint64_t count);

/// Throws GgufError (Count, Limit) where a file cannot hold `count` tensors. Requires: the cursor stands
/// behind the count and another number.
void checkTensorCount(const HeaderReader& reader, std::uint64_t count);

} // namespace ponder::engine
