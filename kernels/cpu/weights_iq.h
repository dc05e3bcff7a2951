#pragma once

#include "kernels/cpu/iq_tables.h"
#include "kernels/cpu/weights_q8_k.h"

#include <cstdint>

// How the types with codebooks (IQ1, IQ2, IQ3) and the ternary ones unpack, for products with Q8_K
// activations. The layouts are those of reference/dequantize_iq.cpp; scales are odd numbers, 2 · code + 1,
// and a block's unit makes up for it.
namespace ponder::kernels {
namespace {

PONDER_INLINE std::uint64_t read64(const std::uint8_t* bytes) {
    std::uint64_t value;
    __builtin_memcpy(&value, bytes, sizeof value);
    return value;
}

// Four entries of eight values.
template <class Index>
PONDER_INLINE __m256i entries(const std::uint64_t* table, const Index* index) {
    const auto entry = [&](int i) __attribute__((always_inline)) {
        return static_cast<long long>(table[index[i]]);
    };
    return _mm256_setr_epi64x(entry(0), entry(1), entry(2), entry(3));
}

// Eight entries of four values.
template <class Index>
PONDER_INLINE __m256i entries(const std::uint32_t* table, const Index* index) {
    const auto entry = [&](int i) __attribute__((always_inline)) {
        return static_cast<int>(table[index[i]]);
    };
    return _mm256_setr_epi32(entry(0), entry(1), entry(2), entry(3), entry(4), entry(5), entry(6), entry(7));
}

PONDER_INLINE void storeBytes(void* address, __m256i x) {
    _mm256_storeu_si256(static_cast<__m256i*>(address), x);
}

// Sixteen bytes, 16 bits each.
PONDER_INLINE __m256i wideBytes(const std::uint8_t* bytes) {
    return _mm256_cvtepu8_epi16(loadBytes16(bytes));
}

// Byte i of four, in the lanes of values 8i to 8i + 7.
PONDER_INLINE __m256i eightTimesEach(const std::uint8_t* four) {
    const __m256i byteOfLane =
        _mm256_setr_epi64x(0, 0x0101010101010101, 0x0202020202020202, 0x0303030303030303);
    return _mm256_shuffle_epi8(_mm256_set1_epi32(static_cast<int>(read32(four))), byteOfLane);
}

// All bits set where a value's bit is: four bytes, a bit a value.
PONDER_INLINE __m256i negativeOf(const std::uint8_t* signs) {
    const __m256i bitOfLane = _mm256_set1_epi64x(static_cast<long long>(0x8040201008040201));
    return _mm256_cmpeq_epi8(_mm256_and_si256(eightTimesEach(signs), bitOfLane), bitOfLane);
}

// Bytes of seven sign bits get their eighth, which makes the number of them even (see evenSigns).
PONDER_INLINE __m256i evenSignBytes(__m256i sevens) {
    constexpr char odd = -128;
    const __m256i topBits = _mm256_broadcastsi128_si256(
        _mm_setr_epi8(0, odd, odd, 0, odd, 0, 0, odd, odd, 0, 0, odd, 0, odd, odd, 0)); // of four bits
    const __m256i folded = and15(_mm256_xor_si256(sevens, _mm256_srli_epi16(sevens, 4)));
    return _mm256_or_si256(sevens, _mm256_shuffle_epi8(topBits, folded));
}

// Of the four sevens in the lower 28 bits of each word.
PONDER_INLINE __m256i evenSignsOfWords(__m256i words) {
    const auto seven = [](__m256i x, int mask) __attribute__((always_inline)) {
        return _mm256_and_si256(x, _mm256_set1_epi32(mask));
    };
    const __m256i low = _mm256_or_si256(seven(words, 0x7F), seven(_mm256_slli_epi32(words, 1), 0x7F00));
    const __m256i high = _mm256_or_si256(seven(_mm256_slli_epi32(words, 2), 0x7F0000),
                                         seven(_mm256_slli_epi32(words, 3), 0x7F000000));
    return evenSignBytes(_mm256_or_si256(low, high));
}

PONDER_INLINE Groups oddScales(__m256i sixteenCodes) {
    const __m256i doubled = _mm256_add_epi16(sixteenCodes, sixteenCodes);
    const __m256i scales = _mm256_add_epi16(doubled, _mm256_set1_epi16(1));
    return {scales, scales};
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

// IQ2 and IQ3: unsigned values from the codebook, and their signs. `Type` gives both for 32 columns.
template <class Type>
struct SignedEntries {
    static constexpr int correction = 0;
    static constexpr bool isSigned = true, hasMinimum = false;
    template <int c>
    PONDER_INLINE static Codes magnitudes(const auto& block) {
        return {Type::entriesOf(block, 2 * c), Type::entriesOf(block, 2 * c + 1)};
    }
    template <int c> // all bits set where a code is negative
    PONDER_INLINE static Codes negative(const auto& block) {
        return {negativeOf(Type::signsOf(block, 2 * c)), negativeOf(Type::signsOf(block, 2 * c + 1))};
    }
    template <int c>
    PONDER_INLINE static Codes codes(const auto& block) {
        const Codes values = magnitudes<c>(block), signs = negative<c>(block);
        return {negated(values.low, signs.low), negated(values.high, signs.high)};
    }
};

struct Iq2Xxs : HalfAt<0, 8>, SignedEntries<Iq2Xxs> {
    static constexpr int bytes = 66, group = 32, safe = 2;
    // Words of four entries and words of their signs and scale take turns.
    PONDER_INLINE static __m256i signWords(const std::uint8_t* block) {
        const __m256 first = _mm256_castsi256_ps(loadBytes(block + 2));
        const __m256 second = _mm256_castsi256_ps(loadBytes(block + 34));
        return _mm256_permute4x64_epi64(_mm256_castps_si256(_mm256_shuffle_ps(first, second, 0xDD)), 0xD8);
    }
    struct Opened {
        const std::uint8_t* block;
        alignas(32) std::uint8_t signs[32];
        PONDER_INLINE explicit Opened(const std::uint8_t* packed) : block(packed) {
            storeBytes(signs, evenSignsOfWords(signWords(packed)));
        }
    };
    PONDER_INLINE static Groups groups(const std::uint8_t* block) {
        return oddScalesOfEight(_mm256_srli_epi32(signWords(block), 28));
    }
    PONDER_INLINE static __m256i entriesOf(const Opened& opened, int b) {
        return entries(kIqTables.iq2Xxs, opened.block + 2 + 8 * b);
    }
    PONDER_INLINE static const std::uint8_t* signsOf(const Opened& opened, int b) {
        return opened.signs + 4 * b;
    }
};

struct Iq2Xs : HalfAt<0, 8>, SignedEntries<Iq2Xs> {
    static constexpr int bytes = 74, group = 16, safe = 2;
    struct Opened {
        alignas(32) std::uint16_t index[32];
        alignas(32) std::uint8_t signs[32];
        PONDER_INLINE explicit Opened(const std::uint8_t* block) {
            const __m256i first = loadBytes(block + 2), second = loadBytes(block + 34);
            storeBytes(index, _mm256_and_si256(first, _mm256_set1_epi16(511)));
            storeBytes(index + 16, _mm256_and_si256(second, _mm256_set1_epi16(511)));
            const __m256i sevens =
                _mm256_packus_epi16(_mm256_srli_epi16(first, 9), _mm256_srli_epi16(second, 9));
            storeBytes(signs, evenSignBytes(_mm256_permute4x64_epi64(sevens, 0xD8)));
        }
    };
    PONDER_INLINE static Groups groups(const std::uint8_t* block) { return oddScalesOfNibbles(block + 66); }
    PONDER_INLINE static __m256i entriesOf(const Opened& opened, int b) {
        return entries(kIqTables.iq2Xs, opened.index + 4 * b);
    }
    PONDER_INLINE static const std::uint8_t* signsOf(const Opened& opened, int b) {
        return opened.signs + 4 * b;
    }
};

struct Iq2S : HalfAt<0, 8>, SignedEntries<Iq2S> {
    static constexpr int bytes = 82, group = 16, safe = 2;
    struct Opened {
        const std::uint8_t* block;
        alignas(32) std::uint16_t index[32];
        PONDER_INLINE explicit Opened(const std::uint8_t* packed) : block(packed) {
            // Two high bits an entry, four entries a byte.
            const __m256i high = _mm256_set1_epi64x(static_cast<long long>(read64(packed + 66)));
            const __m256i byteOfLane =
                _mm256_setr_epi8(0, -1, 0, -1, 0, -1, 0, -1, 1, -1, 1, -1, 1, -1, 1, -1, //
                                 2, -1, 2, -1, 2, -1, 2, -1, 3, -1, 3, -1, 3, -1, 3, -1);
            const __m256i factors = _mm256_set1_epi64x(0x0004'0010'0040'0100); // to bits 8 and 9
            const auto store = [&](int at, __m256i bytes) __attribute__((always_inline)) {
                const __m256i moved = _mm256_mullo_epi16(_mm256_shuffle_epi8(high, bytes), factors);
                storeBytes(index + at, _mm256_or_si256(wideBytes(packed + 2 + at),
                                                       _mm256_and_si256(moved, _mm256_set1_epi16(0x300))));
            };
            store(0, byteOfLane);
            store(16, _mm256_add_epi8(byteOfLane, _mm256_set1_epi16(4)));
        }
    };
    PONDER_INLINE static Groups groups(const std::uint8_t* block) { return oddScalesOfNibbles(block + 74); }
    PONDER_INLINE static __m256i entriesOf(const Opened& opened, int b) {
        return entries(kIqTables.iq2S, opened.index + 4 * b);
    }
    PONDER_INLINE static const std::uint8_t* signsOf(const Opened& opened, int b) {
        return opened.block + 34 + 4 * b;
    }
};

struct Iq3Xxs : HalfAt<0, 4>, SignedEntries<Iq3Xxs> {
    static constexpr int bytes = 98, group = 32, safe = 2;
    struct Opened {
        const std::uint8_t* block;
        alignas(32) std::uint8_t signs[32];
        PONDER_INLINE explicit Opened(const std::uint8_t* packed) : block(packed) {
            storeBytes(signs, evenSignsOfWords(loadBytes(packed + 66)));
        }
    };
    PONDER_INLINE static Groups groups(const std::uint8_t* block) {
        return oddScalesOfEight(_mm256_srli_epi32(loadBytes(block + 66), 28));
    }
    PONDER_INLINE static __m256i entriesOf(const Opened& opened, int b) {
        return entries(kIqTables.iq3Xxs, opened.block + 2 + 8 * b);
    }
    PONDER_INLINE static const std::uint8_t* signsOf(const Opened& opened, int b) {
        return opened.signs + 4 * b;
    }
};

struct Iq3S : HalfAt<0>, SignedEntries<Iq3S> {
    static constexpr int bytes = 110, group = 32, safe = 4;
    struct Opened {
        const std::uint8_t* block;
        alignas(32) std::uint16_t index[64];
        PONDER_INLINE explicit Opened(const std::uint8_t* packed) : block(packed) {
            const __m256i bitOfLane = _mm256_setr_epi16(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048,
                                                        4096, 8192, 16384, -32768);
            for (int at = 0; at < 64; at += 16) {
                const __m256i high = _mm256_set1_epi16(static_cast<short>(read16(packed + 66 + at / 8)));
                const __m256i isSet = _mm256_cmpeq_epi16(_mm256_and_si256(high, bitOfLane), bitOfLane);
                storeBytes(index + at, _mm256_or_si256(wideBytes(packed + 2 + at),
                                                       _mm256_and_si256(isSet, _mm256_set1_epi16(0x100))));
            }
        }
    };
    PONDER_INLINE static Groups groups(const std::uint8_t* block) {
        const __m256i places = _mm256_setr_epi32(0, 4, 8, 12, 16, 20, 24, 28);
        const __m256i packed = _mm256_set1_epi32(static_cast<int>(read32(block + 106)));
        return oddScalesOfEight(_mm256_and_si256(_mm256_srlv_epi32(packed, places), _mm256_set1_epi32(15)));
    }
    PONDER_INLINE static __m256i entriesOf(const Opened& opened, int b) {
        return entries(kIqTables.iq3S, opened.index + 8 * b);
    }
    PONDER_INLINE static const std::uint8_t* signsOf(const Opened& opened, int b) {
        return opened.block + 74 + 4 * b;
    }
};

// IQ1: codes are eight times a value of -1, 0 or 1, plus or minus the delta of 1/8, moved up to be unsigned.
struct Iq1S : HalfAt<0, 8> {
    static constexpr int bytes = 50, group = 32, safe = 4, correction = 1;
    static constexpr bool isSigned = false, hasMinimum = false;
    struct Opened {
        alignas(32) std::uint16_t index[32];
        PONDER_INLINE explicit Opened(const std::uint8_t* block) {
            // Three high bits an entry, four entries a word.
            const __m256i words = _mm256_broadcastsi128_si256(loadBytes16(block + 34));
            const __m256i wordOfLane = _mm256_setr_epi8(0, 1, 0, 1, 0, 1, 0, 1, 2, 3, 2, 3, 2, 3, 2, 3, //
                                                        4, 5, 4, 5, 4, 5, 4, 5, 6, 7, 6, 7, 6, 7, 6, 7);
            const __m256i factors = _mm256_set1_epi64x(0x0001'0008'0040'0200); // to bits 9, 10 and 11
            const auto store = [&](int at, __m256i lanes) __attribute__((always_inline)) {
                const __m256i moved = _mm256_mullo_epi16(_mm256_shuffle_epi8(words, lanes), factors);
                const __m256i high = _mm256_srli_epi16(_mm256_and_si256(moved, _mm256_set1_epi16(0xE00)), 1);
                storeBytes(index + at, _mm256_or_si256(wideBytes(block + 2 + at), high));
            };
            store(0, wordOfLane);
            store(16, _mm256_add_epi8(wordOfLane, _mm256_set1_epi8(8)));
        }
    };
    PONDER_INLINE static Groups groups(const std::uint8_t* block) {
        const __m128i words = loadBytes16(block + 34);
        const Groups odd = oddScales(eachTwice(_mm_and_si128(_mm_srli_epi16(words, 12), _mm_set1_epi16(7))));
        // Codes were moved up by 8; one more or less is the delta, whose sign is a word's top bit.
        const __m128i isMinus = _mm_srai_epi16(words, 15);
        const __m128i moved = _mm_sub_epi16(_mm_set1_epi16(7), _mm_add_epi16(isMinus, isMinus));
        return {odd.scales, _mm256_mullo_epi16(odd.scales, eachTwice(moved))};
    }
    template <int c>
    PONDER_INLINE static Codes codes(const Opened& opened) {
        return {entries(kIqTables.iq1, opened.index + 8 * c),
                entries(kIqTables.iq1, opened.index + 8 * c + 4)};
    }
};

struct Iq1M {
    static constexpr int bytes = 56, group = 16, safe = 4, correction = 9;
    static constexpr bool isSigned = false, hasMinimum = false;
    struct Opened {
        alignas(32) std::uint16_t index[32];
        alignas(32) std::uint8_t deltas[32]; // 2 or 0: 1/8 more than -1/8, or none
        PONDER_INLINE explicit Opened(const std::uint8_t* block) {
            const __m256i packed =
                wideBytes(block + 32); // an entry's nibble: three high bits, the delta's sign
            const __m256i nibbles = and15(_mm256_or_si256(packed, _mm256_slli_epi16(packed, 4)));
            const __m256i two = _mm256_set1_epi8(2);
            storeBytes(deltas, _mm256_andnot_si256(_mm256_srli_epi16(nibbles, 2), two));
            const __m256i high = _mm256_and_si256(nibbles, _mm256_set1_epi8(7)), low = loadBytes(block);
            const __m256i even = _mm256_unpacklo_epi8(low, high), odd = _mm256_unpackhi_epi8(low, high);
            storeBytes(index, _mm256_permute2x128_si256(even, odd, 0x20));
            storeBytes(index + 16, _mm256_permute2x128_si256(even, odd, 0x31));
        }
    };
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
    template <int c>
    PONDER_INLINE static Codes codes(const Opened& opened) {
        return {half(opened, 2 * c), half(opened, 2 * c + 1)};
    }

private:
    PONDER_INLINE static __m256i half(const Opened& opened, int b) {
        return _mm256_add_epi8(entries(kIqTables.iq1, opened.index + 4 * b),
                               eightTimesEach(opened.deltas + 4 * b));
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
