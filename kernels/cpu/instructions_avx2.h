#pragma once

#include "kernels/cpu/row_panels.h"

namespace ponder::kernels {
namespace {

// The integer steps of a product, as AVX2 does them. Unsigned weights times signed activations: maddubs adds
// two products in 16 bits, so the largest pair must stay below 2^15; `safe` says how many pairs are added
// before that is widened to 32 bits (never more than four: longer runs are slower, for want of registers).
// Signed weights pass their sign to the activation.
struct Avx2 {
    template <bool isSigned>
    PONDER_INLINE static __m256i pairs(__m256i weights, __m256i activations) {
        if constexpr (!isSigned) return _mm256_maddubs_epi16(weights, activations);
        return _mm256_maddubs_epi16(_mm256_abs_epi8(weights), _mm256_sign_epi8(activations, weights));
    }

    // sums += Σ weights · activations · scales, the scales in 16 bits.
    template <bool isSigned>
    PONDER_INLINE static __m256i add(__m256i sums, __m256i weights, __m256i activations, __m256i scales) {
        return _mm256_add_epi32(sums, _mm256_madd_epi16(pairs<isSigned>(weights, activations), scales));
    }

    // Σ weights · activations of two vectors, in 32 bits.
    template <int safe, bool isSigned>
    PONDER_INLINE static __m256i addTwo(__m256i weights, __m256i activations, __m256i moreWeights,
                                        __m256i moreActivations) {
        const __m256i first = pairs<isSigned>(weights, activations);
        const __m256i second = pairs<isSigned>(moreWeights, moreActivations);
        const __m256i one = _mm256_set1_epi16(1);
        if constexpr (safe >= 2) return _mm256_madd_epi16(_mm256_add_epi16(first, second), one);
        return _mm256_add_epi32(_mm256_madd_epi16(first, one), _mm256_madd_epi16(second, one));
    }

    // sums += Σ weights · activations · scales for `vectors` vectors of a panel with one scale a row: lane r
    // holds four weights of row r, and every lane meets the same four activations.
    template <int vectors, int safe, bool isSigned, int tokens>
    PONDER_INLINE static void addPanel(__m256i (&sums)[tokens], const __m256i* weights,
                                       const std::int8_t* const (&activations)[tokens], std::int64_t at,
                                       __m256i scales) {
        constexpr int run = safe < vectors ? safe : vectors;
#pragma GCC unroll 8
        for (int v = 0; v < vectors; v += run) {
            __m256i products[tokens];
#pragma GCC unroll 8
            for (int u = v; u < v + run; ++u) {
                const __m256i ours = _mm256_load_si256(weights + u);
#pragma GCC unroll 4
                for (int t = 0; t < tokens; ++t) {
                    const __m256i product = pairs<isSigned>(ours, broadcastFour(activations[t] + at + 4 * u));
                    products[t] = u == v ? product : _mm256_add_epi16(products[t], product);
                }
            }
#pragma GCC unroll 4
            for (int t = 0; t < tokens; ++t) {
                sums[t] = _mm256_add_epi32(sums[t], _mm256_madd_epi16(products[t], scales));
            }
        }
    }
};

} // namespace
} // namespace ponder::kernels
