#pragma once

#include "kernels/cpu/vector_avx2.h"

#include <cstddef>

namespace ponder::kernels {
namespace {

// What attention and transposed products do with vectors of floats. Registers suffice for tiles of `queries`
// by four sums along the vectors, or `outerRows` by four vectors of sums of their own.
struct FloatsAvx2 {
    static constexpr int lanes = 8, queries = 3, outerRows = 3;
    using Floats = __m256;
    using Words = void; // two products of 16 bits would take as long as those of floats

    PONDER_INLINE static Floats zero() { return _mm256_setzero_ps(); }
    PONDER_INLINE static Floats all(float x) { return _mm256_set1_ps(x); }
    PONDER_INLINE static Floats times(Floats x, Floats y) { return _mm256_mul_ps(x, y); }
    PONDER_INLINE static Floats plus(Floats sum, Floats x, Floats y) { return _mm256_fmadd_ps(x, y, sum); }
    PONDER_INLINE static Floats load(const float* x) { return _mm256_loadu_ps(x); }
    PONDER_INLINE static Floats loadHalves(const std::byte* x) { return _mm256_cvtph_ps(loadBytes16(x)); }
    PONDER_INLINE static Floats loadLevels(const std::byte* x) {
        return _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(x))));
    }
    PONDER_INLINE static Floats loadWords(const std::byte* x) {
        return _mm256_cvtepi32_ps(_mm256_cvtepi16_epi32(loadBytes16(x)));
    }
    PONDER_INLINE static void store(float* to, Floats x) { _mm256_storeu_ps(to, x); }

    // Lane i of the result is the sum of the i-th.
    PONDER_INLINE static __m128 sumOfEach(Floats a, Floats b, Floats c, Floats d) {
        const __m256 ab = _mm256_add_ps(_mm256_unpacklo_ps(a, b), _mm256_unpackhi_ps(a, b));
        const __m256 cd = _mm256_add_ps(_mm256_unpacklo_ps(c, d), _mm256_unpackhi_ps(c, d));
        const __m256 four = _mm256_add_ps(_mm256_shuffle_ps(ab, cd, 0x44), _mm256_shuffle_ps(ab, cd, 0xEE));
        return _mm_add_ps(_mm256_castps256_ps128(four), _mm256_extractf128_ps(four, 1));
    }
    PONDER_INLINE static void transpose(Floats (&rows)[8]) {
        // Four rows at a time: lane l of halves[4 * g + i] is column 4 * l + i of rows 4 * g and on.
        Floats halves[8];
#pragma GCC unroll 2
        for (int g = 0; g < 8; g += 4) {
            const __m256 ab = _mm256_unpacklo_ps(rows[g], rows[g + 1]);
            const __m256 AB = _mm256_unpackhi_ps(rows[g], rows[g + 1]);
            const __m256 cd = _mm256_unpacklo_ps(rows[g + 2], rows[g + 3]);
            const __m256 CD = _mm256_unpackhi_ps(rows[g + 2], rows[g + 3]);
            halves[g] = _mm256_shuffle_ps(ab, cd, 0x44);
            halves[g + 1] = _mm256_shuffle_ps(ab, cd, 0xEE);
            halves[g + 2] = _mm256_shuffle_ps(AB, CD, 0x44);
            halves[g + 3] = _mm256_shuffle_ps(AB, CD, 0xEE);
        }
#pragma GCC unroll 4
        for (int i = 0; i < 4; ++i) {
            rows[i] = _mm256_permute2f128_ps(halves[i], halves[4 + i], 0x20);
            rows[4 + i] = _mm256_permute2f128_ps(halves[i], halves[4 + i], 0x31);
        }
    }
};

} // namespace
} // namespace ponder::kernels
