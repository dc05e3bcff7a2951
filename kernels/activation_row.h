#pragma once

#include "kernels/inline.h"
#include "kernels/matmul.h"
#include "kernels/words.h"

#include <cstddef>
#include <cstdint>

namespace ponder::kernels {

/// Where the parts of a converted row lie. All products read it through this view.
///   Q8_0: scales[columns / 32], sums[columns / 32] = scale · Σq, starts[columns / 32] = -128 · Σq,
///         values[columns]
///   Words: scales[segments], values[64 · segments], zeros behind the last column; segments = ⌈columns / 64⌉
///   Q8_K: scales[columns / 256], groupSums[columns / 16] = Σq, values[columns]
/// The sums serve the minimums and offsets of the weights: Σ(d·q + m)·a = d·Σq·a + m·Σa; the starts serve
/// signed weights that were moved up by 128 to be unsigned.
struct Q8_0Row {
    const float* scales;
    const float* sums;
    const std::int32_t* starts;
    const std::int8_t* values;
};

struct Q8_KRow {
    const float* scales;
    const std::int16_t* groupSums;
    const std::int8_t* values;
};

PONDER_INLINE Q8_0Row q8_0Row(const void* row, std::int64_t columns) {
    const auto* scales = static_cast<const float*>(row);
    const std::int64_t blocks = columns / 32;
    return {scales, scales + blocks, reinterpret_cast<const std::int32_t*>(scales + 2 * blocks),
            reinterpret_cast<const std::int8_t*>(scales + 3 * blocks)};
}

struct WordsRow {
    const float* scales;
    const std::int16_t* values;
};

PONDER_INLINE WordsRow wordsRow(const void* row, std::int64_t columns) {
    const auto* scales = static_cast<const float*>(row);
    return {scales, reinterpret_cast<const std::int16_t*>(scales + wordSegments(columns))};
}

PONDER_INLINE Q8_KRow q8_KRow(const void* row, std::int64_t columns) {
    const auto* scales = static_cast<const float*>(row);
    const auto* sums = reinterpret_cast<const std::int16_t*>(scales + columns / 256);
    return {scales, sums, reinterpret_cast<const std::int8_t*>(sums + columns / 16)};
}

/// Activations row `token` of a product.
PONDER_INLINE const void* activationRow(const MatmulRange& range, std::int64_t token) {
    const std::size_t bytes = activationRowBytes(activationFormat(range.type), range.columns);
    return static_cast<const std::byte*>(range.activations) + static_cast<std::size_t>(token) * bytes;
}

/// Weight row `row` of a product.
PONDER_INLINE const std::uint8_t* weightRow(const MatmulRange& range, std::int64_t row) {
    return static_cast<const std::uint8_t*>(range.weights) +
           static_cast<std::size_t>(row) * rowBytes(range.type, range.columns);
}

} // namespace ponder::kernels
