#pragma once

#include "kernels/cpu/floats_avx512.h"
#include "kernels/cpu/word_products.h"

#include <bit>
#include <cstdint>

namespace ponder::kernels {
namespace {

/// What attention does with vectors of 16-bit numbers, two in a lane of 32 bits.
struct WordsAvx512 {
    using Pairs = __m512i;
    using Floats = __m512;

    PONDER_INLINE static Pairs zero() { return _mm512_setzero_si512(); }
    PONDER_INLINE static Pairs load(const std::int32_t* pairs) { return _mm512_loadu_si512(pairs); }
    PONDER_INLINE static void store(std::int32_t* to, Pairs pairs) { _mm512_storeu_si512(to, pairs); }
    PONDER_INLINE static Pairs all(std::int32_t pair) { return _mm512_set1_epi32(pair); }
    PONDER_INLINE static void addProducts(Pairs& sums, Pairs x, Pairs y) { addWordProducts(sums, x, y); }
    PONDER_INLINE static Floats toFloats(Pairs sums) { return _mm512_cvtepi32_ps(sums); }

    /// Lane by lane, the larger magnitude; that of what is no number above all others.
    PONDER_INLINE static Floats larger(Floats magnitude, Floats x) {
        const __m512i bits = _mm512_and_si512(_mm512_castps_si512(x), _mm512_set1_epi32(0x7FFFFFFF));
        return _mm512_castsi512_ps(_mm512_max_epi32(_mm512_castps_si512(magnitude), bits));
    }
    /// The same for two halves a lane, whose bits lie in the same order.
    PONDER_INLINE static Pairs largerHalves(Pairs magnitudes, const std::byte* halves) {
        const __m512i bits = _mm512_and_si512(_mm512_loadu_si512(halves), _mm512_set1_epi32(0x7FFF7FFF));
        return _mm512_max_epu16(magnitudes, bits);
    }
    PONDER_INLINE static Floats firstHalves(Pairs halves) {
        return _mm512_cvtph_ps(_mm512_castsi512_si256(halves));
    }
    PONDER_INLINE static Floats lastHalves(Pairs halves) {
        return _mm512_cvtph_ps(_mm512_extracti64x4_epi64(halves, 1));
    }
    PONDER_INLINE static Pairs rounded(Floats x) { return _mm512_cvtps_epi32(x); }
    /// Numbers of 16 bits in another order, always the same, for products of numbers that both lie in it.
    PONDER_INLINE static Pairs packed(Pairs first, Pairs second) { return _mm512_packs_epi32(first, second); }
    /// Words that lie one after the other, in that order.
    PONDER_INLINE static Pairs packed(const std::byte* words) {
        const __m512i order = _mm512_set_epi64(7, 3, 6, 2, 5, 1, 4, 0);
        return _mm512_permutexvar_epi64(order, _mm512_loadu_si512(words));
    }
    PONDER_INLINE static Pairs unpacked(Pairs packed) {
        return _mm512_permutexvar_epi64(_mm512_set_epi64(7, 5, 3, 1, 6, 4, 2, 0), packed);
    }
    /// Of two packed vectors the first parts, or the second ones, in order: lane by lane one of each.
    PONDER_INLINE static Pairs firstOfPacked(Pairs x, Pairs y) { return _mm512_unpacklo_epi16(x, y); }
    PONDER_INLINE static Pairs secondOfPacked(Pairs x, Pairs y) { return _mm512_unpackhi_epi16(x, y); }
    /// Of two vectors of whole numbers one of 16 bits, lane by lane, the first below.
    PONDER_INLINE static Pairs lanesOf(Pairs low, Pairs high) {
        return _mm512_mask_blend_epi16(0xAAAAAAAA, low, _mm512_slli_epi32(high, 16));
    }

    PONDER_INLINE static void transpose(Pairs (&rows)[16]) {
        Floats numbers[16];
#pragma GCC unroll 16
        for (int i = 0; i < 16; ++i) numbers[i] = _mm512_castsi512_ps(rows[i]);
        FloatsAvx512::transpose(numbers);
#pragma GCC unroll 16
        for (int i = 0; i < 16; ++i) rows[i] = _mm512_castps_si512(numbers[i]);
    }

    /// Lane i of the result is the largest magnitude in the i-th.
    PONDER_INLINE static Floats largestOfEach(const Floats (&magnitudes)[16]) {
        Floats fours[4];
#pragma GCC unroll 4
        for (int i = 0; i < 4; ++i) {
            const Floats* m = magnitudes + 4 * i;
            const Floats ab = larger(_mm512_unpacklo_ps(m[0], m[1]), _mm512_unpackhi_ps(m[0], m[1]));
            const Floats cd = larger(_mm512_unpacklo_ps(m[2], m[3]), _mm512_unpackhi_ps(m[2], m[3]));
            fours[i] = larger(_mm512_shuffle_ps(ab, cd, 0x44), _mm512_shuffle_ps(ab, cd, 0xEE));
        }
        Floats eights[2];
#pragma GCC unroll 2
        for (int i = 0; i < 2; ++i) {
            eights[i] = larger(_mm512_shuffle_f32x4(fours[2 * i], fours[2 * i + 1], 0x88),
                               _mm512_shuffle_f32x4(fours[2 * i], fours[2 * i + 1], 0xDD));
        }
        return larger(_mm512_shuffle_f32x4(eights[0], eights[1], 0x88),
                      _mm512_shuffle_f32x4(eights[0], eights[1], 0xDD));
    }
    PONDER_INLINE static float largest(Floats magnitudes) {
        // As whole numbers magnitudes are in the same order, and what is no number is above all.
        const __m512i bits = _mm512_castps_si512(magnitudes);
        return std::bit_cast<float>(_mm512_reduce_max_epi32(bits));
    }

    PONDER_INLINE static Floats sum(Floats x, Floats y) {
        return _mm512_add_ps(x, y);
    }
    PONDER_INLINE static Floats difference(Floats x, Floats y) {
        return _mm512_sub_ps(x, y);
    }
    /// The second where one is no number.
    PONDER_INLINE static Floats maximum(Floats x, Floats y) {
        return _mm512_max_ps(x, y);
    }
    /// As in vector_avx2.h, for what is not above zero; never less than e^-87.3.
    PONDER_INLINE static __m512 exponential(__m512 x) {
        x = _mm512_max_ps(_mm512_set1_ps(-87.3f), x); // in this order NaN comes out
        const __m512i whole = _mm512_cvtps_epi32(_mm512_mul_ps(x, _mm512_set1_ps(1.44269504088896341f)));
        const __m512 power = _mm512_cvtepi32_ps(whole);
        __m512 r = _mm512_fnmadd_ps(power, _mm512_set1_ps(0.693359375f), x);
        r = _mm512_fnmadd_ps(power, _mm512_set1_ps(-2.12194440e-4f), r);
        __m512 p = _mm512_set1_ps(1.9875691500e-4f);
        p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(1.3981999507e-3f));
        p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(8.3334519073e-3f));
        p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(4.1665795894e-2f));
        p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(1.6666665459e-1f));
        p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(5.0000001201e-1f));
        p = _mm512_fmadd_ps(p, _mm512_mul_ps(r, r), _mm512_add_ps(r, _mm512_set1_ps(1)));
        return _mm512_castsi512_ps(_mm512_add_epi32(_mm512_castps_si512(p), _mm512_slli_epi32(whole, 23)));
    }
};

} // namespace
} // namespace ponder::kernels
