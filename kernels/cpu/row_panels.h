#pragma once

#include "kernels/activation_row.h"
#include "kernels/cpu/vector_avx2.h"
#include "kernels/inline.h"

#include <cstdint>

// Products work on panels of weight rows, one lane of a vector a row. Everything here has internal linkage:
// each file that includes it is built for an instruction set of its own.
namespace ponder::kernels {
namespace {

constexpr int kEight = 8;         // rows that are unpacked together, whatever the width of the panel
constexpr int kTileTokens = 64;   // tokens that share one unpacking of a panel
constexpr int kSharingTokens = 4; // below these, turning a panel costs more than it saves

using EightRows = const std::uint8_t* const*;

// `lanes` weight rows. A panel at the end of a range repeats its last row; its lanes are not stored.
template <int lanes>
struct Panel {
    const std::uint8_t* rows[lanes];
    std::int64_t first;
    int count;

    Panel(const MatmulRange& range, std::int64_t row)
        : first(row), count(range.rowEnd - row < lanes ? static_cast<int>(range.rowEnd - row) : lanes) {
        for (int r = 0; r < lanes; ++r) rows[r] = weightRow(range, row + (r < count ? r : count - 1));
    }

    PONDER_INLINE float* output(const MatmulRange& range, std::int64_t token) const {
        return range.output + token * range.outputStride + first;
    }
};

// Asks for the same bytes of the rows behind these: so many streams are not fetched ahead by the processor.
template <int lanes>
PONDER_INLINE void askForRowsBehind(const Panel<lanes>& panel, std::size_t rowBytes, std::int64_t offset,
                                    std::int64_t bytes) {
    for (const std::uint8_t* row : panel.rows)
        for (std::int64_t at = 0; at < bytes; at += 64)
            _mm_prefetch(row + lanes * rowBytes + offset + at, _MM_HINT_T0);
}

// The f16 at `offset` of each row.
PONDER_INLINE __m256 rowHalves(EightRows rows, std::int64_t offset) {
    const auto half = [&](int r) __attribute__((always_inline)) {
        std::int16_t value;
        __builtin_memcpy(&value, rows[r] + offset, sizeof value);
        return value;
    };
    return _mm256_cvtph_ps(
        _mm_setr_epi16(half(0), half(1), half(2), half(3), half(4), half(5), half(6), half(7)));
}

// Lane r of the result is the sum of the eight parts of sums[r].
PONDER_INLINE __m256i sumOfEachRow(const __m256i (&sums)[kEight]) {
    const __m256i low =
        _mm256_hadd_epi32(_mm256_hadd_epi32(sums[0], sums[1]), _mm256_hadd_epi32(sums[2], sums[3]));
    const __m256i high =
        _mm256_hadd_epi32(_mm256_hadd_epi32(sums[4], sums[5]), _mm256_hadd_epi32(sums[6], sums[7]));
    return _mm256_add_epi32(_mm256_permute2x128_si256(low, high, 0x20),
                            _mm256_permute2x128_si256(low, high, 0x31));
}

// Columns become rows: word i of x[r] moves to lane r of x[i].
PONDER_INLINE void transpose(__m256i (&x)[kEight]) {
    __m256i pairs[8], fours[8];
#pragma GCC unroll 4
    for (int i = 0; i < 4; ++i) {
        pairs[2 * i] = _mm256_unpacklo_epi32(x[2 * i], x[2 * i + 1]);
        pairs[2 * i + 1] = _mm256_unpackhi_epi32(x[2 * i], x[2 * i + 1]);
    }
#pragma GCC unroll 2
    for (int i = 0; i < 2; ++i) {
        fours[4 * i] = _mm256_unpacklo_epi64(pairs[4 * i], pairs[4 * i + 2]);
        fours[4 * i + 1] = _mm256_unpackhi_epi64(pairs[4 * i], pairs[4 * i + 2]);
        fours[4 * i + 2] = _mm256_unpacklo_epi64(pairs[4 * i + 1], pairs[4 * i + 3]);
        fours[4 * i + 3] = _mm256_unpackhi_epi64(pairs[4 * i + 1], pairs[4 * i + 3]);
    }
#pragma GCC unroll 4
    for (int i = 0; i < 4; ++i) {
        x[i] = _mm256_permute2x128_si256(fours[i], fours[i + 4], 0x20);
        x[i + 4] = _mm256_permute2x128_si256(fours[i], fours[i + 4], 0x31);
    }
}

// Eight lanes of a wider or equal vector in memory: those of rows 8 · eighth and after.
template <class Vector>
PONDER_INLINE void storeEight(Vector& vector, int eighth, __m256i lanes) {
    _mm256_store_si256(reinterpret_cast<__m256i*>(&vector) + eighth, lanes);
}

template <class Vector>
PONDER_INLINE void storeEight(Vector& vector, int eighth, __m256 lanes) {
    storeEight(vector, eighth, _mm256_castps_si256(lanes));
}

// Four activations, for every lane.
PONDER_INLINE std::int32_t fourActivations(const std::int8_t* values) {
    std::int32_t four;
    __builtin_memcpy(&four, values, sizeof four);
    return four;
}

// Two sums of activations, for every lane's two corrections.
PONDER_INLINE std::int32_t twoSums(const std::int16_t* groupSums) {
    std::int32_t two;
    __builtin_memcpy(&two, groupSums, sizeof two);
    return two;
}

// Covers a range panel by panel: `single(panel, token)` computes one token with eight rows, `tile(panel,
// token, tokens)` several with as many rows as a vector of the instruction set has lanes.
template <class Isa, class Single, class Tile>
PONDER_INLINE void forEachPanel(const MatmulRange& range, Single single, Tile tile) {
    for (std::int64_t token = 0; token < range.tokens; token += kTileTokens) {
        const std::int64_t left = range.tokens - token;
        const int tokens = left < kTileTokens ? static_cast<int>(left) : kTileTokens;
        if (tokens >= kSharingTokens) {
            for (std::int64_t row = range.rowBegin; row < range.rowEnd; row += Isa::lanes) {
                tile(Panel<Isa::lanes>(range, row), token, tokens);
            }
            continue;
        }
        for (std::int64_t row = range.rowBegin; row < range.rowEnd; row += kEight) {
            const Panel<kEight> panel(range, row);
            for (int t = 0; t < tokens; ++t) single(panel, token + t);
        }
    }
}

} // namespace
} // namespace ponder::kernels
