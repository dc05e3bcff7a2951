#pragma once

#include "kernels/cpu/next_stretch.h"
#include "kernels/cpu/panel_part.h"

// Many tokens by one or two panels: a stretch of 256 columns is unpacked once for all of them. Where the
// instruction set has the registers, two panels share each activation that is loaded.
namespace ponder::kernels {
namespace {

constexpr int kManyTokens = 96; // share an unpacked stretch

/// What products depend on of a type with blocks of 256, once it is unpacked. What all codes are above their
/// weights is taken off where a group's sum starts, or as the correction of a block.
template <int groupColumns, bool areSigned, bool haveMinimum, int above, int factor, int safePairs>
struct KindOfK {
    static constexpr int group = groupColumns, startsBelow = above, correction = factor, safe = safePairs;
    static constexpr bool isSigned = areSigned, hasMinimum = haveMinimum;
};
template <class Isa, class Weights>
struct KindOfKWeights {
    static constexpr bool isAbove = !Weights::isSigned && !Weights::hasMinimum;
    static constexpr int startsBelow = !Isa::movesSigned   ? 0
                                       : Weights::isSigned ? 128
                                       : isAbove           ? Weights::correction
                                                           : 0;
    static constexpr int correction = isAbove && startsBelow > 0 ? 0 : Weights::correction;
    using type = KindOfK<Weights::group, Weights::isSigned, Weights::hasMinimum, startsBelow, correction,
                         Weights::safe>;
};

/// And of one with blocks of 32.
template <int scaleColumns, bool areSigned, bool haveOffset, int safePairs>
struct KindOf32 {
    static constexpr int columns = scaleColumns, safe = safePairs;
    static constexpr bool isSigned = areSigned, hasOffset = haveOffset;
};
template <class Weights>
using KindOf32Weights = KindOf32<Weights::columns, Weights::isSigned, Weights::hasOffset, Weights::safe>;

/// Block b of a part.
template <class Isa>
struct UnpackedK {
    typename Isa::Integers codes[64];
    typename Isa::Integers scales[16];
    typename Isa::Integers corrections[8];
    typename Isa::Floats blockScales;
    typename Isa::Floats minimums;

    template <class Weights>
    PONDER_INLINE void unpack(const PanelPart<Isa, Weights>& part, std::int64_t b) {
        const PanelBlock<Isa> block = part.block(b);
        const PanelScales<Isa> packed = Weights::template scales<Isa>(block);
        forEach<4>([&]<int c>(Number<c>) __attribute__((always_inline)) {
            Weights::template codes<Isa, c>(
                block, [&]<int word>(Number<word>, typename Isa::Integers four)
                           __attribute__((always_inline)) { codes[16 * c + word] = four; });
        });
        forEach<256 / Weights::group>([&]<int g>(Number<g>) __attribute__((always_inline)) {
            scales[g] = Weights::template scale<Isa, g>(packed);
        });
        if constexpr (KindOfKWeights<Isa, Weights>::correction != 0) {
            forEach<8>([&]<int i>(Number<i>) __attribute__((always_inline)) {
                corrections[i] = Weights::template correctionPair<Isa, i>(packed);
            });
        }
        blockScales = Weights::template blockScales<Isa>(block, part.rest(b));
        minimums = Weights::template minimums<Isa>(block);
    }
};

/// Up to 256 columns in blocks of 32 or 16.
template <class Isa>
struct Unpacked32 {
    typename Isa::Integers codes[64];
    typename Isa::Floats scales[16];
    typename Isa::Floats offsets[16];

