#pragma once

#include "kernels/inline.h"
#include "kernels/panel.h"
#include "kernels/panel_halves.h"

namespace ponder::kernels {

/// How a block is cut up in a panel: into words of four bytes, and the rest, which lies at `restAt`.
struct PanelShape {
    int words = 0; ///< 0: this type has no panels, or holds halves (panel_halves.h)
    int restAt = 0;
    int restBytes = 0;

    /// Blocks whose rests fill a line of 64 bytes.
    PONDER_INLINE constexpr std::int64_t blocksOfLine() const {
        return restBytes == 0 ? 1 : 64 / (kPanelRows * restBytes);
    }
    /// Where in a panel the words of a block lie: `words` vectors of 64 bytes.
    PONDER_INLINE constexpr std::int64_t wordsAt(std::int64_t block) const {
        return 64 * (block * words + (restBytes == 0 ? 0 : block / blocksOfLine() + 1));
    }
    /// Where its rests lie: of row 0, those of the other rows follow.
    PONDER_INLINE constexpr std::int64_t restsAt(std::int64_t block) const {
        return 64 * (block / blocksOfLine()) * (blocksOfLine() * words + 1) +
               block % blocksOfLine() * kPanelRows * restBytes;
    }
    PONDER_INLINE constexpr std::int64_t bytes(std::int64_t blocks) const {
        const std::int64_t lines = (blocks + blocksOfLine() - 1) / blocksOfLine();
        return 64 * (blocks * words + (restBytes == 0 ? 0 : lines));
    }
};

PONDER_INLINE constexpr PanelShape panelShape(TensorType type) {
    using enum TensorType;
    switch (type) {
    case Q4_0:
    case IQ4_NL:
        return {.words = 4, .restAt = 0, .restBytes = 2};
    case Q4_1:
        return {.words = 5};
    case Q5_0:
        return {.words = 5, .restAt = 0, .restBytes = 2};
    case Q5_1:
        return {.words = 6};
    case Q8_0:
        return {.words = 8, .restAt = 0, .restBytes = 2};
    case MXFP4:
        return {.words = 4, .restAt = 0, .restBytes = 1};
    case NVFP4:
        return {.words = 9};
    case Q1_0:
        return {.words = 4, .restAt = 0, .restBytes = 2};
    case Q2_K:
        return {.words = 21};
    case Q3_K:
        return {.words = 27, .restAt = 108, .restBytes = 2};
    case Q4_K:
        return {.words = 36};
    case Q5_K:
        return {.words = 44};
    case Q6_K:
        return {.words = 52, .restAt = 208, .restBytes = 2};
    case IQ4_XS:
        return {.words = 34};
    case TQ1_0:
        return {.words = 13, .restAt = 52, .restBytes = 2};
    case TQ2_0:
        return {.words = 16, .restAt = 64, .restBytes = 2};
    default:
        return {};
    }
}

/// Whether there is an order for panels of this type.
PONDER_INLINE constexpr bool hasPanelLayout(TensorType type) {
    return holdsHalves(type) || panelShape(type).words > 0;
}

} // namespace ponder::kernels
