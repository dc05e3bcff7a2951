#pragma once

#include "kernels/inline.h"

#include <bit>
#include <cstdint>

namespace ponder::kernels {

/// IEEE half to float: exact, subnormals and NaN included.
PONDER_INLINE float halfToFloat(std::uint16_t half) {
    const std::uint32_t sign = static_cast<std::uint32_t>(half & 0x8000) << 16;
    const std::uint32_t exponent = (half >> 10) & 31;
    const std::uint32_t mantissa = half & 1023;
    if (exponent == 0) { // zero and subnormals: a multiple of 2^-24, which float holds exactly
        const float magnitude = static_cast<float>(mantissa) * 0x1p-24f;
        return std::bit_cast<float>(std::bit_cast<std::uint32_t>(magnitude) | sign);
    }
    const std::uint32_t wide = exponent == 31 ? 255 : exponent + 112;
    return std::bit_cast<float>(sign | wide << 23 | mantissa << 13);
}

/// Float to IEEE half, rounded to nearest even as the hardware does; too large becomes infinity, NaN stays
/// NaN.
PONDER_INLINE std::uint16_t floatToHalf(float value) {
    const std::uint32_t bits = std::bit_cast<std::uint32_t>(value);
    const auto sign = static_cast<std::uint16_t>(bits >> 16 & 0x8000);
    const std::uint32_t magnitude = bits & 0x7FFFFFFF;
    if (magnitude > 0x7F800000) return sign | 0x7E00 | (magnitude >> 13 & 0x3FF);
    if (magnitude >= 0x477FF000) return sign | 0x7C00; // 65520 and above
    if (magnitude < 0x38800000) {                      // below 2^-14: adding 1/2 leaves multiples of 2^-24
        const float shifted = std::bit_cast<float>(magnitude) + 0.5f;
        return sign | static_cast<std::uint16_t>(std::bit_cast<std::uint32_t>(shifted) - 0x3F000000);
    }
    const std::uint32_t odd = magnitude >> 13 & 1;
    return sign | static_cast<std::uint16_t>((magnitude - (112u << 23) + 0xFFF + odd) >> 13);
}

/// bfloat16 is the upper half of a float.
PONDER_INLINE float bfloatToFloat(std::uint16_t half) {
    return std::bit_cast<float>(static_cast<std::uint32_t>(half) << 16);
}

/// Float to bfloat16, rounded to nearest even; NaN stays NaN.
PONDER_INLINE std::uint16_t floatToBfloat(float value) {
    const std::uint32_t bits = std::bit_cast<std::uint32_t>(value);
    if ((bits & 0x7FFFFFFF) > 0x7F800000) return static_cast<std::uint16_t>(bits >> 16 | 0x40);
    return static_cast<std::uint16_t>((bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
}

} // namespace ponder::kernels
