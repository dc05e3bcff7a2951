#pragma once

#include "kernels/cpu/row_panels.h"

namespace ponder::kernels {
namespace {

// The steps of a product that differ between instruction sets, as AVX2 does them. Unsigned weights times
// signed activations: maddubs adds two products in 16 bits, so the largest pair must stay below 2^15; `safe`
// says how many pairs are added before that is widened to 32 bits (never more than four: longer runs are
// slower, for want of registers). Signed weights pass their sign to the activation.
struct Avx2 {
    static constexpr int lanes = 8;
    using Integers = __m256i;
    using Floats = __m256;

    PONDER_INLINE static Integers zeros() { return _mm256_setzero_si256(); }
    PONDER_INLINE static Floats zero() { return _mm256_setzero_ps(); }
    PONDER_INLINE static Floats load(const float* x) { return _mm256_loadu_ps(x); }
    PONDER_INLINE static Floats loadHalves(const std::uint8_t* x) { return _mm256_cvtph_ps(loadBytes16(x)); }
    PONDER_INLINE static Floats loadBfloats(const std::uint8_t* x) {
        return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(loadBytes16(x)), 16));
    }

    PONDER_INLINE static void storeFirst(float* output, Floats x, int n) {
        if (n == lanes)
            _mm256_storeu_ps(output, x);
        else
            _mm256_maskstore_ps(output, firstLanes(n), x);
    }

    PONDER_INLINE static float sum(Floats x) { return horizontalSum(x); }
    PONDER_INLINE static Floats toFloats(Integers x) { return _mm256_cvtepi32_ps(x); }
    PONDER_INLINE static Floats times(Floats x, float factor) {
        return _mm256_mul_ps(x, _mm256_set1_ps(factor));
    }
    // sum + x · y and sum - x · y, rounded once.
    PONDER_INLINE static Floats plus(Floats sum, Floats x, Floats y) { return _mm256_fmadd_ps(x, y, sum); }
    PONDER_INLINE static Floats plus(Floats sum, Floats x, float y) {
        return plus(sum, x, _mm256_set1_ps(y));
    }
    PONDER_INLINE static Floats minus(Floats sum, Floats x, Floats y) { return _mm256_fnmadd_ps(x, y, sum); }
    PONDER_INLINE static Integers minus(Integers sum, Integers x, int y) {
        return _mm256_sub_epi32(sum, _mm256_mullo_epi32(x, _mm256_set1_epi32(y)));
    }

    template <bool isSigned>
    PONDER_INLINE static __m256i pairs(__m256i weights, __m256i activations) {
        if constexpr (!isSigned) return _mm256_maddubs_epi16(weights, activations);
        return _mm256_maddubs_epi16(_mm256_abs_epi8(weights), _mm256_sign_epi8(activations, weights));
    }

    // sums + Σ weights · activations · scales, the scales in 16 bits.
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

    // sums + ours · theirs, where a lane of ours holds two numbers of 16 bits and `theirs` is the same two
    // for all.
    PONDER_INLINE static Integers addPairs(Integers sums, Integers ours, std::int32_t theirs) {
        return _mm256_add_epi32(sums, _mm256_madd_epi16(ours, _mm256_set1_epi32(theirs)));
    }

    // sums += Σ weights · activations · scales for `vectors` vectors of a panel with one scale a row: lane r
    // holds four weights of row r, and every lane meets the same four activations.
    template <int vectors, int safe, bool isSigned, int tokens>
    PONDER_INLINE static void addPanel(Integers (&sums)[tokens], const Integers* weights,
                                       const std::int8_t* const (&activations)[tokens], std::int64_t at,
                                       Integers scales) {
        constexpr int run = safe < vectors ? safe : vectors;
#pragma GCC unroll 8
        for (int v = 0; v < vectors; v += run) {
            __m256i products[tokens];
#pragma GCC unroll 8
            for (int u = v; u < v + run; ++u) {
                const __m256i ours = weights[u];
#pragma GCC unroll 4
                for (int t = 0; t < tokens; ++t) {
                    const __m256i theirs = _mm256_set1_epi32(fourActivations(activations[t] + at + 4 * u));
                    const __m256i product = pairs<isSigned>(ours, theirs);
                    products[t] = u == v ? product : _mm256_add_epi16(products[t], product);
                }
            }
#pragma GCC unroll 4
            for (int t = 0; t < tokens; ++t) {
                sums[t] = _mm256_add_epi32(sums[t], _mm256_madd_epi16(products[t], scales));
            }
        }
    }

    // sums = Σ weights · activations.
    template <int vectors, int safe, bool isSigned, int tokens>
    PONDER_INLINE static void multiplyPanel(Integers (&sums)[tokens], const Integers* weights,
                                            const std::int8_t* const (&activations)[tokens],
                                            std::int64_t at) {
#pragma GCC unroll 4
        for (int t = 0; t < tokens; ++t) sums[t] = zeros();
        addPanel<vectors, safe, isSigned>(sums, weights, activations, at, _mm256_set1_epi16(1));
    }
};

} // namespace
} // namespace ponder::kernels
