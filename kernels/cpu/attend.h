#pragma once

#include "kernels/attention.h"
#include "kernels/attention_room.h"
#include "kernels/cpu/vector_avx2.h"
#include "kernels/words.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>

// Attention for the instruction set `Isa`: a few rows at a time for all heads, so that what is read and
// converted of the cache serves them all. Each score and each output is added up in an order of its own,
// whatever is computed beside it. All in this file has internal linkage: see inline.h.
namespace ponder::kernels {
namespace {

constexpr std::int64_t kCacheBlock = 32;
constexpr std::int64_t kCacheBlockBytes = 34;

/// Asks for what a row `stride` bytes after another holds in the same place, so many rows ahead that some KB
/// are on their way: rows of several heads lie between those of one, and a processor by itself does not fetch
/// ahead from one to the next.
class RowsAhead {
public:
    template <CacheType type>
    PONDER_INLINE static RowsAhead of(std::int64_t numbers, std::int64_t stride) {
        const std::int64_t bytes = bytesOf<type>(numbers);
        const std::int64_t rows = kAheadBytes / bytes;
        return {bytes, stride * (rows < kLeastRows ? kLeastRows : rows)};
    }
    /// More rows ahead, for whoever reads all of a row and has much to do with it: it waits for askLater.
    template <CacheType type>
    PONDER_INLINE static RowsAhead farOf(std::int64_t numbers, std::int64_t stride) {
        return {bytesOf<type>(numbers), stride * kFarRows};
    }
    PONDER_INLINE void ask(const std::byte* row) const {
        for (std::int64_t at = 0; at < bytes_; at += kLine) __builtin_prefetch(row + ahead_ + at);
    }
    /// Into the second level: the first is full of what is used before.
    PONDER_INLINE void askLater(const std::byte* row) const {
        for (std::int64_t at = 0; at < bytes_; at += kLine) __builtin_prefetch(row + ahead_ + at, 0, 2);
    }

    template <CacheType type>
    PONDER_INLINE static std::int64_t bytesOf(std::int64_t numbers) {
        if constexpr (type == CacheType::F32) return 4 * numbers;
        if constexpr (type == CacheType::F16) return 2 * numbers;
        if constexpr (type == CacheType::Words) return wordSegments(numbers) * kWordBlockBytes;
        return (numbers + kCacheBlock - 1) / kCacheBlock * kCacheBlockBytes;
    }

private:
    static constexpr std::int64_t kAheadBytes = 2560, kLeastRows = 4, kFarRows = 16, kLine = 64;

    PONDER_INLINE RowsAhead(std::int64_t bytes, std::int64_t ahead) : bytes_(bytes), ahead_(ahead) {}

    std::int64_t bytes_;
    std::int64_t ahead_;
};

/// A segment of a row of words.
class WordBlock {
public:
    PONDER_INLINE WordBlock(const std::byte* row, std::int64_t segment)
        : block_(row + segment * kWordBlockBytes) {}

