#pragma once

#include "kernels/half.h"
#include "kernels/inline.h"

#include <cstdint>
#include <cstring>

namespace ponder::kernels {

/// The 16 values of IQ4_NL and IQ4_XS.
inline constexpr std::int8_t kIq4Values[16] = {-127, -104, -83, -65, -49, -35, -22, -10,
                                               1,    13,   25,  38,  53,  69,  89,  113};

/// Sixteen values of four bits' codes.
struct CodeValues {
    std::int8_t values[16];
};

/// Those of IQ4 moved up by 128, to be read as unsigned bytes.
inline constexpr CodeValues kMovedIq4Values = [] {
    CodeValues moved{};
    for (int i = 0; i < 16; ++i) moved.values[i] = static_cast<std::int8_t>(kIq4Values[i] ^ -128);
    return moved;
}();

/// Twice the 16 values of a 4-bit float (E2M1): MXFP4 and NVFP4.
inline constexpr std::int8_t kFp4Values[16] = {0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12};

/// The same moved up by 12, to be unsigned: then four pairs of products fit into 16 bits.
inline constexpr std::int8_t kMovedFp4Values[16] = {12, 13, 14, 15, 16, 18, 20, 24,
                                                    12, 11, 10, 9,  8,  6,  4,  0};

PONDER_INLINE std::uint16_t read16(const std::uint8_t* bytes) {
    std::uint16_t value;
    std::memcpy(&value, bytes, sizeof value);
    return value;
}

PONDER_INLINE std::uint32_t read32(const std::uint8_t* bytes) {
    std::uint32_t value;
    std::memcpy(&value, bytes, sizeof value);
    return value;
}

PONDER_INLINE float readHalf(const std::uint8_t* bytes) {
    return halfToFloat(read16(bytes));
}

/// 2^(exponent - 128): half of MXFP4's scale, because kFp4Values are doubled. Built from its bits, so that
/// small exponents give the right subnormal whatever the processor does to subnormal results.
PONDER_INLINE float mxfp4Scale(std::uint8_t exponent) {
    const std::uint32_t bits = exponent < 2 ? 0x00200000u << exponent : (exponent - 1u) << 23;
    return std::bit_cast<float>(bits);
}

/// Scale and minimum of sub-block j (0-7) from the twelve packed bytes of Q4_K and Q5_K, six bits each.
struct ScaleAndMinimum {
    std::uint8_t scale;
    std::uint8_t minimum;
};

PONDER_INLINE ScaleAndMinimum scaleAndMinimum(const std::uint8_t* packed, int j) {
    if (j < 4) {
        return {static_cast<std::uint8_t>(packed[j] & 63), static_cast<std::uint8_t>(packed[j + 4] & 63)};
    }
    return {static_cast<std::uint8_t>((packed[j + 4] & 15) | packed[j - 4] >> 6 << 4),
            static_cast<std::uint8_t>(packed[j + 4] >> 4 | packed[j] >> 6 << 4)};
}

/// Scale of 16-group i (0-15) of Q3_K from its twelve packed bytes: -32 to 31.
PONDER_INLINE int q3KScale(const std::uint8_t* packed, int i) {
    const int low = i < 8 ? packed[i] & 15 : packed[i - 8] >> 4;
    const int high = packed[8 + i % 4] >> (2 * (i / 4)) & 3;
    return (low | high << 4) - 32;
}

/// Scale of 32-block b (0-7) of IQ4_XS: -32 to 31.
PONDER_INLINE int iq4XsScale(const std::uint8_t* block, int b) {
    const int low = block[4 + b / 2] >> (4 * (b % 2)) & 15;
    const int high = read16(block + 2) >> (2 * b) & 3;
    return (low | high << 4) - 32;
}

} // namespace ponder::kernels
