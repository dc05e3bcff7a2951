#pragma once

#include "kernels/quant_blocks.h"

#include <cstdint>

namespace ponder::kernels {

/// Whether quantizeRow can write this type.
bool canQuantize(TensorType type);

/// Writes `count` numbers of a row as blocks of `type`, so that dequantizeRow gives numbers close to them:
/// scales and codes are searched for the least squared error, weighted where the type has a few bits only
/// (quantizationWeight). Numbers must be finite; what a type's scales cannot reach is cut.
/// Requires: canQuantize(type), count is a multiple of the block. `blocks` may have any alignment.
void quantizeRow(TensorType type, const float* values, void* blocks, std::int64_t count);

} // namespace ponder::kernels
