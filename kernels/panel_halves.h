#pragma once

#include "kernels/inline.h"
#include "kernels/panel.h"
#include "kernels/words.h"

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace ponder::kernels {

/// Numbers of 16 bits (F16, BF16) lie in a panel column by column, those of the sixteen rows side by side: a
/// column is half a line of 64 bytes. A segment is 64 columns, or what is left of them. Before each two
/// segments is a line with their magnitudes: the largest of each row without its sign, as it lies. Products
/// round by them.
constexpr std::int64_t kHalvesColumnBytes = 2 * kPanelRows;
constexpr std::int64_t kHalvesSegmentBytes = kWordSegment * kHalvesColumnBytes;

PONDER_INLINE constexpr std::int64_t halvesMagnitudesAt(std::int64_t segment) {
    return segment / 2 * (64 + 2 * kHalvesSegmentBytes) + segment % 2 * kHalvesColumnBytes;
}
PONDER_INLINE constexpr std::int64_t halvesColumnsAt(std::int64_t segment) {
    return 64 * (segment / 2 + 1) + segment * kHalvesSegmentBytes;
}
PONDER_INLINE constexpr std::int64_t halvesPanelBytes(std::int64_t columns) {
    const std::int64_t bytes = 64 * ((wordSegments(columns) + 1) / 2) + columns * kHalvesColumnBytes;
    return (bytes + 63) / 64 * 64;
}

PONDER_INLINE constexpr bool holdsHalves(TensorType type) {
    return type == TensorType::F16 || type == TensorType::BF16;
}

using EightHalves = std::uint16_t __attribute__((vector_size(16)));

/// Columns become rows: number i of x[r] moves to number r of x[i].
PONDER_INLINE void transpose(EightHalves (&x)[8]) {
    EightHalves pairs[8], fours[8];
#pragma GCC unroll 4
    for (int i = 0; i < 8; i += 2) {
        pairs[i] = __builtin_shufflevector(x[i], x[i + 1], 0, 8, 1, 9, 2, 10, 3, 11);
        pairs[i + 1] = __builtin_shufflevector(x[i], x[i + 1], 4, 12, 5, 13, 6, 14, 7, 15);
    }
#pragma GCC unroll 2
    for (int i = 0; i < 8; i += 4) {
#pragma GCC unroll 2
        for (int j = 0; j < 2; ++j) {
            const EightHalves upper = pairs[i + j], lower = pairs[i + j + 2];
            fours[i + 2 * j] = __builtin_shufflevector(upper, lower, 0, 1, 8, 9, 2, 3, 10, 11);
            fours[i + 2 * j + 1] = __builtin_shufflevector(upper, lower, 4, 5, 12, 13, 6, 7, 14, 15);
        }
    }
#pragma GCC unroll 4
    for (int i = 0; i < 4; ++i) {
        x[2 * i] = __builtin_shufflevector(fours[i], fours[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
        x[2 * i + 1] = __builtin_shufflevector(fours[i], fours[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
    }
}

/// What the numbers of sixteen rows are at most, without their sign and as they lie: so they are in order as
/// whole numbers are, infinity and what is no number behind them.
struct HalvesMagnitudes {
    EightHalves rows[2] = {};

    PONDER_INLINE void add(int half, EightHalves x) {
        using Signed = std::int16_t __attribute__((vector_size(16)));
        const auto magnitude = reinterpret_cast<Signed>(x & 0x7FFF);
        const auto most = reinterpret_cast<Signed>(rows[half]);
        rows[half] = reinterpret_cast<EightHalves>(magnitude > most ? magnitude : most);
    }
};

/// Eight columns, or the first of them, of each of eight rows or the first of them: the `half`-th eight.
template <bool areWhole>
PONDER_INLINE void turnEight(const std::byte* rows, std::size_t rowBytes, std::int64_t count,
                             std::int64_t columns, int half, std::byte* to, HalvesMagnitudes& magnitudes) {
    EightHalves x[8] = {};
#pragma GCC unroll 8
    for (std::int64_t r = 0; r < (areWhole ? 8 : count); ++r)
        std::memcpy(&x[r], rows + static_cast<std::size_t>(r) * rowBytes,
                    areWhole ? sizeof x[r] : 2 * static_cast<std::size_t>(columns));
    transpose(x);
#pragma GCC unroll 8
    for (std::int64_t i = 0; i < (areWhole ? 8 : columns); ++i) {
        magnitudes.add(half, x[i]);
        std::memcpy(to + i * kHalvesColumnBytes + 16 * half, &x[i], sizeof x[i]);
    }
}

/// A segment: `columns` numbers (1 to 64) of each of `count` rows (1 to 16), `rowBytes` apart, as columns of
/// a panel; missing rows are zero. Any alignment.
PONDER_INLINE void turnHalves(const std::byte* rows, std::size_t rowBytes, std::int64_t count,
                              std::int64_t columns, std::byte* to, std::byte* magnitudesTo) {
    HalvesMagnitudes magnitudes;
    for (std::int64_t column = 0; column < columns; column += 8, to += 8 * kHalvesColumnBytes) {
        const std::int64_t left = columns - column < 8 ? columns - column : 8;
#pragma GCC unroll 2
        for (int half = 0; half < 2; ++half) {
            const std::byte* from = rows + static_cast<std::size_t>(8 * half) * rowBytes + 2 * column;
            const std::int64_t behind = count - 8 * half;
            const std::int64_t given = behind < 0 ? 0 : behind < 8 ? behind : 8;
            if (left == 8 && given == 8)
                turnEight<true>(from, rowBytes, 8, 8, half, to, magnitudes);
            else
                turnEight<false>(from, rowBytes, given, left, half, to, magnitudes);
        }
    }
    std::memcpy(magnitudesTo, magnitudes.rows, sizeof magnitudes.rows);
}

} // namespace ponder::kernels
