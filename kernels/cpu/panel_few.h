#pragma once

#include "kernels/cpu/panel_part.h"

// One or two tokens by a panel: the codes are multiplied while they are in registers.
namespace ponder::kernels {
namespace {

/// Block b of a part, times some tokens.
template <class Isa, class Weights, int tokens>
struct BlockOfKToFew {
    using V = typename Isa::Integers;
    PanelBlock<Isa> block;
    PanelScales<Isa> scales;
    const std::int8_t* activations[tokens];
    const std::int16_t* groupSums[tokens];
    V sums[tokens];

    PONDER_INLINE BlockOfKToFew(const PanelPart<Isa, Weights>& part, int turn, const Q8_KRow* rows,
                                std::int64_t b)
        : block(part.block(b, turn)), scales(Weights::template scales<Isa>(block)) {
#pragma GCC unroll 8
        for (int t = 0; t < tokens; ++t) {
            activations[t] = rows[t].values + kColumnsOfK * b;
            groupSums[t] = rows[t].groupSums + kColumnsOfK / 16 * b;
            sums[t] = Isa::zeros();
        }
    }
    // Columns 64c to 64c + 63, word by word as the type takes them apart.
    template <int c>
    PONDER_INLINE void addChunk() {
        constexpr int words = Weights::group / 4, groups = 64 / Weights::group;
        V products[groups][tokens];
        Weights::template codes<Isa, c>(
            block, [&]<int word>(Number<word>, V codes) __attribute__((always_inline)) {
                constexpr int group = word / words, at = word % words;
                std::int32_t starts[tokens];
                if constexpr (Isa::movesSigned && Weights::isSigned && at == 0) {
#pragma GCC unroll 8
                    for (int t = 0; t < tokens; ++t)
                        starts[t] = startOf<Weights::group, 128>(groupSums[t], groups * c + group);
                }
                Isa::template addWord<at, words, Weights>(products[group], codes, activations,
                                                          64 * c + 4 * word, starts);
                if constexpr (Isa::template endsRun<at, words, Weights>) {
                    Isa::addRun(sums, products[group],
                                Weights::template scale<Isa, groups * c + group>(scales));
                }
            });
    }
    PONDER_INLINE void finish(const PanelPart<Isa, Weights>& part, const Q8_KRow* rows, std::int64_t b,
                              typename Isa::Floats (&totals)[tokens]) const {
        const auto blockScales = Weights::template blockScales<Isa>(block, part.rest(b));
        const auto minimums = Weights::template minimums<Isa>(block);
#pragma GCC unroll 8
        for (int t = 0; t < tokens; ++t) {
            V correction = Isa::zeros();
            if constexpr (Weights::correction != 0) {
                forEach<8>([&]<int i>(Number<i>) __attribute__((always_inline)) {
                    correction = Isa::addPairs(correction, Weights::template correctionPair<Isa, i>(scales),
                                               twoSums(groupSums[t] + 2 * i));
                });
            }
            totals[t] = addBlockOf256<Isa, Weights>(totals[t], sums[t], correction, blockScales, minimums,
                                                    rows[t].scales[b]);
        }
    }
};

/// Parts of a panel, which take turns: a line is read once, and memory in order.
template <class Isa, class Weights, int tokens>
void multiplyFewOfK(const MatmulRange& range, const PanelPart<Isa, Weights>& first,
                    const PanelPart<Isa, Weights>& last) {
    constexpr int parts = kPartsOfPanel<Isa>;
    Q8_KRow rows[tokens];
    typename Isa::Floats totals[parts][tokens];
    for (int t = 0; t < tokens; ++t) {
        rows[t] = q8_KRow(activationRow(range, t), range.columns);
        for (int p = 0; p < parts; ++p) totals[p][t] = Isa::zero();
    }
    for (std::int64_t b = 0; b < range.columns / kColumnsOfK; ++b) {
        BlockOfKToFew<Isa, Weights, tokens> upper(first, 0, rows, b), lower(last, 1, rows, b);
        forEach<4>([&]<int c>(Number<c>) __attribute__((always_inline)) {
            upper.template addChunk<c>();
            if constexpr (parts == 2) lower.template addChunk<c>();
        });
        upper.finish(first, rows, b, totals[0]);
        if constexpr (parts == 2) lower.finish(last, rows, b, totals[1]);
    }
    for (int t = 0; t < tokens; ++t) {
        Isa::storeFirst(first.output(range, t), totals[0][t], first.count);
        if constexpr (parts == 2) Isa::storeFirst(last.output(range, t), totals[1][t], last.count);
    }
}

/// Block b of a part, whose codes stay in registers for all tokens.
template <class Isa, class Weights, int turn, int tokens>
PONDER_INLINE void addBlockOf32ToFew(const PanelPart<Isa, Weights>& part, const Q8_0Row* rows, std::int64_t b,
                                     typename Isa::Floats (&totals)[tokens]) {
    const PanelBlock<Isa> block = part.block(b, turn);
    const std::int64_t theirs = b * Weights::columns / 32;
    const std::int8_t* activations[tokens];
#pragma GCC unroll 8
    for (int t = 0; t < tokens; ++t) activations[t] = rows[t].values;
    BlockCodes<Isa> codes;
    Weights::template codes<Isa>(block, codes);
    const auto scales = Weights::template scales<Isa>(block, part.rest(b));
    const auto offsets = Weights::template offsets<Isa>(block, scales);
    std::int32_t starts[tokens];
    typename Isa::Integers sums[tokens];
#pragma GCC unroll 8
    for (int t = 0; t < tokens; ++t) starts[t] = rows[t].starts[theirs];
    Isa::template multiplyBlock<Weights>(sums, codes.columns, activations, Weights::columns * b, starts);
#pragma GCC unroll 8
    for (int t = 0; t < tokens; ++t) {
        totals[t] = addBlockOf32<Isa, Weights>(totals[t], sums[t], scales, offsets, rows[t].scales[theirs],
                                               rows[t].sums[theirs]);
    }
}

/// See multiplyFewOfK.
template <class Isa, class Weights, int tokens>
void multiplyFewOf32(const MatmulRange& range, const PanelPart<Isa, Weights>& first,
                     const PanelPart<Isa, Weights>& last) {
    constexpr int parts = kPartsOfPanel<Isa>;
    Q8_0Row rows[tokens];
    typename Isa::Floats totals[parts][tokens];
    for (int t = 0; t < tokens; ++t) {
        rows[t] = q8_0Row(activationRow(range, t), range.columns);
        for (int p = 0; p < parts; ++p) totals[p][t] = Isa::zero();
    }
    for (std::int64_t b = 0; b < range.columns / Weights::columns; ++b) {
        addBlockOf32ToFew<Isa, Weights, 0>(first, rows, b, totals[0]);
        if constexpr (parts == 2) addBlockOf32ToFew<Isa, Weights, 1>(last, rows, b, totals[1]);
    }
    for (int t = 0; t < tokens; ++t) {
        Isa::storeFirst(first.output(range, t), totals[0][t], first.count);
        if constexpr (parts == 2) Isa::storeFirst(last.output(range, t), totals[1][t], last.count);
    }
}

} // namespace
} // namespace ponder::kernels