    PONDER_INLINE float scale() const {
        float scale;
        std::memcpy(&scale, block_, sizeof scale);
        return scale;
    }
    PONDER_INLINE const std::byte* words() const { return block_ + sizeof(float); }

private:
    const std::byte* block_;
};

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
    if constexpr (type == CacheType::Words) {
        const WordBlock block(row, i / kWordSegment);
        return Isa::times(Isa::all(block.scale()), Isa::loadWords(block.words() + 2 * (i % kWordSegment)));
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
        } else if constexpr (type == CacheType::Words) {
            const WordBlock block(row, (i + k) / kWordSegment);
            std::int16_t word;
            std::memcpy(&word, block.words() + 2 * ((i + k) % kWordSegment), sizeof word);
            numbers[k] = block.scale() * static_cast<float>(word);
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
    std::int64_t i = 0;
    for (; i + 8 <= n; i += 8) {
        const __m256 power = exponential(_mm256_sub_ps(_mm256_loadu_ps(x + i), shift));
        _mm256_storeu_ps(x + i, power);
        sums = _mm256_add_ps(sums, power);
    }
    if (i < n) {
        const __m256i lanes = firstLanes(static_cast<int>(n - i));
        const __m256 power = exponential(_mm256_sub_ps(_mm256_maskload_ps(x + i, lanes), shift));
        const __m256 present = _mm256_and_ps(power, _mm256_castsi256_ps(lanes));
        _mm256_maskstore_ps(x + i, lanes, present);
        sums = _mm256_add_ps(sums, present);
    }
    return horizontalSum(sums);
}

// From so many heads on, what is read of the cache is converted once for all of them.
constexpr std::int64_t kSharingHeads = 3;

// Numbers [from, from + n) of a cached row as float32.
template <class Isa, CacheType type>
PONDER_INLINE void convertCached(const std::byte* row, std::int64_t from, std::int64_t n, float* numbers) {
    std::int64_t i = 0;
    for (; i + Isa::lanes <= n; i += Isa::lanes)
        Isa::store(numbers + i, loadCached<Isa, type>(row, from + i));
    if (i == n) return;
    float last[Isa::lanes];
    Isa::store(last, loadLastCached<Isa, type>(row, from + i, n - i));
    std::memcpy(numbers + i, last, static_cast<std::size_t>(n - i) * sizeof(float));
}

/// Scores of positions, four at a time.
template <class Isa>
class Scores {
public:
    explicit Scores(const PlacedHeads& placed)
        : placed_(placed), keyLength_(placed.heads[0].head->keyLength) {}

    template <CacheType type>
    PONDER_INLINE void run(std::int64_t from, std::int64_t to) {
        if (placed_.count == 1) {
            const std::byte* rows[8];
            for (std::int64_t p = from; p < to; p += 8) {
                pointTo<type>(rows, p);
                tile<type, 1, 2>(0, rows, p);
            }
        } else if (type == CacheType::F32 || placed_.count < kSharingHeads || keyLength_ > kMostConverted) {
            const std::byte* rows[4];
            for (std::int64_t p = from; p < to; p += 4) {
                pointTo<type>(rows, p);
                tiles<type, Isa::queries>(0, rows, p);
            }
        } else {
            runConverted<type>(from, to);
        }
    }
    /// All positions, whose rows are copied to where the heads look for them, four before their scores.
    template <CacheType type>
    PONDER_INLINE void runCopied(const std::byte* from, std::int64_t stride, float* rows) {
        const RowsAhead ahead = RowsAhead::farOf<type>(keyLength_, stride);
        const std::byte* copies[4];
        for (std::int64_t p = 0; p < placed_.rows; p += 4) {
            for (int j = 0; j < 4; ++j) {
                const std::int64_t row = p + j < placed_.rows ? p + j : placed_.rows - 1;
                float* copy = rows + row * keyLength_;
                ahead.askLater(from + row * stride);
                convertCached<Isa, type>(from + row * stride, 0, keyLength_, copy);
                copies[j] = reinterpret_cast<const std::byte*>(copy);
            }
            tiles<CacheType::F32, Isa::queries>(0, copies, p);
        }
    }

private:
    using Floats = typename Isa::Floats;
    static constexpr std::int64_t kMostConverted = 1024;

    template <CacheType type>
    PONDER_INLINE void runConverted(std::int64_t from, std::int64_t to) {
        alignas(64) float keys[4 * kMostConverted];
        const std::byte* rows[4];
        const std::byte* converted[4];
        for (int j = 0; j < 4; ++j) converted[j] = reinterpret_cast<const std::byte*>(keys + j * keyLength_);
        for (std::int64_t p = from; p < to; p += 4) {
            pointTo<type>(rows, p);
            for (int j = 0; j < 4; ++j)
                convertCached<Isa, type>(rows[j], 0, keyLength_, keys + j * keyLength_);
            tiles<CacheType::F32, Isa::queries>(0, converted, p);
        }
    }

