#pragma once

#include "kernels/activation_row.h"
#include "kernels/cpu/panel_weights_32.h"
#include "kernels/cpu/panel_weights_k.h"
#include "kernels/cpu/vector_avx2.h"

#include <utility>

// Products from panels, for the instruction set `Isa`. Every result is the same bits as from rows in file
// order: within a block everything is integer and exact, and blocks are added as floats in their order, one
// lane a row. A few tokens are multiplied while the codes are in registers; many share unpacked blocks.
namespace ponder::kernels {
namespace {

constexpr int kFewTokens = 4;
constexpr int kManyTokens = 64; // share an unpacked block
constexpr int kTogether = 8;    // of them are multiplied at once
constexpr int kColumnsOfK = 256;

template <class Function, int... i>
PONDER_INLINE void forEach(std::integer_sequence<int, i...>, Function function) {
    (function(std::integral_constant<int, i>()), ...);
}
template <int n, class Function>
PONDER_INLINE void forEach(Function function) {
    forEach(std::make_integer_sequence<int, n>(), function);
}

/// A part of a panel: as many rows as the instruction set has lanes.
template <class Isa, class Weights>
struct PanelPart {
    const std::uint8_t* panel;
    int firstRow; ///< of the part in its panel
    std::int64_t row;
    int count; ///< rows that are stored

    PanelPart(const MatmulRange& range, std::int64_t number, int part)
        : panel(static_cast<const std::uint8_t*>(range.weights) +
                static_cast<std::size_t>(number) * panelBytes(range.type, range.columns)),
          firstRow(Isa::lanes * part) {
        row = kPanelRows * number + firstRow;
        const std::int64_t left = range.rowEnd - row;
        count = left < Isa::lanes ? static_cast<int>(left) : Isa::lanes;
    }
    PONDER_INLINE PanelBlock<Isa> block(std::int64_t b) const {
        return {panel + Weights::shape.wordsAt(b) + 4 * firstRow};
    }
    PONDER_INLINE const std::uint8_t* rest(std::int64_t b) const {
        return panel + Weights::shape.restsAt(b) + Weights::shape.restBytes * firstRow;
    }
    PONDER_INLINE float* output(const MatmulRange& range, std::int64_t token) const {
        return range.output + token * range.outputStride + row;
    }
};

/// What signed weights that were moved up start from: see PanelAvx512.
PONDER_INLINE std::int32_t startOf(const std::int16_t* groupSums, int group) {
    return -128 * (groupSums[2 * group] + groupSums[2 * group + 1]);
}

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
            if constexpr (Weights::correctionFactor != 0) {
                forEach<8>([&](auto i) __attribute__((always_inline)) {
                    std::int32_t two;
                    __builtin_memcpy(&two, groupSums[t] + 2 * i, sizeof two);
                    correction = Isa::addPairs(correction, corrections(i), two);
                });
            }
            const float theirs = rows[t].scales[b];
            if constexpr (!Weights::hasMinimum && Weights::correctionFactor != 0)
                sums[t] = Isa::minus(sums[t], correction, Weights::correctionFactor);
            totals[t] = Isa::plus(totals[t], Isa::times(scales, theirs), Isa::toFloats(sums[t]));
            if constexpr (Weights::hasMinimum)
                totals[t] = Isa::minus(totals[t], Isa::times(minimums, theirs), Isa::toFloats(correction));
        }
    }
};

template <class Isa, class Weights, int g>
PONDER_INLINE typename Isa::Integers scaleOf(const PanelScales<Isa>& scales) {
    return Weights::template scale<Isa, g>(scales);
}

/// Asks for a quarter of what lies `kAhead` bytes ahead of a block.
constexpr int kAhead = 4096;
template <class Weights>
PONDER_INLINE void fetchAhead(const std::uint8_t* words, int quarter) {
    constexpr int lines = (Weights::shape.words + 3) / 4;
#pragma GCC unroll 16
    for (int line = 0; line < lines; ++line)
        _mm_prefetch(words + kAhead + 64 * (lines * quarter + line), _MM_HINT_T0);
}

