#pragma once

#include "kernels/cpu/iq_tables.h"
#include "kernels/cpu/weights_q8_k.h"

#include <cstdint>

// How the types with codebooks (IQ1, IQ2, IQ3) and the ternary ones unpack, for products with Q8_K
// activations. The layouts are those of reference/dequantize_iq.cpp; scales are odd numbers, 2 · code + 1,
// and a block's unit makes up for it.
namespace ponder::kernels {
namespace {

// A chunk of 64 codes from two of 32.
template <class Type>
struct InHalves {
    template <int c>
    PONDER_INLINE static Codes codes(const std::uint8_t* block) {
        return {Type::half(block, 2 * c), Type::half(block, 2 * c + 1)};
    }
};

PONDER_INLINE std::uint64_t read64(const std::uint8_t* bytes) {
    std::uint64_t value;
    __builtin_memcpy(&value, bytes, sizeof value);
    return value;
}

PONDER_INLINE __m256i entries(const std::uint64_t* table, unsigned a, unsigned b, unsigned c, unsigned d) {
    return _mm256_setr_epi64x(static_cast<long long>(table[a]), static_cast<long long>(table[b]),
                              static_cast<long long>(table[c]), static_cast<long long>(table[d]));
}

// Eight entries of four values: a low byte each, and where `high` has bit i, 256 more.
PONDER_INLINE __m256i entries(const std::uint32_t* table, const std::uint8_t* low, unsigned high) {
    const auto entry = [&](int i) __attribute__((always_inline)) {
        return static_cast<int>(table[low[i] | (high >> i & 1) << 8]);
    };
    return _mm256_setr_epi32(entry(0), entry(1), entry(2), entry(3), entry(4), entry(5), entry(6), entry(7));
}

// All bits set where `bits` has the value's bit: byte i of it serves values 8i to 8i + 7.
PONDER_INLINE __m256i spreadBits(std::uint32_t bits) {
    const __m256i byteOfLane =
        _mm256_setr_epi64x(0, 0x0101010101010101, 0x0202020202020202, 0x0303030303030303);
    const __m256i bitOfLane = _mm256_set1_epi64x(static_cast<long long>(0x8040201008040201));
    const __m256i spread = _mm256_shuffle_epi8(_mm256_set1_epi32(static_cast<int>(bits)), byteOfLane);
    return _mm256_cmpeq_epi8(_mm256_and_si256(spread, bitOfLane), bitOfLane);
}

PONDER_INLINE __m256i withSigns(__m256i values, std::uint32_t signs) {
    const __m256i negative = spreadBits(signs);
    return _mm256_sub_epi8(_mm256_xor_si256(values, negative), negative);
}

// Four bytes of seven sign bits get their eighth, which makes the number of them even (see evenSigns).
PONDER_INLINE std::uint32_t evenSignBytes(std::uint32_t sevens) {
    std::uint32_t parity = sevens ^ sevens >> 4; // only a byte's lowest bit matters in the end
    parity ^= parity >> 2;
    parity ^= parity >> 1;
    return sevens | (parity & 0x01010101) << 7;
}

// The four sevens in the lower 28 bits of a word.
PONDER_INLINE std::uint32_t evenSignsOfWord(std::uint32_t word) {
    return evenSignBytes((word & 0x7F) | (word << 1 & 0x7F00) | (word << 2 & 0x7F0000) |
                         (word << 3 & 0x7F000000));
}

PONDER_INLINE Groups oddScales(__m256i sixteenCodes) {
    const __m256i doubled = _mm256_add_epi16(sixteenCodes, sixteenCodes);
    return {_mm256_add_epi16(doubled, _mm256_set1_epi16(1)), _mm256_setzero_si256()};
}

// Eight codes of 32 bits, each for two groups.
PONDER_INLINE Groups oddScalesOfEight(__m256i codes) {
    return oddScales(
        eachTwice(_mm_packs_epi32(_mm256_castsi256_si128(codes), _mm256_extracti128_si256(codes, 1))));
}

// Sixteen codes of four bits.
PONDER_INLINE Groups oddScalesOfNibbles(const std::uint8_t* packed) {
    const __m128i bytes = _mm_cvtepu8_epi16(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(packed)));
    const __m128i nibbles = _mm_and_si128(_mm_or_si128(bytes, _mm_slli_epi16(bytes, 4)), _mm_set1_epi8(15));
    return oddScales(_mm256_cvtepu8_epi16(nibbles));
}

struct SignedCodes {
    static constexpr int correction = 0;
    static constexpr bool isSigned = true, hasMinimum = false;
};

struct Iq2Xxs : SignedCodes, HalfAt<0, 8>, InHalves<Iq2Xxs> {
    static constexpr int bytes = 66, group = 32, safe = 2;
    PONDER_INLINE static Groups groups(const std::uint8_t* block) {
        const auto word = [&](int b) __attribute__((always_inline)) {
            return static_cast<int>(read32(block + 6 + 8 * b));
        };
        const __m256i words =
            _mm256_setr_epi32(word(0), word(1), word(2), word(3), word(4), word(5), word(6), word(7));
        return oddScalesOfEight(_mm256_srli_epi32(words, 28));
    }
    PONDER_INLINE static __m256i half(const std::uint8_t* block, int b) {
        const std::uint8_t* codes = block + 2 + 8 * b;
        return withSigns(entries(kIqTables.iq2Xxs, codes[0], codes[1], codes[2], codes[3]),
                         evenSignsOfWord(read32(codes + 4)));
    }
};

struct Iq2Xs : SignedCodes, HalfAt<0, 8>, InHalves<Iq2Xs> {
    static constexpr int bytes = 74, group = 16, safe = 2;
    PONDER_INLINE static Groups groups(const std::uint8_t* block) { return oddScalesOfNibbles(block + 66); }
    PONDER_INLINE static __m256i half(const std::uint8_t* block, int b) {
        const std::uint64_t words = read64(block + 2 + 8 * b);
        const auto entry = [&](int i) __attribute__((always_inline)) {
            return static_cast<unsigned>(words >> (16 * i) & 511);
        };
        const auto sevens = static_cast<std::uint32_t>((words >> 9 & 0x7F) | (words >> 17 & 0x7F00) |
                                                       (words >> 25 & 0x7F0000) | (words >> 33 & 0x7F000000));
        return withSigns(entries(kIqTables.iq2Xs, entry(0), entry(1), entry(2), entry(3)),
                         evenSignBytes(sevens));
    }
};

struct Iq2S : SignedCodes, HalfAt<0, 8>, InHalves<Iq2S> {
    static constexpr int bytes = 82, group = 16, safe = 2;
    PONDER_INLINE static Groups groups(const std::uint8_t* block) { return oddScalesOfNibbles(block + 74); }
    PONDER_INLINE static __m256i half(const std::uint8_t* block, int b) {
        const std::uint8_t* low = block + 2 + 4 * b;
        const unsigned high = block[66 + b];
        const auto entry = [&](int i) __attribute__((always_inline)) {
            return low[i] | (high >> (2 * i) & 3) << 8;
        };
        return withSigns(entries(kIqTables.iq2S, entry(0), entry(1), entry(2), entry(3)),
                         read32(block + 34 + 4 * b));
    }
};

struct Iq3Xxs : SignedCodes, HalfAt<0, 4>, InHalves<Iq3Xxs> {
    static constexpr int bytes = 98, group = 32, safe = 2;
    PONDER_INLINE static Groups groups(const std::uint8_t* block) {
        return oddScalesOfEight(_mm256_srli_epi32(loadBytes(block + 66), 28));
    }
    PONDER_INLINE static __m256i half(const std::uint8_t* block, int b) {
        return withSigns(entries(kIqTables.iq3Xxs, block + 2 + 8 * b, 0),
                         evenSignsOfWord(read32(block + 66 + 4 * b)));
    }
};

struct Iq3S : SignedCodes, HalfAt<0>, InHalves<Iq3S> {
    static constexpr int bytes = 110, group = 32, safe = 4;
    PONDER_INLINE static Groups groups(const std::uint8_t* block) {
        const __m256i places = _mm256_setr_epi32(0, 4, 8, 12, 16, 20, 24, 28);
        const __m256i packed = _mm256_set1_epi32(static_cast<int>(read32(block + 106)));
        return oddScalesOfEight(_mm256_and_si256(_mm256_srlv_epi32(packed, places), _mm256_set1_epi32(15)));
    }
    PONDER_INLINE static __m256i half(const std::uint8_t* block, int b) {
        return withSigns(entries(kIqTables.iq3S, block + 2 + 8 * b, block[66 + b]),
                         read32(block + 74 + 4 * b));
    }
};

// Codes are eight times a value of -1, 0 or 1, plus or minus the delta of 1/8.
struct Iq1S : SignedCodes, HalfAt<0, 8>, InHalves<Iq1S> {
    static constexpr int bytes = 50, group = 32, safe = 4;
    PONDER_INLINE static Groups groups(const std::uint8_t* block) {
        const __m128i words = loadBytes16(block + 34);
        return oddScales(eachTwice(_mm_and_si128(_mm_srli_epi16(words, 12), _mm_set1_epi16(7))));
    }
    PONDER_INLINE static __m256i half(const std::uint8_t* block, int b) {
        const std::uint8_t* low = block + 2 + 4 * b;
        const unsigned word = read16(block + 34 + 2 * b);
        const auto entry = [&](int i) __attribute__((always_inline)) {
            return low[i] | (word >> (3 * i) & 7) << 8;
        };
        const __m256i values = entries(kIqTables.iq1, entry(0), entry(1), entry(2), entry(3));
        return _mm256_add_epi8(values, _mm256_set1_epi8(word & 0x8000 ? -1 : 1));
    }
};

struct Iq1M : SignedCodes, InHalves<Iq1M> {
    static constexpr int bytes = 56, group = 16, safe = 4;
    PONDER_INLINE static __m256 blockScales(EightRows rows, std::int64_t offset) {
        const auto half = [&](int r) __attribute__((always_inline)) { // the top nibbles of four words
            const std::uint64_t words = read64(rows[r] + offset + 48);
            return static_cast<short>((words >> 12 & 0xF) | (words >> 24 & 0xF0) | (words >> 36 & 0xF00) |
                                      (words >> 48 & 0xF000));
        };
        const __m256 scales = _mm256_cvtph_ps(
            _mm_setr_epi16(half(0), half(1), half(2), half(3), half(4), half(5), half(6), half(7)));
        return _mm256_mul_ps(scales, _mm256_set1_ps(0.125f));
    }
    PONDER_INLINE static Groups groups(const std::uint8_t* block) {
        // Four codes of three bits a word: moved to the top of a lane each, then down.
        const __m256i words = _mm256_set1_epi64x(static_cast<long long>(read64(block + 48)));
        const __m256i wordOfLane = _mm256_setr_epi8(0, 1, 0, 1, 0, 1, 0, 1, 2, 3, 2, 3, 2, 3, 2, 3, //
                                                    4, 5, 4, 5, 4, 5, 4, 5, 6, 7, 6, 7, 6, 7, 6, 7);
        const __m256i factors = _mm256_set1_epi64x(0x0010'0080'0400'2000); // 2^(13 - 3k) in lane k of four
        const __m256i moved = _mm256_mullo_epi16(_mm256_shuffle_epi8(words, wordOfLane), factors);
        return oddScales(_mm256_srli_epi16(moved, 13));
    }
    PONDER_INLINE static __m256i half(const std::uint8_t* block, int b) {
        const std::uint8_t* low = block + 4 * b;
        const unsigned high = read16(block + 32 + 2 * b);
        const auto entry = [&](int i) __attribute__((always_inline)) {
            return low[i] | (high >> (4 * i) & 7) << 8;
        };
        const __m256i values = entries(kIqTables.iq1, entry(0), entry(1), entry(2), entry(3));
        const unsigned minus = high >> 3 & 0x1111; // bit 4i: the delta of entry i
        const std::uint32_t bytes =
            (minus & 1) | (minus & 0x10) << 4 | (minus & 0x100) << 8 | (minus & 0x1000) << 12;
        const __m256i negative = spreadBits(bytes * 255);
        return _mm256_add_epi8(values, _mm256_or_si256(negative, _mm256_set1_epi8(1)));
    }
};

// Codes 0, 1, 2 stand for -1, 0, 1; every group's scale is 1.
struct Ternary {
    static constexpr int group = 32, safe = 4, correction = 1;
    static constexpr bool isSigned = false, hasMinimum = false;
    PONDER_INLINE static Groups groups(const std::uint8_t*) {
        return {_mm256_set1_epi16(1), _mm256_set1_epi16(1)};
    }
};

struct Tq2_0 : Ternary, HalfAt<64> {
    static constexpr int bytes = 66;
    template <int c>
    PONDER_INLINE static Codes codes(const std::uint8_t* block) {
        const __m256i packed = loadBytes(block + 32 * (c / 2));
        return {and3(_mm256_srli_epi16(packed, 4 * (c % 2))),
                and3(_mm256_srli_epi16(packed, 4 * (c % 2) + 2))};
    }
};

struct Tq1_0 : Ternary, HalfAt<52> {
    static constexpr int bytes = 54;
    // Digit n of each byte: 3 · (3^n · byte mod 256) / 256, which is 1 from 86 on and 2 from 171 on.
    template <int n>
    PONDER_INLINE static __m256i digits(__m256i packed) {
#pragma GCC unroll 4
        for (int i = 0; i < n; ++i) packed = _mm256_add_epi8(packed, _mm256_add_epi8(packed, packed));
        const __m256i one = _mm256_set1_epi8(86), two = _mm256_set1_epi8(static_cast<char>(171));
        const __m256i fromOne = _mm256_cmpeq_epi8(_mm256_max_epu8(packed, one), packed);
        const __m256i fromTwo = _mm256_cmpeq_epi8(_mm256_max_epu8(packed, two), packed);
        return _mm256_abs_epi8(_mm256_add_epi8(fromOne, fromTwo));
    }
    // 160 codes in 32 bytes of five digits, 80 in the next 16, 16 in four bytes of four digits.
    template <int c>
    PONDER_INLINE static Codes codes(const std::uint8_t* block) {
        const __m256i first = loadBytes(block), second = _mm256_broadcastsi128_si256(loadBytes16(block + 32));
        if constexpr (c == 0) return {digits<0>(first), digits<1>(first)};
        if constexpr (c == 1) return {digits<2>(first), digits<3>(first)};
        if constexpr (c == 2)
            return {digits<4>(first), _mm256_blend_epi32(digits<0>(second), digits<1>(second), 0xF0)};
        const __m256i last = _mm256_set1_epi32(static_cast<int>(read32(block + 48)));
        const __m256i even = _mm256_blend_epi32(digits<0>(last), digits<1>(last), 0xAA);
        const __m256i odd = _mm256_blend_epi32(digits<2>(last), digits<3>(last), 0xAA);
        const __m256i tail = _mm256_blend_epi32(even, odd, 0xCC);
        return {_mm256_blend_epi32(digits<2>(second), digits<3>(second), 0xF0),
                _mm256_blend_epi32(digits<4>(second), tail, 0xF0)};
    }
};

} // namespace
} // namespace ponder::kernels
