#include "kernels/cpu/avx2.h"
#include "kernels/cpu/vector_avx2.h"
#include "kernels/half.h"

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <type_traits>

namespace ponder::kernels::avx2 {

namespace {

// Numbers [i, i + 8) of a row, or number i.
struct CacheF32 {
    PONDER_INLINE static __m256 load(const std::byte* row, std::int64_t i) {
        return _mm256_loadu_ps(reinterpret_cast<const float*>(row) + i);
    }
    PONDER_INLINE static float loadOne(const std::byte* row, std::int64_t i) {
        return reinterpret_cast<const float*>(row)[i];
    }
};

struct CacheF16 {
    PONDER_INLINE static __m256 load(const std::byte* row, std::int64_t i) {
        return _mm256_cvtph_ps(loadBytes16(row + 2 * i));
    }
    PONDER_INLINE static float loadOne(const std::byte* row, std::int64_t i) {
        return _cvtsh_ss(reinterpret_cast<const std::uint16_t*>(row)[i]);
    }
};

struct CacheQ8_0 {
    static constexpr std::int64_t kBlock = 32;
    static constexpr std::int64_t kBlockBytes = 34;

    PONDER_INLINE static float scale(const std::byte* block) {
        std::uint16_t half;
        std::memcpy(&half, block, sizeof half);
        return _cvtsh_ss(half);
    }
    PONDER_INLINE static __m256 levels(const std::byte* eight) {
        const __m128i bytes = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(eight));
        return _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(bytes));
    }
    PONDER_INLINE static __m256 load(const std::byte* row, std::int64_t i) {
        const std::byte* block = row + i / kBlock * kBlockBytes;
        return _mm256_mul_ps(_mm256_set1_ps(scale(block)), levels(block + 2 + i % kBlock));
    }
    PONDER_INLINE static float loadOne(const std::byte* row, std::int64_t i) {
        const std::byte* block = row + i / kBlock * kBlockBytes;
        return scale(block) * static_cast<float>(static_cast<std::int8_t>(block[2 + i % kBlock]));
    }
};

PONDER_INLINE const std::byte* rowOf(const void* rows, std::int64_t position, std::int64_t stride) {
    return static_cast<const std::byte*>(rows) + position * stride;
}

// scores[p] = scale · q·k for `count` positions from p on.
template <class Cache, int count>
PONDER_INLINE void scorePositions(const AttentionHead& head, std::int64_t p) {
    const std::byte* keys = rowOf(head.keys, p, head.keyStride);
    __m256 sums[count];
    for (int j = 0; j < count; ++j) sums[j] = _mm256_setzero_ps();
    std::int64_t i = 0;
    for (; i + 8 <= head.keyLength; i += 8) {
        const __m256 query = _mm256_loadu_ps(head.query + i);
#pragma GCC unroll 4
        for (int j = 0; j < count; ++j) {
            sums[j] = _mm256_fmadd_ps(query, Cache::load(keys + j * head.keyStride, i), sums[j]);
        }
    }
#pragma GCC unroll 4
    for (int j = 0; j < count; ++j) {
        float sum = horizontalSum(sums[j]);
        for (std::int64_t k = i; k < head.keyLength; ++k) {
            sum += head.query[k] * Cache::loadOne(keys + j * head.keyStride, k);
        }
        head.scores[p + j] = sum * head.scale;
    }
}

// output[i …] = factor · Σ weight · value for 8 · vectors columns from i on.
template <class Cache, int vectors>
PONDER_INLINE void weighColumns(const AttentionHead& head, std::int64_t i, float factor) {
    const auto* values = static_cast<const std::byte*>(head.values);
    __m256 sums[vectors];
    for (int j = 0; j < vectors; ++j) sums[j] = _mm256_setzero_ps();
    for (std::int64_t p = 0; p < head.positions; ++p, values += head.valueStride) {
        const __m256 weight = _mm256_set1_ps(head.scores[p]);
#pragma GCC unroll 8
        for (int j = 0; j < vectors; ++j)
            sums[j] = _mm256_fmadd_ps(weight, Cache::load(values, i + 8 * j), sums[j]);
    }
    for (int j = 0; j < vectors; ++j) {
        _mm256_storeu_ps(head.output + i + 8 * j, _mm256_mul_ps(sums[j], _mm256_set1_ps(factor)));
    }
}

