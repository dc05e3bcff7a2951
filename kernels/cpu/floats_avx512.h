#pragma once

#include "kernels/cpu/vector_avx2.h"

#include <cstddef>

namespace ponder::kernels {
namespace {

struct WordsAvx512;

// What attention and transposed products do with vectors of floats. Registers suffice for tiles of `queries`
// by four sums along the vectors, or `outerRows` by four vectors of sums of their own.
struct FloatsAvx512 {
    static constexpr int lanes = 16, queries = 4, outerRows = 6;
    using Floats = __m512;
    using Words = WordsAvx512;

    PONDER_INLINE static Floats zero() { return _mm512_setzero_ps(); }
    PONDER_INLINE static Floats all(float x) { return _mm512_set1_ps(x); }
    PONDER_INLINE static Floats times(Floats x, Floats y) { return _mm512_mul_ps(x, y); }
    PONDER_INLINE static Floats quotient(Floats x, Floats y) { return _mm512_div_ps(x, y); }
    PONDER_INLINE static Floats plus(Floats sum, Floats x, Floats y) { return _mm512_fmadd_ps(x, y, sum); }
    PONDER_INLINE static Floats load(const float* x) { return _mm512_loadu_ps(x); }
    PONDER_INLINE static Floats loadHalves(const std::byte* x) { return _mm512_cvtph_ps(loadBytes(x)); }
    PONDER_INLINE static Floats loadLevels(const std::byte* x) {
        return _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(loadBytes16(x)));
    }
    PONDER_INLINE static Floats loadWords(const std::byte* x) {
        return _mm512_cvtepi32_ps(_mm512_cvtepi16_epi32(loadBytes(x)));
    }
    PONDER_INLINE static void store(float* to, Floats x) { _mm512_storeu_ps(to, x); }

    PONDER_INLINE static __m128 sumOfEach(Floats a, Floats b, Floats c, Floats d) {
        const __m512 ab = _mm512_add_ps(_mm512_unpacklo_ps(a, b), _mm512_unpackhi_ps(a, b));
        const __m512 cd = _mm512_add_ps(_mm512_unpacklo_ps(c, d), _mm512_unpackhi_ps(c, d));
        const __m512 four = _mm512_add_ps(_mm512_shuffle_ps(ab, cd, 0x44), _mm512_shuffle_ps(ab, cd, 0xEE));
        const __m256 half = _mm256_add_ps(_mm512_castps512_ps256(four), _mm512_extractf32x8_ps(four, 1));
        return _mm_add_ps(_mm256_castps256_ps128(half), _mm256_extractf128_ps(half, 1));
    }
    PONDER_INLINE static void transpose(Floats (&rows)[16]) {
        // Four rows at a time: lane l of quarters[4 * g + i] is column 4 * l + i of rows 4 * g and on.
        Floats quarters[16];
#pragma GCC unroll 4
        for (int g = 0; g < 16; g += 4) {
            const __m512 ab = _mm512_unpacklo_ps(rows[g], rows[g + 1]);
            const __m512 AB = _mm512_unpackhi_ps(rows[g], rows[g + 1]);
            const __m512 cd = _mm512_unpacklo_ps(rows[g + 2], rows[g + 3]);
            const __m512 CD = _mm512_unpackhi_ps(rows[g + 2], rows[g + 3]);
            quarters[g] = _mm512_shuffle_ps(ab, cd, 0x44);
            quarters[g + 1] = _mm512_shuffle_ps(ab, cd, 0xEE);
            quarters[g + 2] = _mm512_shuffle_ps(AB, CD, 0x44);
            quarters[g + 3] = _mm512_shuffle_ps(AB, CD, 0xEE);
        }
#pragma GCC unroll 4
        for (int i = 0; i < 4; ++i) {
            const __m512 even = _mm512_shuffle_f32x4(quarters[i], quarters[4 + i], 0x88);
            const __m512 odd = _mm512_shuffle_f32x4(quarters[i], quarters[4 + i], 0xDD);
            const __m512 evenBelow = _mm512_shuffle_f32x4(quarters[8 + i], quarters[12 + i], 0x88);
            const __m512 oddBelow = _mm512_shuffle_f32x4(quarters[8 + i], quarters[12 + i], 0xDD);
            rows[i] = _mm512_shuffle_f32x4(even, evenBelow, 0x88);
            rows[4 + i] = _mm512_shuffle_f32x4(odd, oddBelow, 0x88);
            rows[8 + i] = _mm512_shuffle_f32x4(even, evenBelow, 0xDD);
            rows[12 + i] = _mm512_shuffle_f32x4(odd, oddBelow, 0xDD);
        }
    }
};

} // namespace
} // namespace ponder::kernels
