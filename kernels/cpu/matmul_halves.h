#pragma once

#include "kernels/activation_row.h"
#include "kernels/cpu/for_each.h"
#include "kernels/cpu/next_stretch.h"
#include "kernels/panel_halves.h"
#include "kernels/words.h"

#include <cstdint>
#include <cstring>

// Products with weights of 16 bits. They become whole numbers as the activations have, sixteen rows by 64
// columns at a time: an instruction multiplies twice as many of those as of floats. A segment's sum is exact,
// and segments are added as floats in their order, one lane a row: as with the other types, a result depends
// on nothing but its row and its token. All in this file has internal linkage: see inline.h.
namespace ponder::kernels {
namespace {

struct F16 {
    template <class Isa>
    PONDER_INLINE static typename Isa::Floats load(const void* x) {
        return Isa::loadHalves(static_cast<const std::uint8_t*>(x));
    }
};

struct Bf16 {
    template <class Isa>
    PONDER_INLINE static typename Isa::Floats load(const void* x) {
        return Isa::loadBfloats(static_cast<const std::uint8_t*>(x));
    }
};

constexpr int kStretch = 4; // segments that are prepared together
constexpr int kPairs = kWordSegment / 2;
constexpr int kPairsTogether = 8;
constexpr int kFewHalves = 2;    // tokens for which the weights stay in registers
constexpr int kManyHalves = 192; // that share what is prepared

/// Sixteen rows from `row` on as a panel's columns, wherever they lie.
class HalfColumns {
public:
    PONDER_INLINE void lookAt(const MatmulRange& range, std::int64_t row) {
        columns_ = range.columns;
        rowBytes_ = rowBytes(range.type, range.columns);
        if (range.inPanels) {
            panel_ = static_cast<const std::byte*>(range.weights) +
                     static_cast<std::size_t>(row / kPanelRows) * panelBytes(range.type, range.columns);
            return;
        }
        rows_ = reinterpret_cast<const std::byte*>(weightRow(range, row));
        const std::int64_t left = range.rowEnd - row;
        count_ = left < kPanelRows ? left : kPanelRows;
    }

    /// Where its columns and magnitudes lie; behind the last column are zeros. Until the next is asked for.
    struct Segment {
        const std::byte* columns;
        const std::byte* magnitudes;
    };
    PONDER_INLINE Segment segment(std::int64_t number) {
        const std::int64_t behind = columns_ - number * kWordSegment;
        const std::int64_t given = behind < kWordSegment ? behind : kWordSegment;
        if (panel_ && given == kWordSegment) return inPanel(number);
        if (given < kWordSegment) std::memset(room_, 0, sizeof room_);
        if (panel_) {
            std::memcpy(room_, inPanel(number).columns, static_cast<std::size_t>(given * kHalvesColumnBytes));
            return {room_, inPanel(number).magnitudes};
        }
        const std::byte* from = rows_ + 2 * number * kWordSegment;
        // So many streams are not fetched ahead by the processor.
        for (std::int64_t row = 0; row < count_; ++row)
            for (std::int64_t at = kAhead; at < kAhead + 2 * kWordSegment; at += 64)
                __builtin_prefetch(from + static_cast<std::size_t>(row) * rowBytes_ + at);
        turnHalves(from, rowBytes_, count_, given, room_, room_ + kHalvesSegmentBytes);
        return {room_, room_ + kHalvesSegmentBytes};
    }
    /// Where the panel lies from segment `number` on: behind the last one, the panel `panels` further on.
    /// Rows in file order are asked for in time by themselves.
    PONDER_INLINE const std::uint8_t* ahead(std::int64_t number, int panels) const {
        if (!panel_) return nullptr;
        const std::int64_t at = number < wordSegments(columns_) ? halvesMagnitudesAt(number)
                                                                : panels * halvesPanelBytes(columns_);
        return reinterpret_cast<const std::uint8_t*>(panel_ + at);
    }

private:
    static constexpr std::int64_t kAhead = 512;

    PONDER_INLINE Segment inPanel(std::int64_t number) const {
        return {panel_ + halvesColumnsAt(number), panel_ + halvesMagnitudesAt(number)};
    }

