#pragma once

#include "kernels/attention.h"
#include "kernels/cpu/attention_room.h"
#include "kernels/cpu/vector_avx2.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>

// Attention for the instruction set `Isa`: a few queries by a few positions at a time, so that what is read
// and converted of the cache serves several queries. Each score and each output is added up in an order of
// its own, whatever is computed beside it. All in this file has internal linkage: see inline.h.
namespace ponder::kernels {
namespace {

constexpr std::int64_t kCacheBlock = 32;
constexpr std::int64_t kCacheBlockBytes = 34;

// `lanes` numbers of a cached row from number i on, a multiple of the lanes.
template <class Isa, CacheType type>
PONDER_INLINE typename Isa::Floats loadCached(const std::byte* row, std::int64_t i) {
    if constexpr (type == CacheType::F32) return Isa::load(reinterpret_cast<const float*>(row) + i);
    if constexpr (type == CacheType::F16) return Isa::loadHalves(row + 2 * i);
    if constexpr (type == CacheType::Q8_0) {
        const std::byte* block = row + i / kCacheBlock * kCacheBlockBytes;
        std::uint16_t half;
        std::memcpy(&half, block, sizeof half);
        return Isa::times(Isa::all(_cvtsh_ss(half)), Isa::loadLevels(block + 2 + i % kCacheBlock));
    }
}

// The same where fewer than `lanes` are left: zero beyond them.
template <class Isa, CacheType type>
PONDER_INLINE typename Isa::Floats loadLastCached(const std::byte* row, std::int64_t i, std::int64_t left) {
    float numbers[Isa::lanes] = {};
    for (std::int64_t k = 0; k < left; ++k) {
        if constexpr (type == CacheType::F32) {
            numbers[k] = reinterpret_cast<const float*>(row)[i + k];
        } else if constexpr (type == CacheType::F16) {
            numbers[k] = _cvtsh_ss(reinterpret_cast<const std::uint16_t*>(row)[i + k]);
        } else {
            const std::byte* block = row + (i + k) / kCacheBlock * kCacheBlockBytes;
            std::uint16_t half;
            std::memcpy(&half, block, sizeof half);
            numbers[k] = _cvtsh_ss(half) *
                         static_cast<float>(static_cast<std::int8_t>(block[2 + (i + k) % kCacheBlock]));
        }
    }
    return Isa::load(numbers);
}

template <class Isa>
PONDER_INLINE typename Isa::Floats loadLast(const float* x, std::int64_t left) {
    float numbers[Isa::lanes] = {};
    for (std::int64_t k = 0; k < left; ++k) numbers[k] = x[k];
    return Isa::load(numbers);
}

PONDER_INLINE float maximum(const float* x, std::int64_t n) {
    __m256 eight = _mm256_set1_ps(-INFINITY);
    std::int64_t i = 0;
    for (; i + 8 <= n; i += 8) eight = _mm256_max_ps(eight, _mm256_loadu_ps(x + i));
    float largest = horizontalMaximum(eight);
    for (; i < n; ++i) largest = x[i] > largest ? x[i] : largest;
    return largest;
}

// x = e^(x - largest); returns the sum.
PONDER_INLINE float exponentials(float* x, std::int64_t n, float largest) {
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

/// A head's place among rows that it shares with others.
struct PlacedHead {
    const AttentionHead* head;
    std::int64_t begin; ///< of the shared rows, the first that it sees
    std::int64_t end;
    float* scores; ///< [shared rows + kScoresBeyond]
    float factor;
};

/// `queries` heads that are computed together.
template <class Isa, CacheType type, int queries>
struct Tile {
    using Floats = typename Isa::Floats;
    static constexpr int positions = Isa::lanes / queries;

    PlacedHead* heads;
    const std::byte* keys;
    const std::byte* values;
    std::int64_t begin; ///< rows that one of them sees
    std::int64_t end;

    Tile(PlacedHead* placed, const std::byte* firstKey, const std::byte* firstValue)
        : heads(placed), keys(firstKey), values(firstValue), begin(placed[0].begin), end(placed[0].end) {
        for (int q = 1; q < queries; ++q) {
            begin = placed[q].begin < begin ? placed[q].begin : begin;
            end = placed[q].end > end ? placed[q].end : end;
        }
    }

    PONDER_INLINE void run() {
        for (std::int64_t p = begin; p < end; p += positions) score(p);
        for (int q = 0; q < queries; ++q) normalise(heads[q]);
        const std::int64_t length = heads[0].head->valueLength;
        constexpr int columns = Isa::lanes == 16 ? 4 : 2;
        std::int64_t i = 0;
        for (; i + columns * Isa::lanes <= length; i += columns * Isa::lanes) weigh<columns>(i);
        for (; i + Isa::lanes <= length; i += Isa::lanes) weigh<1>(i);
        if (i < length) weighLast(i, length - i);
    }

private:
    // scores[p …] of all queries.
    PONDER_INLINE void score(std::int64_t p) {
        const AttentionHead& first = *heads[0].head;
        const std::byte* rows[positions];
        for (int j = 0; j < positions; ++j) {
            const std::int64_t row = p + j < end ? p + j : end - 1; // beyond the last, anything
            rows[j] = keys + row * first.keyStride;
        }
        Floats sums[Isa::lanes];
#pragma GCC unroll 16
        for (int i = 0; i < Isa::lanes; ++i) sums[i] = Isa::zero();
        std::int64_t i = 0;
        for (; i + Isa::lanes <= first.keyLength; i += Isa::lanes) {
            Floats query[queries];
#pragma GCC unroll 4
            for (int q = 0; q < queries; ++q) query[q] = Isa::load(heads[q].head->query + i);
#pragma GCC unroll 16
            for (int j = 0; j < positions; ++j) {
                const Floats key = loadCached<Isa, type>(rows[j], i);
#pragma GCC unroll 4
                for (int q = 0; q < queries; ++q)
                    sums[q * positions + j] = Isa::plus(sums[q * positions + j], query[q], key);
            }
        }
        if (i < first.keyLength) {
            const std::int64_t left = first.keyLength - i;
            for (int j = 0; j < positions; ++j) {
                const Floats key = loadLastCached<Isa, type>(rows[j], i, left);
                for (int q = 0; q < queries; ++q) {
                    sums[q * positions + j] = Isa::plus(sums[q * positions + j],
                                                        loadLast<Isa>(heads[q].head->query + i, left), key);
                }
            }
        }
        float scores[Isa::lanes];
        Isa::store(scores, Isa::times(Isa::sumOfEach(sums), Isa::all(first.scale)));
#pragma GCC unroll 4
        for (int q = 0; q < queries; ++q)
            std::memcpy(heads[q].scores + p, scores + q * positions, positions * sizeof(float));
    }

    // Scores become weights, zero where the head does not look.
    PONDER_INLINE void normalise(PlacedHead& placed) {
        float* own = placed.scores + placed.begin;
        const std::int64_t count = placed.end - placed.begin;
        const float* sink = placed.head->sink;
        float largest = maximum(own, count);
        if (sink && *sink > largest) largest = *sink;
        float total = exponentials(own, count, largest);
        if (sink) total += std::exp(*sink - largest);
        placed.factor = 1 / total;
        for (std::int64_t p = begin; p < placed.begin; ++p) placed.scores[p] = 0;
        for (std::int64_t p = placed.end; p < end; ++p) placed.scores[p] = 0;
    }

    // output[i …] = factor · Σ weight · value.
    template <int columns>
    PONDER_INLINE void weigh(std::int64_t i) {
        const std::int64_t stride = heads[0].head->valueStride;
        Floats sums[queries][columns];
        for (int q = 0; q < queries; ++q)
            for (int c = 0; c < columns; ++c) sums[q][c] = Isa::zero();
        const std::byte* row = values + begin * stride;
        for (std::int64_t p = begin; p < end; ++p, row += stride) {
            Floats value[columns];
#pragma GCC unroll 4
            for (int c = 0; c < columns; ++c) value[c] = loadCached<Isa, type>(row, i + c * Isa::lanes);
#pragma GCC unroll 4
            for (int q = 0; q < queries; ++q) {
                const Floats weight = Isa::all(heads[q].scores[p]);
#pragma GCC unroll 4
                for (int c = 0; c < columns; ++c) sums[q][c] = Isa::plus(sums[q][c], weight, value[c]);
            }
        }
        for (int q = 0; q < queries; ++q) {
            for (int c = 0; c < columns; ++c) {
                Isa::store(heads[q].head->output + i + c * Isa::lanes,
                           Isa::times(sums[q][c], Isa::all(heads[q].factor)));
            }
        }
    }

    PONDER_INLINE void weighLast(std::int64_t i, std::int64_t left) {
        const std::int64_t stride = heads[0].head->valueStride;
        for (int q = 0; q < queries; ++q) {
            Floats sum = Isa::zero();
            for (std::int64_t p = begin; p < end; ++p) {
                sum = Isa::plus(sum, Isa::all(heads[q].scores[p]),
                                loadLastCached<Isa, type>(values + p * stride, i, left));
            }
            float numbers[Isa::lanes];
            Isa::store(numbers, Isa::times(sum, Isa::all(heads[q].factor)));
            std::memcpy(heads[q].head->output + i, numbers, static_cast<std::size_t>(left) * sizeof(float));
        }
    }
};

template <class Isa, CacheType type>
void attendCached(PlacedHead* heads, std::int64_t count, const std::byte* keys, const std::byte* values) {
    std::int64_t at = 0;
    for (; at + Isa::queries <= count; at += Isa::queries)
        Tile<Isa, type, Isa::queries>(heads + at, keys, values).run();
    for (; at < count; ++at) Tile<Isa, type, 1>(heads + at, keys, values).run();
}

template <class Isa>
void attendTogether(const AttentionHead* heads, std::int64_t count, float* scratch) {
    const auto bytes = [](const void* address) { return static_cast<const std::byte*>(address); };
    std::int64_t first = 0;
    for (std::int64_t i = 1; i < count; ++i)
        if (bytes(heads[i].keys) < bytes(heads[first].keys)) first = i;
    const std::byte* keys = bytes(heads[first].keys);
    const std::byte* values = bytes(heads[first].values);
    PlacedHead placed[kMostHeads];
    std::int64_t rows = 0;
    for (std::int64_t i = 0; i < count; ++i) {
        placed[i].head = heads + i;
        placed[i].begin = (bytes(heads[i].keys) - keys) / heads[i].keyStride;
        placed[i].end = placed[i].begin + heads[i].positions;
        rows = placed[i].end > rows ? placed[i].end : rows;
    }
    for (std::int64_t i = 0; i < count; ++i) placed[i].scores = scratch + i * (rows + kScoresBeyond);
    switch (heads[0].cacheType) {
    case CacheType::F32:
        return attendCached<Isa, CacheType::F32>(placed, count, keys, values);
    case CacheType::F16:
        return attendCached<Isa, CacheType::F16>(placed, count, keys, values);
    case CacheType::Q8_0:
        return attendCached<Isa, CacheType::Q8_0>(placed, count, keys, values);
    }
}

} // namespace
} // namespace ponder::kernels
