#include "kernels/cpu/attend.h"
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

    PONDER_INLINE static Floats sumOfEach(const Floats (&sums)[lanes]) {
        Floats fours[4];
        for (int i = 0; i < 4; ++i) {
            const __m512 ab = _mm512_add_ps(_mm512_unpacklo_ps(sums[4 * i], sums[4 * i + 1]),
                                            _mm512_unpackhi_ps(sums[4 * i], sums[4 * i + 1]));
            const __m512 cd = _mm512_add_ps(_mm512_unpacklo_ps(sums[4 * i + 2], sums[4 * i + 3]),
                                            _mm512_unpackhi_ps(sums[4 * i + 2], sums[4 * i + 3]));
            fours[i] = _mm512_add_ps(_mm512_shuffle_ps(ab, cd, 0x44), _mm512_shuffle_ps(ab, cd, 0xEE));
        }
        const __m512 first = _mm512_add_ps(_mm512_shuffle_f32x4(fours[0], fours[1], 0x44),
                                           _mm512_shuffle_f32x4(fours[0], fours[1], 0xEE));
        const __m512 second = _mm512_add_ps(_mm512_shuffle_f32x4(fours[2], fours[3], 0x44),
                                            _mm512_shuffle_f32x4(fours[2], fours[3], 0xEE));
        return _mm512_add_ps(_mm512_shuffle_f32x4(first, second, 0x88),
                             _mm512_shuffle_f32x4(first, second, 0xDD));
    }
};

} // namespace

namespace avx512 {

void attendHeads(const AttentionHead* heads, std::int64_t count, float* scratch) {
    attendTogether<AttendAvx512>(heads, count, scratch);
}

} // namespace avx512

} // namespace ponder::kernels
