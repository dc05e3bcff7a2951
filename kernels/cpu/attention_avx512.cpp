#include "kernels/cpu/attend_splits.h"
#include "kernels/cpu/avx512.h"

namespace ponder::kernels {

namespace {

// Four queries by four positions at a time, or one by sixteen.
struct AttendAvx512 {
    static constexpr int lanes = 16, queries = 4;
    using Floats = __m512;

    PONDER_INLINE static Floats zero() { return _mm512_setzero_ps(); }
    PONDER_INLINE static Floats all(float x) { return _mm512_set1_ps(x); }
    PONDER_INLINE static Floats times(Floats x, Floats y) { return _mm512_mul_ps(x, y); }
    PONDER_INLINE static Floats plus(Floats sum, Floats x, Floats y) { return _mm512_fmadd_ps(x, y, sum); }
    PONDER_INLINE static Floats load(const float* x) { return _mm512_loadu_ps(x); }
    PONDER_INLINE static Floats loadHalves(const std::byte* x) { return _mm512_cvtph_ps(loadBytes(x)); }
    PONDER_INLINE static Floats loadLevels(const std::byte* x) {
        return _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(loadBytes16(x)));
    }
    PONDER_INLINE static void store(float* to, Floats x) { _mm512_storeu_ps(to, x); }

    PONDER_INLINE static __m128 sumOfEach(Floats a, Floats b, Floats c, Floats d) {
        const __m512 ab = _mm512_add_ps(_mm512_unpacklo_ps(a, b), _mm512_unpackhi_ps(a, b));
        const __m512 cd = _mm512_add_ps(_mm512_unpacklo_ps(c, d), _mm512_unpackhi_ps(c, d));
        const __m512 four = _mm512_add_ps(_mm512_shuffle_ps(ab, cd, 0x44), _mm512_shuffle_ps(ab, cd, 0xEE));
        const __m256 half = _mm256_add_ps(_mm512_castps512_ps256(four), _mm512_extractf32x8_ps(four, 1));
        return _mm_add_ps(_mm256_castps256_ps128(half), _mm256_extractf128_ps(half, 1));
    }
};

} // namespace

namespace avx512 {

void scoreHeads(const AttentionHead* heads, std::int64_t count, AttentionRange rows, float* scratch) {
    scoreTogether<AttendAvx512>(heads, count, rows, scratch);
}

void mixHeads(const AttentionHead* heads, std::int64_t count, AttentionRange columns, float* scratch) {
    mixTogether<AttendAvx512>(heads, count, columns, scratch);
}

void attendSplit(const AttentionHead* heads, std::int64_t count, std::int64_t split, float* answers) {
    splitTogether<AttendAvx512>(heads, count, split, answers);
}

} // namespace avx512

} // namespace ponder::kernels