    template <CacheType type, int count>
    PONDER_INLINE void pointTo(const std::byte* (&rows)[count], std::int64_t p) const {
        const std::int64_t last = placed_.rows - 1; // beyond it, anything
        const std::int64_t stride = placed_.heads[0].head->keyStride;
        const RowsAhead ahead = RowsAhead::of<type>(keyLength_, stride);
        for (int j = 0; j < count; ++j) {
            rows[j] = placed_.keys + (p + j < last ? p + j : last) * stride;
            ahead.ask(rows[j]);
        }
    }

    // From head `at` on, as many heads at a time as there are registers for.
    template <CacheType type, int queries>
    PONDER_INLINE void tiles(std::int64_t at, const std::byte* const* rows, std::int64_t p) {
        for (; at + queries <= placed_.count; at += queries) tile<type, queries, 1>(at, rows, p);
        if constexpr (queries > 1) tiles<type, queries - 1>(at, rows, p);
    }

    template <CacheType type, int queries, int fours>
    PONDER_INLINE void tile(std::int64_t at, const std::byte* const* rows, std::int64_t p) {
        constexpr int positions = 4 * fours;
        const PlacedHead* heads = placed_.heads + at;
        Floats sums[queries][positions];
#pragma GCC unroll 4
        for (int q = 0; q < queries; ++q) {
#pragma GCC unroll 8
            for (int j = 0; j < positions; ++j) sums[q][j] = Isa::zero();
        }
        const float* query[queries];
#pragma GCC unroll 4
        for (int q = 0; q < queries; ++q) query[q] = heads[q].head->query;
        std::int64_t i = 0;
        for (; i + Isa::lanes <= keyLength_; i += Isa::lanes) {
            Floats numbers[queries];
#pragma GCC unroll 4
            for (int q = 0; q < queries; ++q) numbers[q] = Isa::load(query[q] + i);
#pragma GCC unroll 8
            for (int j = 0; j < positions; ++j) {
                const Floats key = loadCached<Isa, type>(rows[j], i);
#pragma GCC unroll 4
                for (int q = 0; q < queries; ++q) sums[q][j] = Isa::plus(sums[q][j], numbers[q], key);
            }
        }
        if (i < keyLength_) {
            const std::int64_t left = keyLength_ - i;
            for (int j = 0; j < positions; ++j) {
                const Floats key = loadLastCached<Isa, type>(rows[j], i, left);
                for (int q = 0; q < queries; ++q)
                    sums[q][j] = Isa::plus(sums[q][j], loadLast<Isa>(query[q] + i, left), key);
            }
        }
        const __m128 scale = _mm_set1_ps(heads[0].head->scale);
#pragma GCC unroll 4
        for (int q = 0; q < queries; ++q) {
#pragma GCC unroll 2
            for (int j = 0; j < positions; j += 4) {
                const __m128 four =
                    Isa::sumOfEach(sums[q][j], sums[q][j + 1], sums[q][j + 2], sums[q][j + 3]);
                _mm_storeu_ps(heads[q].scores + p + j, _mm_mul_ps(four, scale));
            }
        }
    }

    const PlacedHeads& placed_;
    const std::int64_t keyLength_;
};

// Scores become weights, zero where the head does not look.
PONDER_INLINE void normalise(const PlacedHead& placed, std::int64_t rows) {
    float* own = placed.scores + placed.begin;
    const std::int64_t count = placed.end - placed.begin;
    const float* sink = placed.head->sink;
    SoftmaxState* state = placed.head->state;
    float largest = maximum(own, count);
    if (sink && *sink > largest) largest = *sink;
    if (state && state->largest > largest) largest = state->largest;
    float total = exponentials(own, count, largest);
    if (sink) total += std::exp(*sink - largest);
    *placed.kept = 0;
    if (state) {
        *placed.kept = state->total * std::exp(state->largest - largest);
        total += *placed.kept;
        *state = {.largest = largest, .total = total};
    }
    *placed.factor = 1 / total;
    for (std::int64_t p = 0; p < placed.begin; ++p) placed.scores[p] = 0;
    for (std::int64_t p = placed.end; p < rows; ++p) placed.scores[p] = 0;
}

/// Sums of values by weight, of some rows and columns at a time, so that what is read and converted of the
/// cache serves all heads.
template <class Isa>
class Mixture {
public:
    explicit Mixture(const PlacedHeads& placed)
        : placed_(placed), stride_(placed.heads[0].head->valueStride) {}

