#pragma once

#include "kernels/inline.h"

#include <cstdint>
#include <immintrin.h>

/// Small steps that the AVX2 and AVX-512 files share. Included by nothing else.
namespace ponder::kernels {

PONDER_INLINE __m256i loadBytes(const void* address) {
    return _mm256_loadu_si256(static_cast<const __m256i*>(address));
}

PONDER_INLINE __m128i loadBytes16(const void* address) {
    return _mm_loadu_si128(static_cast<const __m128i*>(address));
}

PONDER_INLINE float horizontalSum(__m128 x) {
    x = _mm_add_ps(x, _mm_movehl_ps(x, x));
    return _mm_cvtss_f32(_mm_add_ss(x, _mm_movehdup_ps(x)));
}

PONDER_INLINE float horizontalSum(__m256 x) {
    return horizontalSum(_mm_add_ps(_mm256_castps256_ps128(x), _mm256_extractf128_ps(x, 1)));
}

PONDER_INLINE int horizontalSum(__m256i x) {
    __m128i sum = _mm_add_epi32(_mm256_castsi256_si128(x), _mm256_extracti128_si256(x, 1));
    sum = _mm_add_epi32(sum, _mm_unpackhi_epi64(sum, sum));
    return _mm_cvtsi128_si32(_mm_add_epi32(sum, _mm_shuffle_epi32(sum, 1)));
}

PONDER_INLINE double horizontalSum(__m256d x) {
    const __m128d sum = _mm_add_pd(_mm256_castpd256_pd128(x), _mm256_extractf128_pd(x, 1));
    return _mm_cvtsd_f64(_mm_add_sd(sum, _mm_unpackhi_pd(sum, sum)));
}

PONDER_INLINE float horizontalMaximum(__m256 x) {
    __m128 largest = _mm_max_ps(_mm256_castps256_ps128(x), _mm256_extractf128_ps(x, 1));
    largest = _mm_max_ps(largest, _mm_movehl_ps(largest, largest));
    return _mm_cvtss_f32(_mm_max_ss(largest, _mm_movehdup_ps(largest)));
}

/// All bits set in the first n of eight lanes, 0 <= n <= 8.
PONDER_INLINE __m256i firstLanes(int n) {
    return _mm256_cmpgt_epi32(_mm256_set1_epi32(n), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}

/// e^x within 2 units in the last place; 0 below -87.3, NaN stays NaN. The polynomial is Cephes' expf.
PONDER_INLINE __m256 exponential(__m256 x) {
    const __m256 lowest = _mm256_set1_ps(-87.3f);
    const __m256 vanishing = _mm256_cmp_ps(x, lowest, _CMP_LT_OQ);
    // In this order, NaN comes out of both.
    x = _mm256_min_ps(_mm256_set1_ps(88.3f), _mm256_max_ps(lowest, x));
    const __m256 power = _mm256_round_ps(_mm256_mul_ps(x, _mm256_set1_ps(1.44269504088896341f)),
                                         _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    __m256 r = _mm256_fnmadd_ps(power, _mm256_set1_ps(0.693359375f), x);
    r = _mm256_fnmadd_ps(power, _mm256_set1_ps(-2.12194440e-4f), r);
    __m256 p = _mm256_set1_ps(1.9875691500e-4f);
    p = _mm256_fmadd_ps(p, r, _mm256_set1_ps(1.3981999507e-3f));
    p = _mm256_fmadd_ps(p, r, _mm256_set1_ps(8.3334519073e-3f));
    p = _mm256_fmadd_ps(p, r, _mm256_set1_ps(4.1665795894e-2f));
    p = _mm256_fmadd_ps(p, r, _mm256_set1_ps(1.6666665459e-1f));
    p = _mm256_fmadd_ps(p, r, _mm256_set1_ps(5.0000001201e-1f));
    p = _mm256_fmadd_ps(p, _mm256_mul_ps(r, r), _mm256_add_ps(r, _mm256_set1_ps(1)));
    const __m256i exponent = _mm256_slli_epi32(_mm256_cvtps_epi32(power), 23);
    p = _mm256_castsi256_ps(_mm256_add_epi32(_mm256_castps_si256(p), exponent));
    return _mm256_andnot_ps(vanishing, p);
}

} // namespace ponder::kernels
