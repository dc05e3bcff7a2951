#pragma once

#include "kernels/cpu/instructions_avx2.h"

namespace ponder::kernels {
namespace {

// The same steps with AVX-512 and VNNI: sixteen rows a panel, and four products added to 32 bits by one
// instruction. What works on packed blocks keeps vectors of 256 bits: unpacking two rows into one would cost
// more than it saves.
struct Avx512 {
    static constexpr int lanes = 16;
    using Integers = __m512i;
    using Floats = __m512;

    PONDER_INLINE static Integers zeros() { return _mm512_setzero_si512(); }
    PONDER_INLINE static Floats zero() { return _mm512_setzero_ps(); }
    PONDER_INLINE static Floats load(const float* x) { return _mm512_loadu_ps(x); }
    PONDER_INLINE static Floats loadHalves(const std::uint8_t* x) { return _mm512_cvtph_ps(loadBytes(x)); }
    PONDER_INLINE static Floats loadBfloats(const std::uint8_t* x) {
        return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(loadBytes(x)), 16));
    }

    PONDER_INLINE static void storeFirst(float* output, Floats x, int n) {
        _mm512_mask_storeu_ps(output, static_cast<__mmask16>((1u << n) - 1), x);
    }

    PONDER_INLINE static float sum(Floats x) {
        return horizontalSum(_mm256_add_ps(_mm512_castps512_ps256(x), _mm512_extractf32x8_ps(x, 1)));
    }
    PONDER_INLINE static Floats toFloats(Integers x) { return _mm512_cvtepi32_ps(x); }
    PONDER_INLINE static Floats times(Floats x, float factor) {
        return _mm512_mul_ps(x, _mm512_set1_ps(factor));
    }
    PONDER_INLINE static Floats plus(Floats sum, Floats x, Floats y) { return _mm512_fmadd_ps(x, y, sum); }
    PONDER_INLINE static Floats plus(Floats sum, Floats x, float y) {
        return plus(sum, x, _mm512_set1_ps(y));
    }
    PONDER_INLINE static Floats minus(Floats sum, Floats x, Floats y) { return _mm512_fnmadd_ps(x, y, sum); }
    PONDER_INLINE static Integers minus(Integers sum, Integers x, int y) {
        return _mm512_sub_epi32(sum, _mm512_mullo_epi32(x, _mm512_set1_epi32(y)));
    }

    template <bool isSigned>
    PONDER_INLINE static __m256i add(__m256i sums, __m256i weights, __m256i activations, __m256i scales) {
        return _mm256_dpwssd_epi32(sums, Avx2::pairs<isSigned>(weights, activations), scales);
    }

    // sums + Σ weights · activations of each lane's four.
    template <bool isSigned>
    PONDER_INLINE static __m256i addFours(__m256i sums, __m256i weights, __m256i activations) {
        if constexpr (!isSigned) return _mm256_dpbusd_epi32(sums, weights, activations);
        return _mm256_dpbusd_epi32(sums, _mm256_abs_epi8(weights), _mm256_sign_epi8(activations, weights));
    }

    template <int safe, bool isSigned>
    PONDER_INLINE static __m256i addTwo(__m256i weights, __m256i activations, __m256i moreWeights,
                                        __m256i moreActivations) {
        const __m256i first = addFours<isSigned>(_mm256_setzero_si256(), weights, activations);
        return addFours<isSigned>(first, moreWeights, moreActivations);
    }

    PONDER_INLINE static Integers addPairs(Integers sums, Integers ours, std::int32_t theirs) {
        return _mm512_dpwssd_epi32(sums, ours, _mm512_set1_epi32(theirs));
    }

    template <int vectors, int safe, bool isSigned, int tokens>
    PONDER_INLINE static void multiplyPanel(Integers (&sums)[tokens], const Integers* weights,
                                            const std::int8_t* const (&activations)[tokens],
                                            std::int64_t at) {
#pragma GCC unroll 4
        for (int t = 0; t < tokens; ++t) sums[t] = zeros();
#pragma GCC unroll 8
        for (int v = 0; v < vectors; ++v) {
            __m512i ours = weights[v];
            __mmask64 negative = 0;
            if constexpr (isSigned) {
                negative = _mm512_movepi8_mask(ours);
                ours = _mm512_abs_epi8(ours);
            }
#pragma GCC unroll 4
            for (int t = 0; t < tokens; ++t) {
                __m512i theirs = _mm512_set1_epi32(fourActivations(activations[t] + at + 4 * v));
                if constexpr (isSigned) theirs = _mm512_mask_sub_epi8(theirs, negative, zeros(), theirs);
                sums[t] = _mm512_dpbusd_epi32(sums[t], ours, theirs);
            }
        }
    }

    template <int vectors, int safe, bool isSigned, int tokens>
    PONDER_INLINE static void addPanel(Integers (&sums)[tokens], const Integers* weights,
                                       const std::int8_t* const (&activations)[tokens], std::int64_t at,
                                       Integers scales) {
        __m512i products[tokens];
        multiplyPanel<vectors, safe, isSigned>(products, weights, activations, at);
        const __m512i wide = _mm512_srai_epi32(scales, 16); // both halves of a lane hold its scale
#pragma GCC unroll 4
        for (int t = 0; t < tokens; ++t) {
            sums[t] = _mm512_add_epi32(sums[t], _mm512_mullo_epi32(products[t], wide));
        }
    }
};

} // namespace
} // namespace ponder::kernels
