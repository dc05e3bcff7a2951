#pragma once

#include "kernels/inline.h"

#include <cstdint>

namespace ponder::kernels {

/// Numbers that are multiplied as whole numbers of 16 bits have a scale for every 64 of them, which makes the
/// largest ±5792: so 64 products add up to less than 2^31.
constexpr std::int64_t kWordSegment = 64;
constexpr float kMostWord = 5792;

/// A segment on its own: its scale, a float, and its numbers, zeros behind the last.
constexpr std::int64_t kWordBlockBytes = 4 + 2 * kWordSegment;

/// Segments of so many numbers, the last perhaps with fewer.
PONDER_INLINE constexpr std::int64_t wordSegments(std::int64_t numbers) {
    return (numbers + kWordSegment - 1) / kWordSegment;
}

} // namespace ponder::kernels
