#pragma once

#include "kernels/attention.h"
#include "kernels/inline.h"

#include <cstddef>
#include <cstdint>

namespace ponder::kernels {

/// Scores are computed eight positions at a time: so many may lie beyond the last. Behind them lie two
/// numbers of the softmax.
constexpr std::int64_t kScoresBeyond = 16;

/// A head's place among rows that it shares with others, and its part of the scratch.
struct PlacedHead {
    const AttentionHead* head;
    std::int64_t begin; ///< of the shared rows, the first that it sees
    std::int64_t end;
    float* scores; ///< [shared rows + kScoresBeyond], weights once they are normalised
    float* factor; ///< one over the softmax's total
    float* kept;   ///< the earlier positions' part of the total
};

/// Heads that look at rows of one cache.
struct PlacedHeads {
    PlacedHead heads[kMostHeads];
    std::int64_t count;
    std::int64_t rows; ///< from the first that one of them sees to the last
    const std::byte* keys;
    const std::byte* values;
};

/// Requires: 1 to kMostHeads heads.
PONDER_INLINE PlacedHeads placeHeads(const AttentionHead* heads, std::int64_t count, float* scratch) {
    const auto bytes = [](const void* address) { return static_cast<const std::byte*>(address); };
    std::int64_t first = 0;
    for (std::int64_t i = 1; i < count; ++i)
        if (bytes(heads[i].keys) < bytes(heads[first].keys)) first = i;
    PlacedHeads placed{.heads = {},
                       .count = count,
                       .rows = 0,
                       .keys = bytes(heads[first].keys),
                       .values = bytes(heads[first].values)};
    for (std::int64_t i = 0; i < count; ++i) {
        PlacedHead& each = placed.heads[i];
        each.head = heads + i;
        each.begin = (bytes(heads[i].keys) - placed.keys) / heads[i].keyStride;
        each.end = each.begin + heads[i].positions;
        placed.rows = each.end > placed.rows ? each.end : placed.rows;
    }
    for (std::int64_t i = 0; scratch && i < count; ++i) {
        PlacedHead& each = placed.heads[i];
        each.scores = scratch + i * (placed.rows + kScoresBeyond);
        each.factor = each.scores + placed.rows + kScoresBeyond - 2;
        each.kept = each.factor + 1;
    }
    return placed;
}

} // namespace ponder::kernels
