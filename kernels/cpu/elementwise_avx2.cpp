#include "kernels/cpu/avx2.h"
#include "kernels/cpu/vector_avx2.h"

#include <cmath>

namespace ponder::kernels::avx2 {

namespace {

// g · σ(slope · g)
PONDER_INLINE __m256 swish(__m256 gate, float slope) {
    const __m256 power = exponential(_mm256_mul_ps(gate, _mm256_set1_ps(-slope)));
    return _mm256_div_ps(gate, _mm256_add_ps(power, _mm256_set1_ps(1)));
}

// ½ g (1 + tanh(z)) = g · σ(2z)
PONDER_INLINE __m256 geluTanh(__m256 gate) {
    const __m256 square = _mm256_mul_ps(gate, gate);
    const __m256 factor = _mm256_fmadd_ps(square, _mm256_set1_ps(0.044715f), _mm256_set1_ps(1));
    const __m256 minusTwoZ = _mm256_mul_ps(_mm256_mul_ps(gate, factor), _mm256_set1_ps(-2 * 0.7978845608f));
    return _mm256_div_ps(gate, _mm256_add_ps(exponential(minusTwoZ), _mm256_set1_ps(1)));
}

// Limits come first in min and max, so that NaN passes through.
PONDER_INLINE __m256 swigluOai(__m256 gate, __m256 up) {
    const __m256 limit = _mm256_set1_ps(7);
    gate = _mm256_min_ps(limit, gate);
    up = _mm256_max_ps(_mm256_set1_ps(-7), _mm256_min_ps(limit, up));
    return _mm256_mul_ps(swish(gate, 1.702f), _mm256_add_ps(up, _mm256_set1_ps(1)));
}

template <Activation activation>
PONDER_INLINE __m256 gated(__m256 gate, __m256 up) {
    if constexpr (activation == Activation::Silu) return _mm256_mul_ps(swish(gate, 1), up);
    if constexpr (activation == Activation::GeluTanh) return _mm256_mul_ps(geluTanh(gate), up);
    return swigluOai(gate, up);
}

template <Activation activation>
void gatedActivationOf(const float* gate, const float* up, std::int64_t n, float* y) {
    for (std::int64_t i = 0; i < n; i += 8) {
        const __m256i lanes = firstLanes(n - i < 8 ? static_cast<int>(n - i) : 8);
        const __m256 result =
            gated<activation>(_mm256_maskload_ps(gate + i, lanes), _mm256_maskload_ps(up + i, lanes));
        _mm256_maskstore_ps(y + i, lanes, result);
    }
}

} // namespace

void gatedActivation(Activation activation, const float* gate, const float* up, std::int64_t n, float* y) {
    switch (activation) {
    case Activation::Silu:
        return gatedActivationOf<Activation::Silu>(gate, up, n, y);
    case Activation::GeluTanh:
        return gatedActivationOf<Activation::GeluTanh>(gate, up, n, y);
    case Activation::SwigluOai:
        return gatedActivationOf<Activation::SwigluOai>(gate, up, n, y);
    }
}

void rmsNorm(const float* x, const float* weight, float epsilon, std::int64_t n, float* y) {
    __m256d first = _mm256_setzero_pd(), second = _mm256_setzero_pd();
    std::int64_t i = 0;
    for (; i + 8 <= n; i += 8) {
        const __m256d low = _mm256_cvtps_pd(_mm_loadu_ps(x + i)),
                      high = _mm256_cvtps_pd(_mm_loadu_ps(x + i + 4));
        first = _mm256_fmadd_pd(low, low, first);
        second = _mm256_fmadd_pd(high, high, second);
    }
    double squares = horizontalSum(_mm256_add_pd(first, second));
    for (; i < n; ++i) squares += static_cast<double>(x[i]) * x[i];
    const auto scale = static_cast<float>(1 / std::sqrt(squares / static_cast<double>(n) + epsilon));
    const __m256 scales = _mm256_set1_ps(scale);
    for (i = 0; i + 8 <= n; i += 8) {
        __m256 scaled = _mm256_mul_ps(_mm256_loadu_ps(x + i), scales);
        if (weight) scaled = _mm256_mul_ps(scaled, _mm256_loadu_ps(weight + i));
        _mm256_storeu_ps(y + i, scaled);
    }
    for (; i < n; ++i) y[i] = x[i] * scale * (weight ? weight[i] : 1);
}

float dot(const float* x, const float* y, std::int64_t n) {
    __m256 sums[4] = {};
    std::int64_t i = 0;
    for (; i + 32 <= n; i += 32) {
#pragma GCC unroll 4
        for (int j = 0; j < 4; ++j) {
            sums[j] =
                _mm256_fmadd_ps(_mm256_loadu_ps(x + i + 8 * j), _mm256_loadu_ps(y + i + 8 * j), sums[j]);
        }
    }
    for (; i + 8 <= n; i += 8)
        sums[0] = _mm256_fmadd_ps(_mm256_loadu_ps(x + i), _mm256_loadu_ps(y + i), sums[0]);
    float sum =
        horizontalSum(_mm256_add_ps(_mm256_add_ps(sums[0], sums[1]), _mm256_add_ps(sums[2], sums[3])));
    for (; i < n; ++i) sum += x[i] * y[i];
    return sum;
}

void addScaled(float scale, const float* x, float* y, std::int64_t n) {
    const __m256 factor = _mm256_set1_ps(scale);
    std::int64_t i = 0;
    for (; i + 8 <= n; i += 8) {
        const __m256 product = _mm256_mul_ps(factor, _mm256_loadu_ps(x + i));
        _mm256_storeu_ps(y + i, _mm256_add_ps(_mm256_loadu_ps(y + i), product));
    }
    for (; i < n; ++i) y[i] += scale * x[i];
}

void add(const float* x, float* y, std::int64_t n) {
    std::int64_t i = 0;
    for (; i + 8 <= n; i += 8)
        _mm256_storeu_ps(y + i, _mm256_add_ps(_mm256_loadu_ps(y + i), _mm256_loadu_ps(x + i)));
    for (; i < n; ++i) y[i] += x[i];
}

void multiply(const float* x, float* y, std::int64_t n) {
    std::int64_t i = 0;
    for (; i + 8 <= n; i += 8)
        _mm256_storeu_ps(y + i, _mm256_mul_ps(_mm256_loadu_ps(y + i), _mm256_loadu_ps(x + i)));
    for (; i < n; ++i) y[i] *= x[i];
}

} // namespace ponder::kernels::avx2