template <class Isa, class Weights, int tokens>
void multiplyFewOfK(const MatmulRange& range, const PanelPart<Isa, Weights>& part, std::int64_t token) {
    Q8_KRow rows[tokens];
    typename Isa::Floats totals[tokens];
    for (int t = 0; t < tokens; ++t) {
        rows[t] = q8_KRow(activationRow(range, token + t), range.columns);
        totals[t] = Isa::zero();
    }
    for (std::int64_t b = 0; b < range.columns / kColumnsOfK; ++b) {
        const PanelBlock<Isa> block = part.block(b);
        const PanelScales<Isa> scales = Weights::template scales<Isa>(block);
        ProductsOfK<Isa, Weights, tokens> products(rows, b);
        forEach<4>([&]<int c>(std::integral_constant<int, c>) __attribute__((always_inline)) {
            constexpr int perPart = 32 / Weights::group;
            PanelCodes<Isa> codes;
            Weights::template codes<Isa, c>(block, codes);
            products.template add<2 * c>(codes.low, scaleOf<Isa, Weights, 2 * c * perPart>(scales),
                                         scaleOf<Isa, Weights, 2 * c * perPart + perPart - 1>(scales));
            products.template add<2 * c + 1>(
                codes.high, scaleOf<Isa, Weights, (2 * c + 1) * perPart>(scales),
                scaleOf<Isa, Weights, (2 * c + 1) * perPart + perPart - 1>(scales));
        });
        products.finish(
            rows, b,
            [&]<int i>(std::integral_constant<int, i>)
                __attribute__((always_inline)) { return Weights::template correction<Isa, i>(scales); },
            Weights::template blockScales<Isa>(block, part.rest(b)), Weights::template minimums<Isa>(block),
            totals);
    }
    for (int t = 0; t < tokens; ++t) Isa::storeFirst(part.output(range, token + t), totals[t], part.count);
}

/// A block of a part, unpacked.
template <class Isa>
struct UnpackedK {
    typename Isa::Integers codes[64];
    typename Isa::Integers scales[16];
    typename Isa::Integers corrections[8];
    typename Isa::Floats blockScales;
    typename Isa::Floats minimums;
};

template <class Isa, class Weights>
PONDER_INLINE void unpackK(PanelBlock<Isa> block, const std::uint8_t* rest, UnpackedK<Isa>& unpacked) {
    const PanelScales<Isa> scales = Weights::template scales<Isa>(block);
    forEach<4>([&]<int c>(std::integral_constant<int, c>) __attribute__((always_inline)) {
        PanelCodes<Isa> codes;
        Weights::template codes<Isa, c>(block, codes);
#pragma GCC unroll 8
        for (int v = 0; v < 8; ++v) {
            unpacked.codes[16 * c + v] = codes.low[v];
            unpacked.codes[16 * c + 8 + v] = codes.high[v];
        }
    });
    forEach<256 / Weights::group>([&]<int g>(std::integral_constant<int, g>) __attribute__((always_inline)) {
        unpacked.scales[g] = Weights::template scale<Isa, g>(scales);
    });
    if constexpr (Weights::correctionFactor != 0) {
        forEach<8>([&]<int i>(std::integral_constant<int, i>) __attribute__((always_inline)) {
            unpacked.corrections[i] = Weights::template correction<Isa, i>(scales);
        });
    }
    unpacked.blockScales = Weights::template blockScales<Isa>(block, rest);
    unpacked.minimums = Weights::template minimums<Isa>(block);
}

template <class Isa, class Weights, int tokens>
PONDER_INLINE void addUnpackedK(const UnpackedK<Isa>& unpacked, const Q8_KRow* rows, std::int64_t b,
                                typename Isa::Floats* totals) {
    ProductsOfK<Isa, Weights, tokens> products(rows, b);
    forEach<8>([&]<int part>(std::integral_constant<int, part>) __attribute__((always_inline)) {
        constexpr int perPart = 32 / Weights::group;
        products.template add<part>(unpacked.codes + 8 * part, unpacked.scales[part * perPart],
                                    unpacked.scales[part * perPart + perPart - 1]);
    });
    products.finish(
        rows, b, [&](int i) __attribute__((always_inline)) { return unpacked.corrections[i]; },
        unpacked.blockScales, unpacked.minimums, totals);
}

template <class Isa, class Weights>
void multiplyManyOfK(const MatmulRange& range, const PanelPart<Isa, Weights>& part, std::int64_t token,
                     int tokens) {
    Q8_KRow rows[kManyTokens];
    typename Isa::Floats totals[kManyTokens];
    for (int t = 0; t < tokens; ++t) {
        rows[t] = q8_KRow(activationRow(range, token + t), range.columns);
        totals[t] = Isa::zero();
    }
    UnpackedK<Isa> unpacked;
    for (std::int64_t b = 0; b < range.columns / kColumnsOfK; ++b) {
        unpackK<Isa, Weights>(part.block(b), part.rest(b), unpacked);
        int t = 0;
        constexpr int together = Isa::lanes == 16 ? kTogether : kTogether / 2;
        for (; t + together <= tokens; t += together)
            addUnpackedK<Isa, Weights, together>(unpacked, rows + t, b, totals + t);
        for (; t < tokens; ++t) addUnpackedK<Isa, Weights, 1>(unpacked, rows + t, b, totals + t);
    }
    for (int t = 0; t < tokens; ++t) Isa::storeFirst(part.output(range, token + t), totals[t], part.count);
}

