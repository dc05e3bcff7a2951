#pragma once

#include "engine/model/model.h"
#include "engine/model/rope_table.h"

#include <cstdint>

namespace ponder::engine {

/// DeepSeek-V4's compressor: of every block of positions it makes one row, for each number the softmax over
/// the block's gates of the block's values, then normed and rotated to the block's first position. Where
/// blocks overlap every position offers two shares: the second for the row of its own block, the first for
/// the row after. Softmax runs along with the positions, so a block is carried as three numbers for each of
/// the row's. Keeps its working memory between calls; one thread.
class RowCompressor {
public:
    explicit RowCompressor(const Model& model);

    /// Numbers carried from a position to the next for rows of `length` numbers:
    /// [own block, block after][largest gate, sum of weights, weighted sum][length].
    static std::int64_t carriedNumbers(int ratio, std::int64_t length);
    /// Rows of a projection to values or gates.
    static std::int64_t projectedNumbers(int ratio, std::int64_t length) {
        return ratio == kOverlappingRatio ? 2 * length : length;
    }

    struct Offer {
        const CompressorWeights& weights;
        int ratio = 0;
        std::int64_t length = 0;       ///< of a row
        std::int64_t position = 0;     ///< in the conversation
        const float* values = nullptr; ///< [projectedNumbers]
        const float* gates = nullptr;  ///< [projectedNumbers], without the bias of the place in the block
    };
    /// Takes up one position in `carried`. True: it was the last of its block, whose row, [length], stands in
    /// `row`.
    bool take(const Offer& offer, float* carried, float* row);

private:
    const ModelConfig& config_;
    RopeTable rope_;
};

} // namespace ponder::engine
