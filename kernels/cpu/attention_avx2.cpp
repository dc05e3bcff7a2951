#include "kernels/cpu/attend_splits.h"
#include "kernels/cpu/avx2.h"

namespace ponder::kernels {

namespace {

// Three queries by four positions at a time, or one by eight.
struct AttendAvx2 {
    static constexpr int lanes = 8, queries = 3;
    using Floats = __m256;

    PONDER_INLINE static Floats zero() { return _mm256_setzero_ps(); }
    PONDER_INLINE static Floats all(float x) { return _mm256_set1_ps(x); }
    PONDER_INLINE static Floats times(Floats x, Floats y) { return _mm256_mul_ps(x, y); }
    PONDER_INLINE static Floats plus(Floats sum, Floats x, Floats y) { return _mm256_fmadd_ps(x, y, sum); }
    PONDER_INLINE static Floats load(const float* x) { return _mm256_loadu_ps(x); }
    PONDER_INLINE static Floats loadHalves(const std::byte* x) { return _mm256_cvtph_ps(loadBytes16(x)); }
    PONDER_INLINE static Floats loadLevels(const std::byte* x) {
        return _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(x))));
    }
    PONDER_INLINE static void store(float* to, Floats x) { _mm256_storeu_ps(to, x); }

    // Lane i of the result is the sum of the i-th.
    PONDER_INLINE static __m128 sumOfEach(Floats a, Floats b, Floats c, Floats d) {
        const __m256 ab = _mm256_add_ps(_mm256_unpacklo_ps(a, b), _mm256_unpackhi_ps(a, b));
        const __m256 cd = _mm256_add_ps(_mm256_unpacklo_ps(c, d), _mm256_unpackhi_ps(c, d));
        const __m256 four = _mm256_add_ps(_mm256_shuffle_ps(ab, cd, 0x44), _mm256_shuffle_ps(ab, cd, 0xEE));
        return _mm_add_ps(_mm256_castps256_ps128(four), _mm256_extractf128_ps(four, 1));
    }
};

} // namespace

namespace avx2 {

void scoreHeads(const AttentionHead* heads, std::int64_t count, AttentionRange rows, float* scratch) {
    scoreTogether<AttendAvx2>(heads, count, rows, scratch);
}

void weighHeads(const AttentionHead* heads, std::int64_t count, AttentionRange which, float* scratch) {
    const PlacedHeads placed = placeHeads(heads, count, scratch);
    for (std::int64_t i = which.begin; i < count && i < which.end; ++i)
        normalise(placed.heads[i], placed.rows);
}

void mixHeads(const AttentionHead* heads, std::int64_t count, AttentionRange columns, float* scratch) {
    mixTogether<AttendAvx2>(heads, count, columns, scratch);
}

void attendSplit(const AttentionHead* heads, std::int64_t count, std::int64_t split, float* answers) {
    splitTogether<AttendAvx2>(heads, count, split, answers);
}

void joinSplit(const AttentionHead& head, SoftmaxState& before, const float* output,
               const SoftmaxState& state) {
    const JoinedSplits joined = joinStates(before, state);
    const bool first = joined.before == 0; // what lies in head.output then may be anything
    const __m256 old = _mm256_set1_ps(joined.before), now = _mm256_set1_ps(joined.now);
    std::int64_t k = 0;
    for (; k + 8 <= head.valueLength; k += 8) {
        const __m256 added = _mm256_loadu_ps(output + k);
        const __m256 both =
            _mm256_add_ps(_mm256_mul_ps(old, _mm256_loadu_ps(head.output + k)), _mm256_mul_ps(now, added));
        _mm256_storeu_ps(head.output + k, first ? added : both);
    }
    for (; k < head.valueLength; ++k)
        head.output[k] = first ? output[k] : joined.before * head.output[k] + joined.now * output[k];
}

void softmax(float* x, std::int64_t n) {
    const float total = exponentials(x, n, maximum(x, n));
    const __m256 divisor = _mm256_set1_ps(total);
    std::int64_t i = 0;
    for (; i + 8 <= n; i += 8) _mm256_storeu_ps(x + i, _mm256_div_ps(_mm256_loadu_ps(x + i), divisor));
    for (; i < n; ++i) x[i] /= total;
}

} // namespace avx2

} // namespace ponder::kernels