    template <CacheType type>
    PONDER_INLINE void run(std::int64_t from, std::int64_t to) {
        const bool converts = type != CacheType::F32 && placed_.count >= kSharingHeads;
        const std::int64_t whole = from + (to - from) / Isa::lanes * Isa::lanes;
        for (std::int64_t row = 0; row < placed_.rows; row += kRows) {
            first_ = row;
            count_ = placed_.rows - row < kRows ? placed_.rows - row : kRows;
            for (std::int64_t column = from; column < whole; column += kColumns) {
                const std::int64_t end = whole - column < kColumns ? whole : column + kColumns;
                if (converts)
                    runConverted<type>(column, end);
                else
                    tiles<type, Isa::queries>(0, placed_.values + row * stride_, stride_, column, column,
                                              end);
            }
        }
        if (whole < to) mixLast<type>(whole, to - whole);
    }

private:
    using Floats = typename Isa::Floats;
    static constexpr std::int64_t kRows = 32;
    static constexpr std::int64_t kColumns = 128;

    template <CacheType type>
    PONDER_INLINE void runConverted(std::int64_t column, std::int64_t end) {
        alignas(64) float numbers[kRows * kColumns];
        const RowsAhead ahead = RowsAhead::of<type>(end - column, stride_);
        for (std::int64_t p = 0; p < count_; ++p) {
            const std::byte* row = placed_.values + (first_ + p) * stride_;
            ahead.ask(row + RowsAhead::bytesOf<type>(column));
            convertCached<Isa, type>(row, column, end - column, numbers + p * kColumns);
        }
        tiles<CacheType::F32, Isa::queries>(0, reinterpret_cast<const std::byte*>(numbers),
                                            kColumns * static_cast<std::int64_t>(sizeof(float)), 0, column,
                                            end);
    }

    // Columns [column, end) of the output, which begin at number `at` of the rows.
    template <CacheType type, int queries>
    PONDER_INLINE void tiles(std::int64_t head, const std::byte* rows, std::int64_t stride, std::int64_t at,
                             std::int64_t column, std::int64_t end) {
        constexpr int columns = queries == 1 ? 8 : 4;
        for (; head + queries <= placed_.count; head += queries) {
            std::int64_t i = column;
            for (; i + columns * Isa::lanes <= end; i += columns * Isa::lanes)
                tile<type, queries, columns>(head, rows, stride, at + i - column, i);
            for (; i < end; i += Isa::lanes) tile<type, queries, 1>(head, rows, stride, at + i - column, i);
        }
        if constexpr (queries > 1) tiles<type, queries - 1>(head, rows, stride, at, column, end);
    }

