#include "kernels/cpu/avx2.h"
#include "kernels/cpu/vector_avx2.h"
#include "kernels/half.h"

#include <cmath>

namespace ponder::kernels::avx2 {

namespace {

struct CacheF32 {
    using Element = float;
    PONDER_INLINE static __m256 load(const float* x) { return _mm256_loadu_ps(x); }
    PONDER_INLINE static float loadOne(const float* x) { return *x; }
};

struct CacheF16 {
    using Element = std::uint16_t;
    PONDER_INLINE static __m256 load(const std::uint16_t* x) { return _mm256_cvtph_ps(loadBytes16(x)); }
    PONDER_INLINE static float loadOne(const std::uint16_t* x) { return _cvtsh_ss(*x); }
};

// scores[p] = scale · q·k for `count` positions from p on.
template <class Cache, int count>
PONDER_INLINE void scorePositions(const AttentionHead& head, std::int64_t p) {
    const auto* keys = static_cast<const typename Cache::Element*>(head.keys) + p * head.keyStride;
    __m256 sums[count];
    for (int j = 0; j < count; ++j) sums[j] = _mm256_setzero_ps();
    std::int64_t i = 0;
    for (; i + 8 <= head.keyLength; i += 8) {
        const __m256 query = _mm256_loadu_ps(head.query + i);
#pragma GCC unroll 4
        for (int j = 0; j < count; ++j) {
            sums[j] = _mm256_fmadd_ps(query, Cache::load(keys + j * head.keyStride + i), sums[j]);
        }
    }
#pragma GCC unroll 4
    for (int j = 0; j < count; ++j) {
        float sum = horizontalSum(sums[j]);
        for (std::int64_t k = i; k < head.keyLength; ++k) {
            sum += head.query[k] * Cache::loadOne(keys + j * head.keyStride + k);
        }
        head.scores[p + j] = sum * head.scale;
    }
}

// output[i …] = factor · Σ weight · value for 8 · vectors columns from i on.
template <class Cache, int vectors>
PONDER_INLINE void weighColumns(const AttentionHead& head, std::int64_t i, float factor) {
    const auto* values = static_cast<const typename Cache::Element*>(head.values) + i;
    __m256 sums[vectors];
    for (int j = 0; j < vectors; ++j) sums[j] = _mm256_setzero_ps();
    for (std::int64_t p = 0; p < head.positions; ++p, values += head.valueStride) {
        const __m256 weight = _mm256_set1_ps(head.scores[p]);
#pragma GCC unroll 8
        for (int j = 0; j < vectors; ++j)
            sums[j] = _mm256_fmadd_ps(weight, Cache::load(values + 8 * j), sums[j]);
    }
    for (int j = 0; j < vectors; ++j) {
        _mm256_storeu_ps(head.output + i + 8 * j, _mm256_mul_ps(sums[j], _mm256_set1_ps(factor)));
    }
}

float maximum(const float* x, std::int64_t n) {
    __m256 eight = _mm256_set1_ps(-INFINITY);
    std::int64_t i = 0;
    for (; i + 8 <= n; i += 8) eight = _mm256_max_ps(eight, _mm256_loadu_ps(x + i));
    float largest = horizontalMaximum(eight);
    for (; i < n; ++i) largest = x[i] > largest ? x[i] : largest;
    return largest;
}

// x = e^(x - largest); returns the sum.
float exponentials(float* x, std::int64_t n, float largest) {
    const __m256 shift = _mm256_set1_ps(largest);
    __m256 sums = _mm256_setzero_ps();
    for (std::int64_t i = 0; i < n; i += 8) {
        const __m256i lanes = firstLanes(n - i < 8 ? static_cast<int>(n - i) : 8);
        const __m256 power = exponential(_mm256_sub_ps(_mm256_maskload_ps(x + i, lanes), shift));
        const __m256 present = _mm256_and_ps(power, _mm256_castsi256_ps(lanes));
        _mm256_maskstore_ps(x + i, lanes, present);
        sums = _mm256_add_ps(sums, present);
    }
    return horizontalSum(sums);
}

template <class Cache>
void attend(const AttentionHead& head) {
    std::int64_t p = 0;
    for (; p + 4 <= head.positions; p += 4) scorePositions<Cache, 4>(head, p);
    for (; p < head.positions; ++p) scorePositions<Cache, 1>(head, p);

    float largest = maximum(head.scores, head.positions);
    if (head.sink && *head.sink > largest) largest = *head.sink;
    float total = exponentials(head.scores, head.positions, largest);
    if (head.sink) total += std::exp(*head.sink - largest);
    const float factor = 1 / total;

    std::int64_t i = 0;
    for (; i + 64 <= head.valueLength; i += 64) weighColumns<Cache, 8>(head, i, factor);
    for (; i + 8 <= head.valueLength; i += 8) weighColumns<Cache, 1>(head, i, factor);
    for (; i < head.valueLength; ++i) {
        const auto* values = static_cast<const typename Cache::Element*>(head.values) + i;
        float sum = 0;
        for (std::int64_t k = 0; k < head.positions; ++k) {
            sum += head.scores[k] * Cache::loadOne(values + k * head.valueStride);
        }
        head.output[i] = sum * factor;
    }
}

} // namespace

void attendHead(const AttentionHead& head) {
    if (head.cacheType == CacheType::F16)
        attend<CacheF16>(head);
    else
        attend<CacheF32>(head);
}

void softmax(float* x, std::int64_t n) {
    const float total = exponentials(x, n, maximum(x, n));
    const __m256 divisor = _mm256_set1_ps(total);
    std::int64_t i = 0;
    for (; i + 8 <= n; i += 8) _mm256_storeu_ps(x + i, _mm256_div_ps(_mm256_loadu_ps(x + i), divisor));
    for (; i < n; ++i) x[i] /= total;
}

void convertToF16(const float* x, std::uint16_t* y, std::int64_t n) {
    std::int64_t i = 0;
    for (; i + 8 <= n; i += 8) {
        const __m128i halves = _mm256_cvtps_ph(_mm256_loadu_ps(x + i), _MM_FROUND_TO_NEAREST_INT);
        _mm_storeu_si128(reinterpret_cast<__m128i*>(y + i), halves);
    }
    for (; i < n; ++i) y[i] = floatToHalf(x[i]);
}

void convertFromF16(const std::uint16_t* x, float* y, std::int64_t n) {
    std::int64_t i = 0;
    for (; i + 8 <= n; i += 8) _mm256_storeu_ps(y + i, _mm256_cvtph_ps(loadBytes16(x + i)));
    for (; i < n; ++i) y[i] = halfToFloat(x[i]);
}

} // namespace ponder::kernels::avx2
