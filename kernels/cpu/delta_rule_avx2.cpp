#include "kernels/cpu/avx2.h"
#include "kernels/cpu/vector_avx2.h"

#include <cstring>

namespace ponder::kernels::avx2 {

namespace {

// Rows that share a key and a query while these are in registers.
constexpr int kRowsTogether = 4;

/// The first eight numbers, or `left` of them and zeros.
PONDER_INLINE __m256 loadFirst(const float* x, std::int64_t left) {
    if (left >= 8) return _mm256_loadu_ps(x);
    return _mm256_maskload_ps(x, firstLanes(static_cast<int>(left)));
}

PONDER_INLINE void storeFirst(float* x, std::int64_t left, __m256 numbers) {
    if (left >= 8)
        _mm256_storeu_ps(x, numbers);
    else
        _mm256_maskstore_ps(x, firstLanes(static_cast<int>(left)), numbers);
}

/// Rows [first, first + rows) of the state through all tokens; they stay in the nearest cache.
template <int rows>
PONDER_INLINE void applyToRows(const DeltaHead& head, std::int64_t first) {
    const std::int64_t n = head.keyLength;
    float* state = head.after + first * n;
    std::memcpy(state, head.before + first * n, static_cast<std::size_t>(rows * n) * sizeof(float));
    for (std::int64_t t = 0; t < head.tokens; ++t) {
        const float* key = head.keys + t * head.inputStride;
        const float* query = head.queries + t * head.inputStride;
        const float decay = head.decays[t * head.gateStride];
        __m256 sums[rows] = {};
        for (std::int64_t i = 0; i < n; i += 8) {
            const __m256 k = loadFirst(key + i, n - i);
#pragma GCC unroll 4
            for (int r = 0; r < rows; ++r)
                sums[r] = _mm256_fmadd_ps(loadFirst(state + r * n + i, n - i), k, sums[r]);
        }
        __m256 changes[rows];
#pragma GCC unroll 4
        for (int r = 0; r < rows; ++r) {
            const float value = head.values[t * head.inputStride + first + r];
            const float known = decay * horizontalSum(sums[r]);
            changes[r] = _mm256_set1_ps(head.writes[t * head.gateStride] * (value - known));
            sums[r] = _mm256_setzero_ps();
        }
        const __m256 kept = _mm256_set1_ps(decay);
        for (std::int64_t i = 0; i < n; i += 8) {
            const __m256 k = loadFirst(key + i, n - i);
            const __m256 q = loadFirst(query + i, n - i);
#pragma GCC unroll 4
            for (int r = 0; r < rows; ++r) {
                float* row = state + r * n + i;
                const __m256 written =
                    _mm256_fmadd_ps(changes[r], k, _mm256_mul_ps(kept, loadFirst(row, n - i)));
                storeFirst(row, n - i, written);
                sums[r] = _mm256_fmadd_ps(written, q, sums[r]);
            }
        }
#pragma GCC unroll 4
        for (int r = 0; r < rows; ++r)
            head.output[t * head.outputStride + first + r] = horizontalSum(sums[r]);
    }
}

} // namespace

void applyDeltaRule(const DeltaHead& head) {
    std::int64_t row = 0;
    for (; row + kRowsTogether <= head.valueLength; row += kRowsTogether)
        applyToRows<kRowsTogether>(head, row);
    for (; row < head.valueLength; ++row) applyToRows<1>(head, row);
}

} // namespace ponder::kernels::avx2
