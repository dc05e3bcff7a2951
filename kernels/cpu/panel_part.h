#pragma once

#include "kernels/activation_row.h"
#include "kernels/cpu/block_sums.h"
#include "kernels/cpu/panel_weights_32.h"
#include "kernels/cpu/panel_weights_k.h"

namespace ponder::kernels {
namespace {

constexpr int kColumnsOfK = 256;

/// A part of a panel: as many rows as the instruction set has lanes.
template <class Isa, class Weights>
struct PanelPart {
    const std::uint8_t* panel;
    int firstRow; ///< of the part in its panel
    std::int64_t row;
    int count; ///< rows that are stored: none where the range ends before the part

    PanelPart(const MatmulRange& range, std::int64_t number, int part)
        : panel(static_cast<const std::uint8_t*>(range.weights) +
                static_cast<std::size_t>(number) * panelBytes(range.type, range.columns)),
          firstRow(Isa::lanes * part) {
        row = kPanelRows * number + firstRow;
        const std::int64_t left = range.rowEnd - row;
        count = static_cast<int>(left < 0 ? 0 : left < Isa::lanes ? left : Isa::lanes);
    }
    /// Numbers b · columns and after, where Weights::columns share a scale.
    PONDER_INLINE PanelBlock<Isa> block(std::int64_t b, int turn = 0) const {
        return {panel + Weights::shape.wordsAt(b / Weights::parts) + 4 * firstRow,
                static_cast<int>(b % Weights::parts), turn};
    }
    PONDER_INLINE const std::uint8_t* rest(std::int64_t b) const {
        return panel + Weights::shape.restsAt(b / Weights::parts) + Weights::shape.restBytes * firstRow;
    }
    /// Where the stretch lies that begins with block b: behind the last one, that of the panel `panels`
    /// further on.
    PONDER_INLINE const std::uint8_t* stretch(std::int64_t b, std::int64_t blocks, int panels) const {
        if (b < blocks) return panel + Weights::shape.wordsAt(b / Weights::parts);
        return panel + panels * Weights::shape.bytes(blocks / Weights::parts);
    }
    PONDER_INLINE float* output(const MatmulRange& range, std::int64_t token) const {
        return range.output + token * range.outputStride + row;
    }
};

/// What a group's sum starts from where its codes are `above` their weights: see PanelAvx512.
template <int columns, int above>
PONDER_INLINE std::int32_t startOf(const std::int16_t* groupSums, int group) {
    if constexpr (columns == 16) return -above * groupSums[group];
    return -above * (groupSums[2 * group] + groupSums[2 * group + 1]);
}

} // namespace
} // namespace ponder::kernels