    // output[i …] continued by this block's rows.
    template <CacheType type, int queries, int columns>
    PONDER_INLINE void tile(std::int64_t at, const std::byte* row, std::int64_t stride, std::int64_t number,
                            std::int64_t i) {
        const PlacedHead* heads = placed_.heads + at;
        Floats sums[queries][columns];
        const float* weights[queries];
#pragma GCC unroll 4
        for (int q = 0; q < queries; ++q) {
            weights[q] = heads[q].scores + first_;
#pragma GCC unroll 8
            for (int c = 0; c < columns; ++c)
                sums[q][c] = begun(heads[q], heads[q].head->output + i + c * Isa::lanes);
        }
        const RowsAhead ahead = RowsAhead::of<type>(columns * Isa::lanes, stride);
        for (std::int64_t p = 0; p < count_; ++p, row += stride) {
            if constexpr (type != CacheType::F32) ahead.ask(row + RowsAhead::bytesOf<type>(number));
            Floats value[columns];
#pragma GCC unroll 8
            for (int c = 0; c < columns; ++c) value[c] = loadCached<Isa, type>(row, number + c * Isa::lanes);
#pragma GCC unroll 4
            for (int q = 0; q < queries; ++q) {
                const Floats weight = Isa::all(weights[q][p]);
#pragma GCC unroll 8
                for (int c = 0; c < columns; ++c) sums[q][c] = Isa::plus(sums[q][c], weight, value[c]);
            }
        }
        const bool last = first_ + count_ == placed_.rows;
#pragma GCC unroll 4
        for (int q = 0; q < queries; ++q) {
#pragma GCC unroll 8
            for (int c = 0; c < columns; ++c) {
                Isa::store(heads[q].head->output + i + c * Isa::lanes,
                           last ? Isa::times(sums[q][c], Isa::all(*heads[q].factor)) : sums[q][c]);
            }
        }
    }

    // What the rows before add up to. An output that nothing was written to yet may hold anything.
    PONDER_INLINE Floats begun(const PlacedHead& placed, const float* output) const {
        if (first_ > 0) return Isa::load(output);
        if (*placed.kept == 0) return Isa::zero();
        return Isa::times(Isa::load(output), Isa::all(*placed.kept));
    }

    // The last columns, fewer than a vector has lanes.
    template <CacheType type>
    PONDER_INLINE void mixLast(std::int64_t i, std::int64_t left) {
        for (std::int64_t q = 0; q < placed_.count; ++q) {
            const PlacedHead& placed = placed_.heads[q];
            Floats sum = Isa::zero();
            if (*placed.kept != 0)
                sum = Isa::times(loadLast<Isa>(placed.head->output + i, left), Isa::all(*placed.kept));
            for (std::int64_t p = 0; p < placed_.rows; ++p) {
                sum = Isa::plus(sum, Isa::all(placed.scores[p]),
                                loadLastCached<Isa, type>(placed_.values + p * stride_, i, left));
            }
            float numbers[Isa::lanes];
            Isa::store(numbers, Isa::times(sum, Isa::all(*placed.factor)));
            std::memcpy(placed.head->output + i, numbers, static_cast<std::size_t>(left) * sizeof(float));
        }
    }

    const PlacedHeads& placed_;
    const std::int64_t stride_;
    std::int64_t first_ = 0; // row of the block
    std::int64_t count_ = 0; // of its rows
};

// Calls work.template operator()<type>() for the head's type of cache.
template <class Work>
PONDER_INLINE void withCacheType(const AttentionHead& head, const Work& work) {
    switch (head.cacheType) {
    case CacheType::F32:
        return work.template operator()<CacheType::F32>();
    case CacheType::F16:
        return work.template operator()<CacheType::F16>();
    case CacheType::Q8_0:
        return work.template operator()<CacheType::Q8_0>();
    case CacheType::Words:
        return work.template operator()<CacheType::Words>();
    }
}

template <class Isa>
void scoreTogether(const AttentionHead* heads, std::int64_t count, AttentionRange rows, float* scratch) {
    const PlacedHeads placed = placeHeads(heads, count, scratch);
    const std::int64_t end = rows.end < placed.rows ? rows.end : placed.rows;
    withCacheType(*heads, [&]<CacheType type>() { Scores<Isa>(placed).template run<type>(rows.begin, end); });
}

template <class Isa>
void mixTogether(const AttentionHead* heads, std::int64_t count, AttentionRange columns, float* scratch) {
    const PlacedHeads placed = placeHeads(heads, count, scratch);
    const std::int64_t length = heads[0].valueLength;
    const std::int64_t end = columns.end < length ? columns.end : length;
    withCacheType(*heads,
                  [&]<CacheType type>() { Mixture<Isa>(placed).template run<type>(columns.begin, end); });
}

} // namespace
} // namespace ponder::kernels
