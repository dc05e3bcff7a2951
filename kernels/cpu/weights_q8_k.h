#pragma once

#include "kernels/cpu/row_panels.h"
#include "kernels/cpu/vector_avx2.h"
#include "kernels/reference/block_codes.h"

#include <cstdint>

// How the types with blocks of 256 unpack, for products with Q8_K activations. A weight is
//     d · scale(its group of 16) · code - m · correction(its group of 16),
// where m is the block's second f16 (hasMinimum), or a constant times d that moves unsigned codes to their
// place. Groups of 32 give their scale twice.
namespace ponder::kernels {
namespace {

struct Codes {
    __m256i low;  // 32 bytes
    __m256i high; // the next 32
};

struct Groups {
    __m256i scales;      // sixteen of 16 bits
    __m256i corrections; // likewise
};

PONDER_INLINE __m256i and15(__m256i x) {
    return _mm256_and_si256(x, _mm256_set1_epi8(15));
}
PONDER_INLINE __m256i and48(__m256i x) {
    return _mm256_and_si256(x, _mm256_set1_epi8(48));
}
PONDER_INLINE __m256i and3(__m256i x) {
    return _mm256_and_si256(x, _mm256_set1_epi8(3));
}

PONDER_INLINE __m256i negated(__m256i x, __m256i where) {
    return _mm256_sub_epi8(_mm256_xor_si256(x, where), where);
}

// A block as codes() reads it: where it lies, or what a type with a codebook makes of it first, for all its
// columns at once.
template <class Weights>
PONDER_INLINE auto opened(const std::uint8_t* block) {
    if constexpr (requires { typename Weights::Opened; })
        return typename Weights::Opened(block);
    else
        return block;
}

// d, an f16 at `at` in the block, counts in parts: a weight's unit is d / parts.
template <int at, int parts = 1>
struct HalfAt {
    PONDER_INLINE static __m256 blockScales(EightRows rows, std::int64_t offset) {
        const __m256 halves = rowHalves(rows, offset + at);
        if constexpr (parts == 1) return halves;
        return _mm256_mul_ps(halves, _mm256_set1_ps(1.0f / parts));
    }
};

// Eight numbers of 16 bits, each twice.
PONDER_INLINE __m256i eachTwice(__m128i x) {
    return _mm256_set_m128i(_mm_unpackhi_epi16(x, x), _mm_unpacklo_epi16(x, x));
}

// `mask` where bit `from` of a byte is set, mask being the bit `to`.
template <int from, int to>
PONDER_INLINE __m256i moveBit(__m256i x) {
    if constexpr (from < to)
        x = _mm256_slli_epi16(x, to - from);
    else
        x = _mm256_srli_epi16(x, from - to);
    return _mm256_and_si256(x, _mm256_set1_epi8(1 << to));
}

// The eight scales and eight minimums, six bits each, of Q4_K and Q5_K (see scaleAndMinimum).
PONDER_INLINE Groups sixBitGroups(const std::uint8_t* packed) {
    const std::uint32_t a = read32(packed), b = read32(packed + 4), c = read32(packed + 8);
    const std::uint32_t scalesHigh = (c & 0x0F0F0F0F) | (a >> 2 & 0x30303030);
    const std::uint32_t minimumsHigh = (c >> 4 & 0x0F0F0F0F) | (b >> 2 & 0x30303030);
    const auto scales = (a & 0x3F3F3F3F) | static_cast<std::uint64_t>(scalesHigh) << 32;
    const auto minimums = (b & 0x3F3F3F3F) | static_cast<std::uint64_t>(minimumsHigh) << 32;
    return {eachTwice(_mm_cvtepu8_epi16(_mm_cvtsi64_si128(static_cast<long long>(scales)))),
            eachTwice(_mm_cvtepu8_epi16(_mm_cvtsi64_si128(static_cast<long long>(minimums))))};
}

struct Q4_K : HalfAt<0> {
    static constexpr int bytes = 144, minimumAt = 2, group = 32, safe = 4, correction = 1;
    static constexpr bool isSigned = false, hasMinimum = true;
    PONDER_INLINE static Groups groups(const std::uint8_t* block) { return sixBitGroups(block + 4); }
    template <int c> // codes 64c to 64c + 63
    PONDER_INLINE static Codes codes(const std::uint8_t* block) {
        const __m256i packed = loadBytes(block + 16 + 32 * c);
        return {and15(packed), and15(_mm256_srli_epi16(packed, 4))};
    }
};

struct Q5_K : HalfAt<0> {
    static constexpr int bytes = 176, minimumAt = 2, group = 32, safe = 4, correction = 1;
    static constexpr bool isSigned = false, hasMinimum = true;
    PONDER_INLINE static Groups groups(const std::uint8_t* block) { return sixBitGroups(block + 4); }
    template <int c>
    PONDER_INLINE static Codes codes(const std::uint8_t* block) {
        const __m256i packed = loadBytes(block + 48 + 32 * c), fifth = loadBytes(block + 16);
        return {_mm256_or_si256(and15(packed), moveBit<2 * c, 4>(fifth)),
                _mm256_or_si256(and15(_mm256_srli_epi16(packed, 4)), moveBit<2 * c + 1, 4>(fifth))};
    }
};

// Codes are 0 to 63 and stand for -32 to 31.
struct Q6_K : HalfAt<208> {
    static constexpr int bytes = 210, group = 16, safe = 2, correction = 32;
    static constexpr bool isSigned = false, hasMinimum = false;
    PONDER_INLINE static Groups groups(const std::uint8_t* block) {
        const __m256i scales = _mm256_cvtepi8_epi16(loadBytes16(block + 192));
        return {scales, scales};
    }
    template <int c>
    PONDER_INLINE static Codes codes(const std::uint8_t* block) {
        const std::uint8_t* low = block + 64 * (c / 2);
        const __m256i high = loadBytes(block + 128 + 32 * (c / 2));
        const __m256i first = loadBytes(low), second = loadBytes(low + 32);
        if constexpr (c % 2 == 0) {
            return {_mm256_or_si256(and15(first), and48(_mm256_slli_epi16(high, 4))),
                    _mm256_or_si256(and15(second), and48(_mm256_slli_epi16(high, 2)))};
        } else {
            return {_mm256_or_si256(and15(_mm256_srli_epi16(first, 4)), and48(high)),
                    _mm256_or_si256(and15(_mm256_srli_epi16(second, 4)), and48(_mm256_srli_epi16(high, 2)))};
        }
    }
};

struct Q2_K : HalfAt<80> {
    static constexpr int bytes = 84, minimumAt = 82, group = 16, safe = 4, correction = 1;
    static constexpr bool isSigned = false, hasMinimum = true;
    PONDER_INLINE static Groups groups(const std::uint8_t* block) {
        const __m128i packed = loadBytes16(block), mask = _mm_set1_epi8(15);
        return {_mm256_cvtepu8_epi16(_mm_and_si128(packed, mask)),
                _mm256_cvtepu8_epi16(_mm_and_si128(_mm_srli_epi16(packed, 4), mask))};
    }
    template <int c>
    PONDER_INLINE static Codes codes(const std::uint8_t* block) {
        const __m256i packed = loadBytes(block + 16 + 32 * (c / 2));
        return {and3(_mm256_srli_epi16(packed, 4 * (c % 2))),
                and3(_mm256_srli_epi16(packed, 4 * (c % 2) + 2))};
    }
};

// Codes are 0 to 7 and stand for -4 to 3.
struct Q3_K : HalfAt<108> {
    static constexpr int bytes = 110, group = 16, safe = 4, correction = 4;
    static constexpr bool isSigned = false, hasMinimum = false;
    PONDER_INLINE static Groups groups(const std::uint8_t* block) {
        const std::uint32_t a = read32(block + 96), b = read32(block + 100), high = read32(block + 104);
        constexpr std::uint32_t kLow = 0x0F0F0F0F, kHigh = 0x30303030;
        const __m128i scales = _mm_setr_epi32(static_cast<int>((a & kLow) | (high << 4 & kHigh)),
                                              static_cast<int>((b & kLow) | (high << 2 & kHigh)),
                                              static_cast<int>((a >> 4 & kLow) | (high & kHigh)),
                                              static_cast<int>((b >> 4 & kLow) | (high >> 2 & kHigh)));
        const __m256i wide = _mm256_cvtepi8_epi16(_mm_sub_epi8(scales, _mm_set1_epi8(32)));
        return {wide, wide};
    }
    template <int c>
    PONDER_INLINE static Codes codes(const std::uint8_t* block) {
        const __m256i high = loadBytes(block), packed = loadBytes(block + 32 + 32 * (c / 2));
        return {
            _mm256_or_si256(and3(_mm256_srli_epi16(packed, 4 * (c % 2))), moveBit<2 * c, 2>(high)),
            _mm256_or_si256(and3(_mm256_srli_epi16(packed, 4 * (c % 2) + 2)), moveBit<2 * c + 1, 2>(high))};
    }
};

struct Iq4Xs : HalfAt<0> {
    static constexpr int bytes = 136, group = 32, safe = 1, correction = 0;
    static constexpr bool isSigned = true, hasMinimum = false;
    PONDER_INLINE static Groups groups(const std::uint8_t* block) {
        // Four low bits a scale in 32 bits, two high bits a scale in 16 (see iq4XsScale).
        const __m256i places = _mm256_setr_epi32(0, 4, 8, 12, 16, 20, 24, 28);
        const __m256i low = _mm256_srlv_epi32(_mm256_set1_epi32(static_cast<int>(read32(block + 4))), places);
        const __m256i high =
            _mm256_srlv_epi32(_mm256_set1_epi32(read16(block + 2)), _mm256_srli_epi32(places, 1));
        const __m256i lowBits = _mm256_and_si256(low, _mm256_set1_epi32(15));
        const __m256i highBits = _mm256_slli_epi32(_mm256_and_si256(high, _mm256_set1_epi32(3)), 4);
        const __m256i scales = _mm256_sub_epi32(_mm256_or_si256(lowBits, highBits), _mm256_set1_epi32(32));
        const __m128i narrow =
            _mm_packs_epi32(_mm256_castsi256_si128(scales), _mm256_extracti128_si256(scales, 1));
        return {eachTwice(narrow), _mm256_setzero_si256()};
    }
    template <int c>
    PONDER_INLINE static Codes codes(const std::uint8_t* block) {
        const __m256i packed = loadBytes(block + 8 + 32 * c); // two blocks of 16 bytes
        const __m256i table = _mm256_broadcastsi128_si256(loadBytes16(kIq4Values));
        const __m256i low = _mm256_shuffle_epi8(table, and15(packed));
        const __m256i high = _mm256_shuffle_epi8(table, and15(_mm256_srli_epi16(packed, 4)));
        return {_mm256_permute2x128_si256(low, high, 0x20), _mm256_permute2x128_si256(low, high, 0x31)};
    }
};

} // namespace
} // namespace ponder::kernels
