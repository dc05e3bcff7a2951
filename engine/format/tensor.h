#pragma once

#include "kernels/quant_blocks.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace ponder::engine {

/// A tensor as it lies in the memory map: a view, valid as long as its GgufFile. GGUF order: shape[0] is the
/// length of a contiguous row, the others count rows; missing dimensions are 1.
struct Tensor {
    std::string name;
    kernels::TensorType type = kernels::TensorType::F32;
    int dimensions = 0;
    std::array<std::int64_t, 4> shape{1, 1, 1, 1};
    const std::byte* bytes = nullptr; ///< null in a file that was only inspected
    std::uint64_t sizeBytes = 0;
    int part = 0;                 ///< which file of a split model
    std::uint64_t fileOffset = 0; ///< of the first byte in that file

    std::int64_t columns() const { return shape[0]; }
    std::int64_t rows() const { return shape[1]; }
    std::int64_t elements() const { return shape[0] * shape[1] * shape[2] * shape[3]; }
};

} // namespace ponder::engine