    const std::byte* panel_ = nullptr;
    const std::byte* rows_ = nullptr;
    std::int64_t columns_ = 0;
    std::size_t rowBytes_ = 0;
    std::int64_t count_ = 0;
    alignas(64) std::byte room_[kHalvesSegmentBytes + kHalvesColumnBytes];
};

// Calls visit(Number<k % 8>(), k, columns 2k and 2k + 1 of a segment as whole numbers, a pair in each lane).
// Returns their scales. The lanes lie `offset` bytes behind the first row.
template <class Isa, class Weights, class Visit>
PONDER_INLINE typename Isa::Floats roundSegment(const HalfColumns::Segment& segment, int offset,
                                                const Visit& visit) {
    using Floats = typename Isa::Floats;
    const std::byte* columns = segment.columns + offset;
    const Floats largest = Weights::template load<Isa>(segment.magnitudes + offset);
    const Floats most = Isa::all(kMostWord);
    const Floats factor = Isa::whereAbove(largest, 0x1p-120f, Isa::quotient(most, largest));
    // Beyond 2^23 floats are whole numbers: added to it, x · factor is rounded, and its bits are the last.
    const Floats whole = Isa::all(0x1.8p23f);
    for (int k = 0; k < kPairs; k += kPairsTogether) {
        forEach<kPairsTogether>([&]<int i>(Number<i> which) __attribute__((always_inline)) {
            const std::byte* two = columns + 2 * (k + i) * kHalvesColumnBytes;
            const Floats low = Weights::template load<Isa>(two);
            const Floats high = Weights::template load<Isa>(two + kHalvesColumnBytes);
            visit(which, k + i, Isa::pairs(Isa::plus(whole, low, factor), Isa::plus(whole, high, factor)));
        });
    }
    // Of an infinity it must be no number.
    return Isa::plus(Isa::quotient(largest, most), largest, Isa::zero());
}

PONDER_INLINE std::int32_t pairOf(const std::int16_t* values) {
    std::int32_t pair;
    __builtin_memcpy(&pair, values, sizeof pair);
    return pair;
}

/// Where the lanes of vector v of some rows lie in their panels.
template <class Isa>
struct LanesOf {
    static constexpr int panels(int vectors) { return (vectors * Isa::lanes + 15) / 16; }
    static constexpr int panel(int v) { return v * Isa::lanes / 16; }
    static constexpr int offset(int v) { return v * Isa::lanes % 16 * 2; }
};

template <class Isa>
PONDER_INLINE void storeLanes(const MatmulRange& range, std::int64_t token, std::int64_t row,
                              typename Isa::Floats x) {
    const std::int64_t left = range.rowEnd - row;
    if (left <= 0) return;
    Isa::storeFirst(range.output + token * range.outputStride + row, x,
                    static_cast<int>(left < Isa::lanes ? left : Isa::lanes));
}

// The range's first tokens by a panel.
template <class Isa, class Weights, int tokens>
void multiplyFewHalves(const MatmulRange& range, std::int64_t row) {
    using Floats = typename Isa::Floats;
    using Integers = typename Isa::Integers;
    constexpr int vectors = 16 / Isa::lanes;
    HalfColumns panel;
    panel.lookAt(range, row);
    WordsRow theirs[tokens];
    Floats totals[vectors][tokens];
    for (int t = 0; t < tokens; ++t) {
        theirs[t] = wordsRow(activationRow(range, t), range.columns);
        for (int v = 0; v < vectors; ++v) totals[v][t] = Isa::zero();
    }
    for (std::int64_t number = 0; number < wordSegments(range.columns); ++number) {
        const HalfColumns::Segment segment = panel.segment(number);
#pragma GCC unroll 2
        for (int v = 0; v < vectors; ++v) {
            // Two sums, so that one does not wait for the other.
            Integers sums[2][tokens];
#pragma GCC unroll 2
            for (int t = 0; t < tokens; ++t) sums[0][t] = sums[1][t] = Isa::zeros();
            const Floats scales = roundSegment<Isa, Weights>(
                segment, LanesOf<Isa>::offset(v),
                [&]<int i>(Number<i>, int k, Integers ours) __attribute__((always_inline)) {
                    if (v == 0) Isa::askAhead(segment.columns + 2 * k * kHalvesColumnBytes);
#pragma GCC unroll 2
                    for (int t = 0; t < tokens; ++t)
                        Isa::addProducts(sums[i % 2][t], ours,
                                         Isa::all(pairOf(theirs[t].values + number * kWordSegment + 2 * k)));
                });
#pragma GCC unroll 2
            for (int t = 0; t < tokens; ++t) {
                const Floats sum = Isa::toFloats(Isa::sum(sums[0][t], sums[1][t]));
                totals[v][t] = Isa::plus(totals[v][t], sum, Isa::times(scales, theirs[t].scales[number]));
            }
        }
    }
    for (int t = 0; t < tokens; ++t)
        for (int v = 0; v < vectors; ++v) storeLanes<Isa>(range, t, row + v * Isa::lanes, totals[v][t]);
}

/// A stretch of some rows, whole numbers with their scales, times many tokens.
template <class Isa, int vectors>
struct PreparedHalves {
    using Floats = typename Isa::Floats;
    using Integers = typename Isa::Integers;
    Integers pairs[kStretch][kPairs][vectors];
    Floats scales[kStretch][vectors];
    float totals[kManyHalves][vectors * Isa::lanes];

    /// Segment `s` of the stretch, of vector v's rows.
    template <class Weights>
    PONDER_INLINE void prepare(int s, int v, const HalfColumns::Segment& segment) {
        scales[s][v] = roundSegment<Isa, Weights>(
            segment, LanesOf<Isa>::offset(v),
            [&]<int i>(Number<i>, int k, Integers ours)
                __attribute__((always_inline)) { pairs[s][k][v] = ours; });
    }

