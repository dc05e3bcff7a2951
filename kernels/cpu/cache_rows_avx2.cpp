#include "kernels/cpu/avx2.h"
#include "kernels/cpu/vector_avx2.h"
#include "kernels/half.h"

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstring>

namespace ponder::kernels::avx2 {

namespace {

constexpr std::int64_t kBlock = 32;
constexpr std::int64_t kBlockBytes = 34;

// Equal to the reference bit for bit.
void storeBlock(const float* x, std::byte* block) {
    const __m256i magnitude = _mm256_set1_epi32(0x7FFFFFFF);
    __m256i largest = _mm256_setzero_si256();
    for (int k = 0; k < 4; ++k)
        largest = _mm256_max_epi32(largest, _mm256_and_si256(loadBytes(x + 8 * k), magnitude));
    alignas(32) std::int32_t lanes[8];
    _mm256_store_si256(reinterpret_cast<__m256i*>(lanes), largest);
    std::int32_t bits = 0;
    for (const std::int32_t lane : lanes) bits = lane > bits ? lane : bits;
    // As integers, NaN and infinity are the largest of all.
    const bool broken = bits >= 0x7F800000;
    const std::uint16_t scale = broken ? 0x7E00 : floatToHalf(std::bit_cast<float>(bits) / 127);
    std::memcpy(block, &scale, sizeof scale);
    const float stored = halfToFloat(scale);
    const float inverse = broken || !std::isfinite(stored) || stored == 0 ? 0 : 1 / stored;
    __m256i levels[4];
    for (int k = 0; k < 4; ++k) {
        const __m256 eight = inverse == 0 ? _mm256_setzero_ps() : _mm256_loadu_ps(x + 8 * k);
        const __m256 scaled = _mm256_mul_ps(eight, _mm256_set1_ps(inverse));
        const __m256 limited =
            _mm256_min_ps(_mm256_max_ps(scaled, _mm256_set1_ps(-127)), _mm256_set1_ps(127));
        levels[k] = _mm256_cvtps_epi32(limited);
    }
    const __m256i bytes = _mm256_packs_epi16(_mm256_packs_epi32(levels[0], levels[1]),
                                             _mm256_packs_epi32(levels[2], levels[3]));
    // Packing works in 128-bit halves and leaves four-byte groups in the order 0 2 4 6 1 3 5 7.
    const __m256i order = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(block + 2), _mm256_permutevar8x32_epi32(bytes, order));
}

} // namespace

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

void convertToQ8_0(const float* x, void* y, std::int64_t n) {
    auto* block = static_cast<std::byte*>(y);
    std::int64_t i = 0;
    for (; i + kBlock <= n; i += kBlock, block += kBlockBytes) storeBlock(x + i, block);
    if (i == n) return;
    float rest[kBlock] = {};
    std::memcpy(rest, x + i, static_cast<std::size_t>(n - i) * sizeof(float));
    storeBlock(rest, block);
}

} // namespace ponder::kernels::avx2