template <class Isa, class Weights, int tokens>
PONDER_INLINE void addBlockOf32(const BlockCodes<Isa>& codes, typename Isa::Floats scales,
                                typename Isa::Floats offsets, const Q8_0Row* rows, std::int64_t b,
                                typename Isa::Floats* totals) {
    const std::int8_t* activations[tokens];
    std::int32_t starts[tokens];
    typename Isa::Integers sums[tokens];
#pragma GCC unroll 8
    for (int t = 0; t < tokens; ++t) {
        activations[t] = rows[t].values;
        starts[t] = rows[t].starts[b];
    }
    Isa::template multiplyBlock<Weights>(sums, codes.columns, activations, 32 * b, starts);
#pragma GCC unroll 8
    for (int t = 0; t < tokens; ++t) {
        if constexpr (Weights::hasOffset) totals[t] = Isa::plus(totals[t], offsets, rows[t].sums[b]);
        totals[t] = Isa::plus(totals[t], Isa::times(scales, rows[t].scales[b]), Isa::toFloats(sums[t]));
    }
}

/// Tokens by a part's blocks of 32, whose codes stay in registers for all of them.
template <class Isa, class Weights, int tokens>
void multiplyOf32(const MatmulRange& range, const PanelPart<Isa, Weights>& part, std::int64_t token) {
    Q8_0Row rows[tokens];
    typename Isa::Floats totals[tokens];
    for (int t = 0; t < tokens; ++t) {
        rows[t] = q8_0Row(activationRow(range, token + t), range.columns);
        totals[t] = Isa::zero();
    }
    for (std::int64_t b = 0; b < range.columns / 32; ++b) {
        const PanelBlock<Isa> block = part.block(b);
        BlockCodes<Isa> codes;
        Weights::template codes<Isa>(block, codes);
        const auto scales = Weights::template scales<Isa>(block, part.rest(b));
        addBlockOf32<Isa, Weights, tokens>(codes, scales, Weights::template offsets<Isa>(block, scales), rows,
                                           b, totals);
    }
    for (int t = 0; t < tokens; ++t) Isa::storeFirst(part.output(range, token + t), totals[t], part.count);
}

template <class Isa, class Weights>
void multiplyPanels(const MatmulRange& range) {
    constexpr bool isK = Weights::shape.words > 8;
    for (std::int64_t panel = range.rowBegin / kPanelRows; panel * kPanelRows < range.rowEnd; ++panel) {
        for (int p = 0; p < static_cast<int>(kPanelRows) / Isa::lanes; ++p) {
            const PanelPart<Isa, Weights> part(range, panel, p);
            if (part.count <= 0) break;
            std::int64_t token = 0;
            const auto few = [&]<int n>(std::integral_constant<int, n>) {
                if constexpr (isK)
                    multiplyFewOfK<Isa, Weights, n>(range, part, token);
                else
                    multiplyOf32<Isa, Weights, n>(range, part, token);
                token += n;
            };
            while (range.tokens - token > 0) {
                const std::int64_t left = range.tokens - token;
                if constexpr (isK) {
                    if (left > kFewTokens) {
                        const int some = left < kManyTokens ? static_cast<int>(left) : kManyTokens;
                        multiplyManyOfK<Isa, Weights>(range, part, token, some);
                        token += some;
                        continue;
                    }
                } else if (Isa::lanes == 16 && left >= kTogether) {
                    few(std::integral_constant<int, kTogether>());
                    continue;
                }
                if (left >= 4)
                    few(std::integral_constant<int, 4>());
                else if (left >= 2)
                    few(std::integral_constant<int, 2>());
                else
                    few(std::integral_constant<int, 1>());
            }
        }
    }
}

template <class Isa>
void multiplyPanelsOf(const MatmulRange& range) {
    using enum TensorType;
    switch (range.type) {
    case Q4_0:
        return multiplyPanels<Isa, PanelQ4_0>(range);
    case Q4_1:
        return multiplyPanels<Isa, PanelQ4_1>(range);
    case Q5_0:
        return multiplyPanels<Isa, PanelQ5_0>(range);
    case Q5_1:
        return multiplyPanels<Isa, PanelQ5_1>(range);
    case Q8_0:
        return multiplyPanels<Isa, PanelQ8_0>(range);
    case IQ4_NL:
        return multiplyPanels<Isa, PanelIq4Nl>(range);
    case MXFP4:
        return multiplyPanels<Isa, PanelMxfp4>(range);
    case Q2_K:
        return multiplyPanels<Isa, PanelQ2_K>(range);
    case Q3_K:
        return multiplyPanels<Isa, PanelQ3_K>(range);
    case Q4_K:
        return multiplyPanels<Isa, PanelQ4_K>(range);
    case Q5_K:
        return multiplyPanels<Isa, PanelQ5_K>(range);
    case Q6_K:
        return multiplyPanels<Isa, PanelQ6_K>(range);
    default:
        return multiplyPanels<Isa, PanelIq4Xs>(range);
    }
}

} // namespace
} // namespace ponder::kernels
