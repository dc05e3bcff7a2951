#include "kernels/cpu/attend_many.h"
#include "kernels/cpu/attend_splits.h"
#include "kernels/cpu/avx2.h"
#include "kernels/cpu/floats_avx2.h"

namespace ponder::kernels {

namespace avx2 {

void scoreHeads(const AttentionHead* heads, std::int64_t count, AttentionRange rows, float* scratch) {
    scoreTogether<FloatsAvx2>(heads, count, rows, scratch);
}

void weighHeads(const AttentionHead* heads, std::int64_t count, AttentionRange which, float* scratch) {
    const PlacedHeads placed = placeHeads(heads, count, scratch);
    for (std::int64_t i = which.begin; i < count && i < which.end; ++i)
        normalise(placed.heads[i], placed.rows);
}

void mixHeads(const AttentionHead* heads, std::int64_t count, AttentionRange columns, float* scratch) {
    mixTogether<FloatsAvx2>(heads, count, columns, scratch);
}

void attendSplit(const AttentionHead* heads, std::int64_t count, std::int64_t split, float* answers) {
    splitTogether<FloatsAvx2>(heads, count, split, answers);
}

void attendMany(const AttentionHead* heads, std::int64_t count, float* scratch) {
    attendManyTogether<FloatsAvx2>(heads, count, scratch);
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