    /// Tokens [token, token + tokens) by segment `s` of this stretch, which is `segment` of theirs.
    template <int tokens>
    PONDER_INLINE void addSegment(int s, std::int64_t segment, const WordsRow* theirs, int token) {
        const std::int16_t* values[tokens];
        Integers sums[tokens][vectors];
#pragma GCC unroll 16
        for (int t = 0; t < tokens; ++t) {
            values[t] = theirs[token + t].values + segment * kWordSegment;
#pragma GCC unroll 2
            for (int v = 0; v < vectors; ++v) sums[t][v] = Isa::zeros();
        }
        for (int k = 0; k < kPairs; ++k) {
#pragma GCC unroll 16
            for (int t = 0; t < tokens; ++t) {
                const Integers both = Isa::all(pairOf(values[t] + 2 * k));
#pragma GCC unroll 2
                for (int v = 0; v < vectors; ++v) Isa::addProducts(sums[t][v], pairs[s][k][v], both);
            }
        }
#pragma GCC unroll 16
        for (int t = 0; t < tokens; ++t) {
            const float scale = theirs[token + t].scales[segment];
#pragma GCC unroll 2
            for (int v = 0; v < vectors; ++v) {
                float* total = totals[token + t] + v * Isa::lanes;
                const Floats both = Isa::times(scales[s][v], scale);
                Isa::store(total, Isa::plus(Isa::load(total), Isa::toFloats(sums[t][v]), both));
            }
        }
    }
    /// Tokens [token, end) by `count` segments, whose first is `segment` of theirs.
    template <int tokens = Isa::mostTokens, class Next>
    PONDER_INLINE void add(int count, std::int64_t segment, const WordsRow* theirs, int token, int end,
                           Next& next) {
        for (; token + tokens <= end; token += tokens) {
            next.ask(token + tokens, end);
            for (int s = 0; s < count; ++s) addSegment<tokens>(s, segment + s, theirs, token);
        }
        if constexpr (tokens > 1) add<tokens / 2>(count, segment, theirs, token, end, next);
    }
};

// Tokens [token, token + count) by the rows that so many vectors hold.
template <class Isa, class Weights, int vectors>
void multiplyManyHalves(const MatmulRange& range, std::int64_t row, std::int64_t token, int count) {
    constexpr int panels = LanesOf<Isa>::panels(vectors);
    HalfColumns columns[panels];
    for (int p = 0; p < panels; ++p) columns[p].lookAt(range, row + p * kPanelRows);
    WordsRow theirs[kManyHalves];
    PreparedHalves<Isa, vectors> prepared;
    for (int t = 0; t < count; ++t) {
        theirs[t] = wordsRow(activationRow(range, token + t), range.columns);
        for (float& total : prepared.totals[t]) total = 0;
    }
    const std::int64_t segments = wordSegments(range.columns);
    for (std::int64_t first = 0; first < segments; first += kStretch) {
        const int some = static_cast<int>(segments - first < kStretch ? segments - first : kStretch);
        for (int s = 0; s < some; ++s) {
            for (int p = 0; p < panels; ++p) {
                const HalfColumns::Segment segment = columns[p].segment(first + s);
                for (int v = 0; v < vectors; ++v)
                    if (LanesOf<Isa>::panel(v) == p) prepared.template prepare<Weights>(s, v, segment);
            }
        }
        NextStretch<panels> next(columns[0].ahead(first + kStretch, panels),
                                 columns[panels - 1].ahead(first + kStretch, panels),
                                 kStretch * kHalvesSegmentBytes);
        prepared.add(some, first, theirs, 0, count, next);
    }
    for (int t = 0; t < count; ++t)
        for (int v = 0; v < vectors; ++v)
            storeLanes<Isa>(range, token + t, row + v * Isa::lanes,
                            Isa::load(prepared.totals[t] + v * Isa::lanes));
}

template <class Isa, class Weights, int vectors>
void multiplyManyTokens(const MatmulRange& range, std::int64_t row) {
    for (std::int64_t token = 0; token < range.tokens; token += kManyHalves) {
        const std::int64_t left = range.tokens - token;
        multiplyManyHalves<Isa, Weights, vectors>(range, row, token,
                                                  static_cast<int>(left < kManyHalves ? left : kManyHalves));
    }
}

template <class Isa, class Weights>
void multiplyHalves(const MatmulRange& range) {
    std::int64_t row = range.rowBegin;
    while (row < range.rowEnd) {
        if (range.tokens == 1) {
            multiplyFewHalves<Isa, Weights, 1>(range, row);
        } else if (range.tokens == kFewHalves) {
            multiplyFewHalves<Isa, Weights, kFewHalves>(range, row);
        } else if (range.rowEnd - row <= kPanelRows) {
            multiplyManyTokens<Isa, Weights, kPanelRows / Isa::lanes>(range, row);
        } else {
            multiplyManyTokens<Isa, Weights, 2>(range, row);
            row += 2 * Isa::lanes - kPanelRows;
        }
        row += kPanelRows;
    }
}

template <class Isa>
void multiplyHalvesOf(const MatmulRange& range) {
    if (range.type == TensorType::F16) return multiplyHalves<Isa, F16>(range);
    return multiplyHalves<Isa, Bf16>(range);
}

} // namespace
} // namespace ponder::kernels
