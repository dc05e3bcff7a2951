#pragma once

#include "kernels/quant_blocks.h"

#include <cstdint>

namespace ponder::kernels {

/// Whether weights may be stored in this type: every type that dequantizeRow and matmul accept.
bool isWeightType(TensorType type);

/// Writes `count` numbers of a row as floats, each equal, bit for bit, to what ggml's dequantisers give.
/// Requires: isWeightType(type), count is a multiple of the block; `blocks` may have any alignment.
void dequantizeRow(TensorType type, const void* blocks, float* values, std::int64_t count);

} // namespace ponder::kernels
