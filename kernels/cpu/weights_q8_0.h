#pragma once

#include "kernels/cpu/row_panels.h"
#include "kernels/reference/block_codes.h"

#include <cstdint>

// How the types with blocks of 32 unpack, for products with Q8_0 activations. A weight is scale · code +
// offset. Blocks of two rows unpack together, one in each half of a vector. NVFP4 has a scale for every 16
// columns; blocks that hold more than one scale's numbers come apart into `parts`.
namespace ponder::kernels {
namespace {

struct TwoRows {
    __m256i low;  // codes 0 to 15 of both
    __m256i high; // codes 16 to 31; unused where a scale has 16
};

PONDER_INLINE __m256i loadTwo(const std::uint8_t* a, const std::uint8_t* b) {
    return _mm256_inserti128_si256(_mm256_castsi128_si256(loadBytes16(a)), loadBytes16(b), 1);
}

PONDER_INLINE TwoRows nibblesOfTwo(const std::uint8_t* a, const std::uint8_t* b) {
    const __m256i packed = loadTwo(a, b), mask = _mm256_set1_epi8(15);
    return {_mm256_and_si256(packed, mask), _mm256_and_si256(_mm256_srli_epi16(packed, 4), mask)};
}

// `value` where the bit of a code is set.
PONDER_INLINE TwoRows bitsOfTwo(const std::uint8_t* a, const std::uint8_t* b, char value) {
    const __m256i bits = _mm256_set_m128i(_mm_set1_epi32(static_cast<int>(read32(b))),
                                          _mm_set1_epi32(static_cast<int>(read32(a))));
    const __m256i mask = _mm256_set1_epi64x(static_cast<long long>(0x8040201008040201));
    const __m256i byteOfLow = _mm256_setr_epi64x(0, 0x0101010101010101, 0, 0x0101010101010101);
    const __m256i byteOfHigh = _mm256_add_epi8(byteOfLow, _mm256_set1_epi8(2));
    const auto spread = [&](__m256i bytes) __attribute__((always_inline)) {
        const __m256i bit = _mm256_and_si256(_mm256_shuffle_epi8(bits, bytes), mask);
        return _mm256_and_si256(_mm256_cmpeq_epi8(bit, mask), _mm256_set1_epi8(value));
    };
    return {spread(byteOfLow), spread(byteOfHigh)};
}

PONDER_INLINE TwoRows withFifthBits(TwoRows codes, const std::uint8_t* bitsOfA, const std::uint8_t* bitsOfB) {
    const TwoRows fifth = bitsOfTwo(bitsOfA, bitsOfB, 16);
    return {_mm256_or_si256(codes.low, fifth.low), _mm256_or_si256(codes.high, fifth.high)};
}

// 32 codes of two bits in eight bytes, the first code lowest.
PONDER_INLINE TwoRows pairsOfBitsOfTwo(const std::uint8_t* a, const std::uint8_t* b) {
    const auto eight = [](const std::uint8_t* x) __attribute__((always_inline)) {
        return _mm_loadl_epi64(reinterpret_cast<const __m128i*>(x));
    };
    const __m256i packed = _mm256_set_m128i(eight(b), eight(a)), mask = _mm256_set1_epi8(3);
    const __m256i fours =
        _mm256_unpacklo_epi8(packed, _mm256_srli_epi16(packed, 4)); // two codes each, in the lowest bits
    const __m256i even = _mm256_and_si256(fours, mask),
                  odd = _mm256_and_si256(_mm256_srli_epi16(fours, 2), mask);
    return {_mm256_unpacklo_epi8(even, odd), _mm256_unpackhi_epi8(even, odd)};
}

PONDER_INLINE TwoRows lookUpTwo(const std::int8_t* sixteenValues, const std::uint8_t* a,
                                const std::uint8_t* b) {
    const __m256i table = _mm256_broadcastsi128_si256(loadBytes16(sixteenValues));
    const TwoRows codes = nibblesOfTwo(a, b);
    return {_mm256_shuffle_epi8(table, codes.low), _mm256_shuffle_epi8(table, codes.high)};
}

struct OnePart {
    static constexpr int columns = 32, parts = 1, partBytes = 0;
};

struct HalfScale {
    PONDER_INLINE static __m256 scales(EightRows rows, std::int64_t at, std::int64_t) {
        return rowHalves(rows, at);
    }
};

// A byte of each row.
PONDER_INLINE __m256i rowBytesAt(EightRows rows, std::int64_t offset) {
    const auto byte = [&](int r) __attribute__((always_inline)) {
        return static_cast<int>(rows[r][offset]);
    };
    return _mm256_setr_epi32(byte(0), byte(1), byte(2), byte(3), byte(4), byte(5), byte(6), byte(7));
}

struct Q4_0 : OnePart, HalfScale {
    static constexpr int bytes = 18, safe = 4;
    static constexpr bool isSigned = false, hasOffset = true;
    PONDER_INLINE static __m256 offsets(EightRows, std::int64_t, __m256 scales) {
        return _mm256_mul_ps(scales, _mm256_set1_ps(-8));
    }
    PONDER_INLINE static TwoRows codes(const std::uint8_t* a, const std::uint8_t* b) {
        return nibblesOfTwo(a + 2, b + 2);
    }
};

struct Q4_1 : OnePart, HalfScale {
    static constexpr int bytes = 20, safe = 4;
    static constexpr bool isSigned = false, hasOffset = true;
    PONDER_INLINE static __m256 offsets(EightRows rows, std::int64_t at, __m256) {
        return rowHalves(rows, at + 2);
    }
    PONDER_INLINE static TwoRows codes(const std::uint8_t* a, const std::uint8_t* b) {
        return nibblesOfTwo(a + 4, b + 4);
    }
};

struct Q5_0 : OnePart, HalfScale {
    static constexpr int bytes = 22, safe = 4;
    static constexpr bool isSigned = false, hasOffset = true;
    PONDER_INLINE static __m256 offsets(EightRows, std::int64_t, __m256 scales) {
        return _mm256_mul_ps(scales, _mm256_set1_ps(-16));
    }
    PONDER_INLINE static TwoRows codes(const std::uint8_t* a, const std::uint8_t* b) {
        return withFifthBits(nibblesOfTwo(a + 6, b + 6), a + 2, b + 2);
    }
};

struct Q5_1 : OnePart, HalfScale {
    static constexpr int bytes = 24, safe = 4;
    static constexpr bool isSigned = false, hasOffset = true;
    PONDER_INLINE static __m256 offsets(EightRows rows, std::int64_t at, __m256) {
        return rowHalves(rows, at + 2);
    }
    PONDER_INLINE static TwoRows codes(const std::uint8_t* a, const std::uint8_t* b) {
        return withFifthBits(nibblesOfTwo(a + 8, b + 8), a + 4, b + 4);
    }
};

struct WithoutOffset {
    static constexpr bool hasOffset = false;
    PONDER_INLINE static __m256 offsets(EightRows, std::int64_t, __m256) { return _mm256_setzero_ps(); }
};

struct Q8_0 : OnePart, HalfScale, WithoutOffset {
    static constexpr int bytes = 34, safe = 1;
    static constexpr bool isSigned = true;
    PONDER_INLINE static TwoRows codes(const std::uint8_t* a, const std::uint8_t* b) {
        return {loadTwo(a + 2, b + 2), loadTwo(a + 18, b + 18)};
    }
};

struct Iq4Nl : OnePart, HalfScale, WithoutOffset {
    static constexpr int bytes = 18, safe = 1;
    static constexpr bool isSigned = true;
    PONDER_INLINE static TwoRows codes(const std::uint8_t* a, const std::uint8_t* b) {
        return lookUpTwo(kIq4Values, a + 2, b + 2);
    }
};

// As mxfp4Scale: exponents 0 and 1 give subnormal numbers.
PONDER_INLINE __m256 mxfp4Scales(__m256i exponents) {
    const __m256i one = _mm256_set1_epi32(1);
    const __m256i normal = _mm256_slli_epi32(_mm256_sub_epi32(exponents, one), 23);
    const __m256i subnormal = _mm256_sllv_epi32(_mm256_set1_epi32(0x00200000), exponents);
    return _mm256_castsi256_ps(_mm256_blendv_epi8(subnormal, normal, _mm256_cmpgt_epi32(exponents, one)));
}

struct Mxfp4 : OnePart {
    static constexpr int bytes = 17, safe = 4;
    static constexpr bool isSigned = false, hasOffset = true;
    PONDER_INLINE static __m256 scales(EightRows rows, std::int64_t at, std::int64_t) {
        return mxfp4Scales(rowBytesAt(rows, at));
    }
    PONDER_INLINE static __m256 offsets(EightRows, std::int64_t, __m256 scales) {
        return _mm256_mul_ps(scales, _mm256_set1_ps(-12));
    }
    PONDER_INLINE static TwoRows codes(const std::uint8_t* a, const std::uint8_t* b) {
        return lookUpTwo(kMovedFp4Values, a + 1, b + 1);
    }
};

// As nvfp4Scale, from a byte in each word: as an f16, E4M3 counts in parts of 256.
PONDER_INLINE __m256 nvfp4Scales(__m256i codes) {
    const __m256i seven = _mm256_and_si256(codes, _mm256_set1_epi32(0x7F));
    const __m256i isZero = _mm256_cmpeq_epi32(seven, _mm256_set1_epi32(0x7F));
    const __m256i halves = _mm256_slli_epi32(_mm256_andnot_si256(isZero, seven), 7);
    const __m128i packed =
        _mm_packus_epi32(_mm256_castsi256_si128(halves), _mm256_extracti128_si256(halves, 1));
    return _mm256_mul_ps(_mm256_cvtph_ps(packed), _mm256_set1_ps(128));
}

struct Nvfp4 : WithoutOffset {
    static constexpr int columns = 16, bytes = 36, parts = 4, partBytes = 8, safe = 4;
    static constexpr bool isSigned = true;
    PONDER_INLINE static __m256 scales(EightRows rows, std::int64_t at, std::int64_t part) {
        return nvfp4Scales(rowBytesAt(rows, at + part));
    }
    PONDER_INLINE static TwoRows codes(const std::uint8_t* a, const std::uint8_t* b) {
        const auto eight = [](const std::uint8_t* x) __attribute__((always_inline)) {
            return _mm_loadl_epi64(reinterpret_cast<const __m128i*>(x + 4));
        };
        const __m256i packed = _mm256_set_m128i(eight(b), eight(a)), mask = _mm256_set1_epi8(15);
        const __m256i nibbles = _mm256_and_si256(_mm256_unpacklo_epi64(packed, _mm256_srli_epi16(packed, 4)),
                                                 mask); // 0 to 7, then 8 to 15
        const __m256i table = _mm256_broadcastsi128_si256(loadBytes16(kFp4Values));
        return {_mm256_shuffle_epi8(table, nibbles), _mm256_setzero_si256()};
    }
};

// Bits: 1 stands for d, 0 for -d.
struct Q1_0 {
    static constexpr int columns = 32, bytes = 18, parts = 4, partBytes = 4, safe = 4;
    static constexpr bool isSigned = false, hasOffset = true;
    PONDER_INLINE static __m256 scales(EightRows rows, std::int64_t at, std::int64_t) {
        return _mm256_mul_ps(rowHalves(rows, at), _mm256_set1_ps(2));
    }
    PONDER_INLINE static __m256 offsets(EightRows, std::int64_t, __m256 scales) {
        return _mm256_mul_ps(scales, _mm256_set1_ps(-0.5f));
    }
    PONDER_INLINE static TwoRows codes(const std::uint8_t* a, const std::uint8_t* b) {
        return bitsOfTwo(a + 2, b + 2, 1);
    }
};

struct Q2_0 : HalfScale {
    static constexpr int columns = 32, bytes = 18, parts = 2, partBytes = 8, safe = 4;
    static constexpr bool isSigned = false, hasOffset = true;
    PONDER_INLINE static __m256 offsets(EightRows, std::int64_t, __m256 scales) {
        return _mm256_mul_ps(scales, _mm256_set1_ps(-1));
    }
    PONDER_INLINE static TwoRows codes(const std::uint8_t* a, const std::uint8_t* b) {
        return pairsOfBitsOfTwo(a + 2, b + 2);
    }
};

} // namespace
} // namespace ponder::kernels