    template <class Weights>
    PONDER_INLINE void unpack(const PanelPart<Isa, Weights>& part, std::int64_t first, int blocks) {
        constexpr int vectors = Weights::columns / 4;
        for (int i = 0; i < blocks; ++i) {
            const PanelBlock<Isa> block = part.block(first + i);
            BlockCodes<Isa> unpacked;
            Weights::template codes<Isa>(block, unpacked);
#pragma GCC unroll 8
            for (int v = 0; v < vectors; ++v) codes[vectors * i + v] = unpacked.columns[v];
            scales[i] = Weights::template scales<Isa>(block, part.rest(first + i));
            offsets[i] = Weights::template offsets<Isa>(block, scales[i]);
        }
    }
};

/// totals[panel][at + t] += block b of `tokens` tokens.
template <class Isa, class Kind, int panels, int tokens>
void addBlockOfK(const UnpackedK<Isa>* unpacked, const Q8_KRow* rows, std::int64_t b,
                 typename Isa::Floats (&totals)[panels][kManyTokens], int at) {
    using V = typename Isa::Integers;
    const std::int8_t* activations[tokens];
    const std::int16_t* groupSums[tokens];
    V sums[panels][tokens];
#pragma GCC unroll 8
    for (int t = 0; t < tokens; ++t) {
        activations[t] = rows[t].values + kColumnsOfK * b;
        groupSums[t] = rows[t].groupSums + kColumnsOfK / 16 * b;
#pragma GCC unroll 2
        for (int p = 0; p < panels; ++p) sums[p][t] = Isa::zeros();
    }
    constexpr int vectors = Kind::group / 4;
    for (int g = 0; g < 256 / Kind::group; ++g) {
        std::int32_t starts[tokens];
        if constexpr (Kind::startsBelow != 0) {
#pragma GCC unroll 8
            for (int t = 0; t < tokens; ++t)
                starts[t] = startOf<Kind::group, Kind::startsBelow>(groupSums[t], g);
        }
        const V* codes[panels];
        V scales[panels];
#pragma GCC unroll 2
        for (int p = 0; p < panels; ++p) {
            codes[p] = unpacked[p].codes + g * vectors;
            scales[p] = unpacked[p].scales[g];
        }
        Isa::template addGroups<vectors, Kind>(sums, codes, activations, g * Kind::group, scales, starts);
    }
#pragma GCC unroll 8
    for (int t = 0; t < tokens; ++t) {
        V corrections[panels];
#pragma GCC unroll 2
        for (int p = 0; p < panels; ++p) corrections[p] = Isa::zeros();
        if constexpr (Kind::correction != 0) {
#pragma GCC unroll 8
            for (int i = 0; i < 8; ++i) {
                const std::int32_t two = twoSums(groupSums[t] + 2 * i);
#pragma GCC unroll 2
                for (int p = 0; p < panels; ++p)
                    corrections[p] = Isa::addPairs(corrections[p], unpacked[p].corrections[i], two);
            }
        }
#pragma GCC unroll 2
        for (int p = 0; p < panels; ++p) {
            totals[p][at + t] =
                addBlockOf256<Isa, Kind>(totals[p][at + t], sums[p][t], corrections[p],
                                         unpacked[p].blockScales, unpacked[p].minimums, rows[t].scales[b]);
        }
    }
}

/// The same for some blocks of 32, or of 16, from `first` on.
template <class Isa, class Kind, int panels, int tokens>
void addBlocksOf32(const Unpacked32<Isa>* unpacked, const Q8_0Row* rows, std::int64_t first, int blocks,
                   typename Isa::Floats (&totals)[panels][kManyTokens], int token) {
    using V = typename Isa::Integers;
    const std::int8_t* activations[tokens];
    for (int t = 0; t < tokens; ++t) activations[t] = rows[t].values;
    typename Isa::Floats running[panels][tokens];
#pragma GCC unroll 8
    for (int t = 0; t < tokens; ++t)
#pragma GCC unroll 2
        for (int p = 0; p < panels; ++p) running[p][t] = totals[p][token + t];
    for (int i = 0; i < blocks; ++i) {
        const std::int64_t at = Kind::columns * (first + i), theirs = at / 32;
        std::int32_t starts[tokens];
        const V* codes[panels];
        V sums[panels][tokens];
#pragma GCC unroll 8
        for (int t = 0; t < tokens; ++t) starts[t] = rows[t].starts[theirs];
#pragma GCC unroll 2
        for (int p = 0; p < panels; ++p) codes[p] = unpacked[p].codes + Kind::columns / 4 * i;
        Isa::template multiplyBlocks<Kind>(sums, codes, activations, at, starts);
#pragma GCC unroll 8
        for (int t = 0; t < tokens; ++t) {
#pragma GCC unroll 2
            for (int p = 0; p < panels; ++p) {
                running[p][t] = addBlockOf32<Isa, Kind>(running[p][t], sums[p][t], unpacked[p].scales[i],
                                                        unpacked[p].offsets[i], rows[t].scales[theirs],
                                                        rows[t].sums[theirs]);
            }
        }
    }
#pragma GCC unroll 8
    for (int t = 0; t < tokens; ++t)
#pragma GCC unroll 2
        for (int p = 0; p < panels; ++p) totals[p][token + t] = running[p][t];
}

/// Calls add(n) for tokens t to t + n, as many at once as there are registers for.
template <class Isa, int panels, class Add>
PONDER_INLINE void inTiles(int tokens, Add add) {
    constexpr int most = Isa::lanes == 16 ? (panels == 2 ? 6 : 8) : 4;
    int t = 0;
    for (; t + most <= tokens; t += most) add(t, Number<most>());
    const auto once = [&]<int n>(Number<n> count) {
        if (t + n > tokens) return;
        add(t, count);
        t += n;
    };
    if constexpr (most > 4) once(Number<4>());
    once(Number<3>());
    once(Number<2>());
    once(Number<1>());
}

template <class Weights>
using ActivationRow = std::conditional_t<Weights::columns == kColumnsOfK, Q8_KRow, Q8_0Row>;

/// The activations of `tokens` tokens from `token` on.
template <class Row>
void findRows(const MatmulRange& range, std::int64_t token, int tokens, Row* rows) {
    for (int t = 0; t < tokens; ++t) {
        const void* row = activationRow(range, token + t);
        if constexpr (std::is_same_v<Row, Q8_KRow>)
            rows[t] = q8_KRow(row, range.columns);
        else
            rows[t] = q8_0Row(row, range.columns);
    }
}

/// `tokens` tokens (at most kManyTokens) by the part `part` of `panels` panels from `panel` on.
template <class Isa, class Weights, int panels>
void multiplyMany(const MatmulRange& range, std::int64_t panel, int part, std::int64_t token, int tokens) {
    constexpr bool isK = Weights::columns == kColumnsOfK;
    ActivationRow<Weights> rows[kManyTokens];
    typename Isa::Floats totals[panels][kManyTokens];
    findRows(range, token, tokens, rows);
    for (int t = 0; t < tokens; ++t)
        for (int p = 0; p < panels; ++p) totals[p][t] = Isa::zero();
    const PanelPart<Isa, Weights> first(range, panel, part), last(range, panel + panels - 1, part);
    std::conditional_t<isK, UnpackedK<Isa>, Unpacked32<Isa>> unpacked[panels];
    const std::int64_t all = range.columns / Weights::columns;
    const auto stretchBehind = [&](std::int64_t b, std::int64_t blocks) {
        return NextStretch<panels>(first.stretch(b, all, panels), last.stretch(b, all, panels),
                                   Weights::shape.wordsAt(blocks / Weights::parts));
    };
    if constexpr (isK) {
        for (std::int64_t b = 0; b < all; ++b) {
            unpacked[0].template unpack<Weights>(first, b);
            if constexpr (panels == 2) unpacked[1].template unpack<Weights>(last, b);
            NextStretch<panels> next = stretchBehind(b + 1, 1);
            inTiles<Isa, panels>(tokens, [&]<int n>(int t, Number<n>) {
                next.ask(t + n, tokens);
                addBlockOfK<Isa, typename KindOfKWeights<Isa, Weights>::type, panels, n>(unpacked, rows + t,
                                                                                         b, totals, t);
            });
        }
    } else {
        constexpr int most = kColumnsOfK / Weights::columns;
        for (std::int64_t b = 0; b < all; b += most) {
            const std::int64_t left = all - b;
            const int blocks = left < most ? static_cast<int>(left) : most;
            unpacked[0].template unpack<Weights>(first, b, blocks);
            if constexpr (panels == 2) unpacked[1].template unpack<Weights>(last, b, blocks);
            NextStretch<panels> next = stretchBehind(b + blocks, most);
            inTiles<Isa, panels>(tokens, [&]<int n>(int t, Number<n>) {
                next.ask(t + n, tokens);
                addBlocksOf32<Isa, KindOf32Weights<Weights>, panels, n>(unpacked, rows + t, b, blocks, totals,
                                                                        t);
            });
        }
    }
    for (int t = 0; t < tokens; ++t) {
        Isa::storeFirst(first.output(range, token + t), totals[0][t], first.count);
        if constexpr (panels == 2) Isa::storeFirst(last.output(range, token + t), totals[1][t], last.count);
    }
}

} // namespace
} // namespace ponder::kernels