// The same for blocks: what a block has in common, its scale, is applied once. Whole blocks from `i` on; the
// rest of a row goes the common way.
template <int count>
PONDER_INLINE void scoreBlocks(const AttentionHead& head, std::int64_t p) {
    const std::byte* keys = rowOf(head.keys, p, head.keyStride);
    __m256 sums[count];
    for (int j = 0; j < count; ++j) sums[j] = _mm256_setzero_ps();
    std::int64_t i = 0;
    for (; i + CacheQ8_0::kBlock <= head.keyLength; i += CacheQ8_0::kBlock) {
        const std::int64_t at = i / CacheQ8_0::kBlock * CacheQ8_0::kBlockBytes;
        __m256 query[4];
        for (int k = 0; k < 4; ++k) query[k] = _mm256_loadu_ps(head.query + i + 8 * k);
#pragma GCC unroll 4
        for (int j = 0; j < count; ++j) {
            const std::byte* block = keys + j * head.keyStride + at;
            __m256 sum = _mm256_mul_ps(query[0], CacheQ8_0::levels(block + 2));
            for (int k = 1; k < 4; ++k)
                sum = _mm256_fmadd_ps(query[k], CacheQ8_0::levels(block + 2 + 8 * k), sum);
            sums[j] = _mm256_fmadd_ps(_mm256_set1_ps(CacheQ8_0::scale(block)), sum, sums[j]);
        }
    }
#pragma GCC unroll 4
    for (int j = 0; j < count; ++j) {
        float sum = horizontalSum(sums[j]);
        for (std::int64_t k = i; k < head.keyLength; ++k) {
            sum += head.query[k] * CacheQ8_0::loadOne(keys + j * head.keyStride, k);
        }
        head.scores[p + j] = sum * head.scale;
    }
}

// output[i …] for 32 · blocks columns from i on, a multiple of 32.
template <int blocks>
PONDER_INLINE void weighBlocks(const AttentionHead& head, std::int64_t i, float factor) {
    const std::byte* values =
        static_cast<const std::byte*>(head.values) + i / CacheQ8_0::kBlock * CacheQ8_0::kBlockBytes;
    __m256 sums[4 * blocks];
    for (int j = 0; j < 4 * blocks; ++j) sums[j] = _mm256_setzero_ps();
    for (std::int64_t p = 0; p < head.positions; ++p, values += head.valueStride) {
#pragma GCC unroll 2
        for (int b = 0; b < blocks; ++b) {
            const std::byte* block = values + b * CacheQ8_0::kBlockBytes;
            const __m256 weight = _mm256_set1_ps(head.scores[p] * CacheQ8_0::scale(block));
#pragma GCC unroll 4
            for (int k = 0; k < 4; ++k) {
                sums[4 * b + k] =
                    _mm256_fmadd_ps(weight, CacheQ8_0::levels(block + 2 + 8 * k), sums[4 * b + k]);
            }
        }
    }
    for (int j = 0; j < 4 * blocks; ++j) {
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

template <class Cache, int count>
PONDER_INLINE void score(const AttentionHead& head, std::int64_t p) {
    if constexpr (std::is_same_v<Cache, CacheQ8_0>)
        scoreBlocks<count>(head, p);
    else
        scorePositions<Cache, count>(head, p);
}

template <class Cache>
void attend(const AttentionHead& head) {
    std::int64_t p = 0;
    for (; p + 4 <= head.positions; p += 4) score<Cache, 4>(head, p);
    for (; p < head.positions; ++p) score<Cache, 1>(head, p);

    float largest = maximum(head.scores, head.positions);
    if (head.sink && *head.sink > largest) largest = *head.sink;
    float total = exponentials(head.scores, head.positions, largest);
    if (head.sink) total += std::exp(*head.sink - largest);
    const float factor = 1 / total;

    std::int64_t i = 0;
    if constexpr (std::is_same_v<Cache, CacheQ8_0>) {
        for (; i + 64 <= head.valueLength; i += 64) weighBlocks<2>(head, i, factor);
        for (; i + 32 <= head.valueLength; i += 32) weighBlocks<1>(head, i, factor);
    } else {
        for (; i + 64 <= head.valueLength; i += 64) weighColumns<Cache, 8>(head, i, factor);
    }
    for (; i + 8 <= head.valueLength; i += 8) weighColumns<Cache, 1>(head, i, factor);
    for (; i < head.valueLength; ++i) {
        float sum = 0;
        for (std::int64_t k = 0; k < head.positions; ++k) {
            sum += head.scores[k] * Cache::loadOne(rowOf(head.values, k, head.valueStride), i);
        }
        head.output[i] = sum * factor;
    }
}

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

void attendHead(const AttentionHead& head) {
    switch (head.cacheType) {
    case CacheType::F32:
        return attend<CacheF32>(head);
    case CacheType::F16:
        return attend<CacheF16>(head);
    case CacheType::Q8_0:
        return attend<CacheQ8_0>(head);
    }
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

void convertToQ8_0(const float* x, void* y, std::int64_t n) {
    auto* block = static_cast<std::byte*>(y);
    std::int64_t i = 0;
    for (; i + CacheQ8_0::kBlock <= n; i += CacheQ8_0::kBlock, block += CacheQ8_0::kBlockBytes)
        storeBlock(x + i, block);
    if (i == n) return;
    float rest[CacheQ8_0::kBlock] = {};
    std::memcpy(rest, x + i, static_cast<std::size_t>(n - i) * sizeof(float));
    storeBlock(rest, block);
}

} // namespace ponder::kernels::avx2
