#pragma once

#include "kernels/activation_row.h"
#include "kernels/inline.h"

#include <cstdint>

namespace ponder::kernels {

/// Tokens whose activations are worth keeping in the second-level cache while the rows of a range pass by.
PONDER_INLINE std::int64_t tokensPerTile(const MatmulRange& range) {
    constexpr std::int64_t kTileBytes = 128 * 1024;
    const auto row = static_cast<std::int64_t>(activationRowBytes(activationFormat(range.type), range.columns));
    const std::int64_t tokens = kTileBytes / (row + 1) / 4 * 4;
    return tokens < 4 ? 4 : tokens;
}

/// Covers a range tile by tile: `four(row, token)` computes four tokens of a row, `one(row, token)` one of them.
template <class Four, class One>
PONDER_INLINE void forEachTile(const MatmulRange& range, Four four, One one) {
    const std::int64_t step = tokensPerTile(range);
    for (std::int64_t begin = 0; begin < range.tokens; begin += step) {
        const std::int64_t end = begin + step < range.tokens ? begin + step : range.tokens;
        for (std::int64_t row = range.rowBegin; row < range.rowEnd; ++row) {
            std::int64_t token = begin;
            for (; token + 4 <= end; token += 4) four(row, token);
            for (; token < end; ++token) one(row, token);
        }
    }
}

} // namespace ponder::kernels
