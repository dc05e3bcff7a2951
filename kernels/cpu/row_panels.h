#pragma once

#include "kernels/activation_row.h"
#include "kernels/cpu/vector_avx2.h"
#include "kernels/inline.h"

#include <cstdint>

// Products work on panels of eight weight rows, one lane of a vector a row. Everything here has internal
// linkage: each file that includes it is built for an instruction set of its own.
namespace ponder::kernels {
namespace {

constexpr int kPanelRows = 8;
constexpr int kTileTokens = 64; // tokens that share one unpacking of a panel

// The rows of one panel. A panel at the end of a range repeats its last row; its lanes are not stored.
struct PanelRows {
    const std::uint8_t* rows[kPanelRows];
    std::int64_t first;
    int count;

    PanelRows(const MatmulRange& range, std::int64_t row)
        : first(row),
          count(range.rowEnd - row < kPanelRows ? static_cast<int>(range.rowEnd - row) : kPanelRows) {
        for (int r = 0; r < kPanelRows; ++r) rows[r] = weightRow(range, row + (r < count ? r : count - 1));
    }

    PONDER_INLINE void store(const MatmulRange& range, std::int64_t token, __m256 results) const {
        float* output = range.output + token * range.outputStride + first;
        if (count == kPanelRows)
            _mm256_storeu_ps(output, results);
        else
            _mm256_maskstore_ps(output, firstLanes(count), results);
    }
};

// The f16 at `offset` of each row.
PONDER_INLINE __m256 rowHalves(const PanelRows& panel, std::int64_t offset) {
    const auto half = [&](int r) __attribute__((always_inline)) {
        std::int16_t value;
        __builtin_memcpy(&value, panel.rows[r] + offset, sizeof value);
        return value;
    };
    const __m128i packed =
        _mm_setr_epi16(half(0), half(1), half(2), half(3), half(4), half(5), half(6), half(7));
    return _mm256_cvtph_ps(packed);
}

// Lane r of the result is the sum of the eight parts of sums[r].
PONDER_INLINE __m256i sumOfEachRow(const __m256i (&sums)[kPanelRows]) {
    const __m256i low =
        _mm256_hadd_epi32(_mm256_hadd_epi32(sums[0], sums[1]), _mm256_hadd_epi32(sums[2], sums[3]));
    const __m256i high =
        _mm256_hadd_epi32(_mm256_hadd_epi32(sums[4], sums[5]), _mm256_hadd_epi32(sums[6], sums[7]));
    return _mm256_add_epi32(_mm256_permute2x128_si256(low, high, 0x20),
                            _mm256_permute2x128_si256(low, high, 0x31));
}

// Columns become rows: word i of x[r] moves to lane r of x[i].
PONDER_INLINE void transpose(__m256i (&x)[kPanelRows]) {
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

// Four activations in every lane.
PONDER_INLINE __m256i broadcastFour(const std::int8_t* values) {
    std::int32_t four;
    __builtin_memcpy(&four, values, sizeof four);
    return _mm256_set1_epi32(four);
}

// Covers a range panel by panel: `single(panel, token)` computes one token, `tile(panel, token, tokens)`
// several.
template <class Single, class Tile>
PONDER_INLINE void forEachPanel(const MatmulRange& range, Single single, Tile tile) {
    for (std::int64_t token = 0; token < range.tokens; token += kTileTokens) {
        const std::int64_t left = range.tokens - token;
        const int tokens = left < kTileTokens ? static_cast<int>(left) : kTileTokens;
        for (std::int64_t row = range.rowBegin; row < range.rowEnd; row += kPanelRows) {
            const PanelRows panel(range, row);
            // Below four tokens, turning the panel costs more than it saves.
            if (tokens >= 4)
                tile(panel, token, tokens);
            else
                for (int t = 0; t < tokens; ++t) single(panel, token + t);
        }
    }
}

} // namespace
} // namespace ponder::kernels
