#pragma once

#include "kernels/cpu/panel_part.h"

// One or two tokens by a panel: the codes are multiplied while they are in registers.
namespace ponder::kernels {
namespace {

template <class Isa, class Weights, int tokens>
struct ProductsOfK {
    using V = typename Isa::Integers;
    const std::int8_t* activations[tokens];
    const std::int16_t* groupSums[tokens];
    V sums[tokens];

    PONDER_INLINE ProductsOfK(const Q8_KRow* rows, std::int64_t b) {
#pragma GCC unroll 8
        for (int t = 0; t < tokens; ++t) {
            activations[t] = rows[t].values + kColumnsOfK * b;
            groupSums[t] = rows[t].groupSums + kColumnsOfK / 16 * b;
            sums[t] = Isa::zeros();
        }
    }
    // Half a chunk: 32 columns from 32 · part on, with their one or two scales.
    template <int part>
    PONDER_INLINE void add(const V* codes, V first, V second) {
        std::int32_t starts[tokens];
        if constexpr (Isa::movesSigned && Weights::isSigned) {
#pragma GCC unroll 8
            for (int t = 0; t < tokens; ++t) starts[t] = startOf(groupSums[t], part);
        }
        constexpr int vectors = Weights::group / 4;
        Isa::template addGroup<vectors, Weights>(sums, codes, activations, 32 * part, first, starts);
        if constexpr (Weights::group == 16) {
            Isa::template addGroup<vectors, Weights>(sums, codes + 4, activations, 32 * part + 16, second,
                                                     starts);
        }
    }
    template <class Corrections>
    PONDER_INLINE void finish(const Q8_KRow* rows, std::int64_t b, const Corrections& corrections,
                              typename Isa::Floats scales, typename Isa::Floats minimums,
                              typename Isa::Floats* totals) {
#pragma GCC unroll 8
        for (int t = 0; t < tokens; ++t) {
            V correction = Isa::zeros();
            if constexpr (Weights::correction != 0) {
                forEach<8>([&](auto i) __attribute__((always_inline)) {
                    correction = Isa::addPairs(correction, corrections(i), twoSums(groupSums[t] + 2 * i));
                });
            }
            totals[t] = addBlockOf256<Isa, Weights>(totals[t], sums[t], correction, scales, minimums,
                                                    rows[t].scales[b]);
        }
    }
};

template <class Isa, class Weights, int g>
PONDER_INLINE typename Isa::Integers scaleOf(const PanelScales<Isa>& scales) {
    return Weights::template scale<Isa, g>(scales);
}

/// Block b of a part, as a token's products want it.
template <class Isa, class Weights, int tokens>
PONDER_INLINE void addBlockOfKToFew(const PanelPart<Isa, Weights>& part, const Q8_KRow* rows, std::int64_t b,
                                    typename Isa::Floats* totals) {
    const PanelBlock<Isa> block = part.block(b);
    const PanelScales<Isa> scales = Weights::template scales<Isa>(block);
    ProductsOfK<Isa, Weights, tokens> products(rows, b);
    forEach<4>([&]<int c>(std::integral_constant<int, c>) __attribute__((always_inline)) {
        constexpr int perPart = 32 / Weights::group;
        PanelCodes<Isa> codes;
        Weights::template codes<Isa, c>(block, codes);
        products.template add<2 * c>(codes.low, scaleOf<Isa, Weights, 2 * c * perPart>(scales),
                                     scaleOf<Isa, Weights, 2 * c * perPart + perPart - 1>(scales));
        products.template add<2 * c + 1>(codes.high, scaleOf<Isa, Weights, (2 * c + 1) * perPart>(scales),
                                         scaleOf<Isa, Weights, (2 * c + 1) * perPart + perPart - 1>(scales));
    });
    products.finish(
        rows, b,
        [&]<int i>(std::integral_constant<int, i>)
            __attribute__((always_inline)) { return Weights::template correctionPair<Isa, i>(scales); },
        Weights::template blockScales<Isa>(block, part.rest(b)), Weights::template minimums<Isa>(block),
        totals);
}

/// The parts of a panel take turns block by block: a line is read once, and memory in order.
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
        addBlockOfKToFew<Isa, Weights, tokens>(first, rows, b, totals[0]);
        if constexpr (parts == 2) addBlockOfKToFew<Isa, Weights, tokens>(last, rows, b, totals[1]);
    }
    for (int t = 0; t < tokens; ++t) {
        Isa::storeFirst(first.output(range, t), totals[0][t], first.count);
        if constexpr (parts == 2) Isa::storeFirst(last.output(range, t), totals[1][t], last.count);
    }
}

/// Block b of a part, whose codes stay in registers for all tokens.
template <class Isa, class Weights, int tokens>
PONDER_INLINE void addBlockOf32ToFew(const PanelPart<Isa, Weights>& part, const Q8_0Row* rows, std::int64_t b,
                                     typename Isa::Floats* totals) {
    const PanelBlock<Isa> block = part.block(b);
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
        addBlockOf32ToFew<Isa, Weights, tokens>(first, rows, b, totals[0]);
        if constexpr (parts == 2) addBlockOf32ToFew<Isa, Weights, tokens>(last, rows, b, totals[1]);
    }
    for (int t = 0; t < tokens; ++t) {
        Isa::storeFirst(first.output(range, t), totals[0][t], first.count);
        if constexpr (parts == 2) Isa::storeFirst(last.output(range, t), totals[1][t], last.count);
    }
}

} // namespace
} // namespace ponder::kernels
