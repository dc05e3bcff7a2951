#pragma once

#include "kernels/cpu/block_sums.h"
#include "kernels/cpu/instructions_avx2.h"
#include "kernels/cpu/row_panels.h"
#include "kernels/cpu/weights_iq.h"
#include "kernels/cpu/weights_q8_k.h"

// Products of 256-blocks with Q8_K activations, for the instruction set `Isa`. Within a block everything is
// integer and exact, in whatever order; blocks are added as floats in their order, one lane a row. So a
// result is the same bits from one token or from many, from AVX2 or from AVX-512.
namespace ponder::kernels {
namespace {

constexpr int kBlock = 256;

// Scale of 32 products: that of their first 16 in the lower half, of their second 16 in the upper. `half`
// holds the sixteen scales' first or second eight in both of its halves.
template <int j>
PONDER_INLINE __m256i scaleOfChunk(__m256i half) {
    constexpr short first = static_cast<short>((4 * j + 1) << 8 | 4 * j);
    constexpr short second = static_cast<short>((4 * j + 3) << 8 | (4 * j + 2));
    return _mm256_shuffle_epi8(half, _mm256_set_m128i(_mm_set1_epi16(second), _mm_set1_epi16(first)));
}

// Codes 64c to 64c + 63. Where signs come apart from the weights, it is the activations that take them.
template <class Isa, class Weights, int c>
PONDER_INLINE __m256i addChunk(__m256i sums, const auto& block, const std::int8_t* activations,
                               __m256i half) {
    constexpr bool hasSigns = requires {
        Weights::template negative<c>(block);
    };
    Codes codes, theirs = {loadBytes(activations + 64 * c), loadBytes(activations + 64 * c + 32)};
    if constexpr (hasSigns) {
        codes = Weights::template magnitudes<c>(block);
        const Codes negative = Weights::template negative<c>(block);
        theirs = {negated(theirs.low, negative.low), negated(theirs.high, negative.high)};
    } else {
        codes = Weights::template codes<c>(block);
    }
    constexpr bool isSigned = Weights::isSigned && !hasSigns;
    sums = Isa::template add<isSigned>(sums, codes.low, theirs.low, scaleOfChunk<2 * (c % 2)>(half));
    return Isa::template add<isSigned>(sums, codes.high, theirs.high, scaleOfChunk<2 * (c % 2) + 1>(half));
}

template <class Weights>
PONDER_INLINE __m256 minimumsOf(EightRows rows, std::int64_t offset) {
    if constexpr (Weights::hasMinimum) return rowHalves(rows, offset + Weights::minimumAt);
    return _mm256_setzero_ps();
}

// One token: rows one after the other, straight from the packed block.
template <class Isa, class Weights>
void multiplySingle(const MatmulRange& range, const Panel<kEight>& panel, std::int64_t token) {
    const Q8_KRow activations = q8_KRow(activationRow(range, token), range.columns);
    const std::int64_t panelBytes = kEight * static_cast<std::int64_t>(rowBytes(range.type, range.columns));
    __m256 totals = _mm256_setzero_ps();
    for (std::int64_t b = 0; b < range.columns / kBlock; ++b) {
        const std::int8_t* theirs = activations.values + kBlock * b;
        const __m256i groupSums = loadBytes(activations.groupSums + kBlock / 16 * b);
        __m256i sums[kEight], corrections[kEight];
        for (int r = 0; r < kEight; ++r) {
            const std::uint8_t* block = panel.rows[r] + Weights::bytes * b;
            for (int line = 0; line < Weights::bytes; line += 64)
                _mm_prefetch(block + panelBytes + line, _MM_HINT_T0);
            const Groups groups = Weights::groups(block);
            const __m256i first = _mm256_permute4x64_epi64(groups.scales, 0x44);
            const __m256i second = _mm256_permute4x64_epi64(groups.scales, 0xEE);
            const auto ours = opened<Weights>(block);
            __m256i sum = _mm256_setzero_si256();
            sum = addChunk<Isa, Weights, 0>(sum, ours, theirs, first);
            sum = addChunk<Isa, Weights, 1>(sum, ours, theirs, first);
            sum = addChunk<Isa, Weights, 2>(sum, ours, theirs, second);
            sum = addChunk<Isa, Weights, 3>(sum, ours, theirs, second);
            sums[r] = sum;
            if constexpr (Weights::correction != 0)
                corrections[r] = _mm256_madd_epi16(groups.corrections, groupSums);
        }
        __m256i correction = _mm256_setzero_si256();
        if constexpr (Weights::correction != 0) correction = sumOfEachRow(corrections);
        totals = addBlockOf256<Avx2, Weights>(
            totals, sumOfEachRow(sums), correction, Weights::blockScales(panel.rows, Weights::bytes * b),
            minimumsOf<Weights>(panel.rows, Weights::bytes * b), activations.scales[b]);
    }
    Avx2::storeFirst(panel.output(range, token), totals, panel.count);
}

// Block b of a panel, unpacked and turned: lane r of every vector belongs to row r.
template <class Isa>
struct UnpackedPanel {
    typename Isa::Integers codes[kBlock / 4];        // four codes a lane
    typename Isa::Integers scales[kBlock / 16];      // the group's scale in both halves of a lane
    typename Isa::Integers corrections[kBlock / 32]; // those of two groups
    typename Isa::Floats blockScales;
    typename Isa::Floats minimums;
};

// Two vectors of scales, of even and odd groups, from one of both.
template <class Vector>
PONDER_INLINE void splitScales(__m256i both, Vector* split, int eighth) {
    const __m256i even = _mm256_setr_epi8(0, 1, 0, 1, 4, 5, 4, 5, 8, 9, 8, 9, 12, 13, 12, 13, //
                                          0, 1, 0, 1, 4, 5, 4, 5, 8, 9, 8, 9, 12, 13, 12, 13);
    const __m256i odd = _mm256_add_epi8(even, _mm256_set1_epi8(2));
    storeEight(split[0], eighth, _mm256_shuffle_epi8(both, even));
    storeEight(split[1], eighth, _mm256_shuffle_epi8(both, odd));
}

template <class Weights, int c, class Block, class Vector>
PONDER_INLINE void unpackChunk(const Block (&blocks)[kEight], Vector* codes, int eighth) {
    __m256i low[kEight], high[kEight];
#pragma GCC unroll 1 // unrolled, the look-ups of the codebooks double the time to compile and save nothing
    for (int r = 0; r < kEight; ++r) {
        const Codes both = Weights::template codes<c>(blocks[r]);
        low[r] = both.low;
        high[r] = both.high;
    }
    transpose(low);
    transpose(high);
#pragma GCC unroll 8
    for (int i = 0; i < kEight; ++i) {
        storeEight(codes[16 * c + i], eighth, low[i]);
        storeEight(codes[16 * c + 8 + i], eighth, high[i]);
    }
}

// Block b of eight rows.
template <class Weights, class Unpacked>
PONDER_INLINE void unpackEight(EightRows rows, std::int64_t b, Unpacked& unpacked, int eighth) {
    const std::int64_t offset = Weights::bytes * b;
    const auto block = [&](int r) __attribute__((always_inline)) {
        return opened<Weights>(rows[r] + offset);
    };
    const decltype(block(0)) blocks[kEight] = {block(0), block(1), block(2), block(3),
                                               block(4), block(5), block(6), block(7)};
    unpackChunk<Weights, 0>(blocks, unpacked.codes, eighth);
    unpackChunk<Weights, 1>(blocks, unpacked.codes, eighth);
    unpackChunk<Weights, 2>(blocks, unpacked.codes, eighth);
    unpackChunk<Weights, 3>(blocks, unpacked.codes, eighth);
    __m256i scales[kEight], corrections[kEight];
    for (int r = 0; r < kEight; ++r) {
        const Groups groups = Weights::groups(rows[r] + offset);
        scales[r] = groups.scales;
        corrections[r] = groups.corrections;
    }
    transpose(scales);
    for (int i = 0; i < kEight; ++i) splitScales(scales[i], unpacked.scales + 2 * i, eighth);
    if constexpr (Weights::correction != 0) {
        transpose(corrections);
        for (int i = 0; i < kEight; ++i) storeEight(unpacked.corrections[i], eighth, corrections[i]);
    }
    storeEight(unpacked.blockScales, eighth, Weights::blockScales(rows, offset));
    storeEight(unpacked.minimums, eighth, minimumsOf<Weights>(rows, offset));
}

// Block b of `tokens` tokens with an unpacked panel.
template <class Isa, class Weights, int tokens>
PONDER_INLINE void addUnpacked(const UnpackedPanel<Isa>& panel, const Q8_KRow* rows, std::int64_t b,
                               typename Isa::Floats* totals) {
    constexpr int vectors = Weights::group / 4; // that share a scale
    const std::int8_t* activations[tokens];
    typename Isa::Integers sums[tokens];
#pragma GCC unroll 4
    for (int t = 0; t < tokens; ++t) {
        activations[t] = rows[t].values + kBlock * b;
        sums[t] = Isa::zeros();
    }
    for (int g = 0; g < kBlock / Weights::group; ++g) {
        Isa::template addPanel<vectors, Weights::safe, Weights::isSigned>(
            sums, panel.codes + g * vectors, activations, g * Weights::group,
            panel.scales[g * (Weights::group / 16)]);
    }
#pragma GCC unroll 4
    for (int t = 0; t < tokens; ++t) {
        typename Isa::Integers correction = Isa::zeros();
        if constexpr (Weights::correction != 0) {
            const std::int16_t* groupSums = rows[t].groupSums + kBlock / 16 * b;
#pragma GCC unroll 8
            for (int i = 0; i < kBlock / 32; ++i) {
                correction = Isa::addPairs(correction, panel.corrections[i], twoSums(groupSums + 2 * i));
            }
        }
        totals[t] = addBlockOf256<Isa, Weights>(totals[t], sums[t], correction, panel.blockScales,
                                                panel.minimums, rows[t].scales[b]);
    }
}

template <class Isa, class Weights>
void multiplyTile(const MatmulRange& range, const Panel<Isa::lanes>& panel, std::int64_t token, int tokens) {
    Q8_KRow activations[kTileTokens];
    typename Isa::Floats totals[kTileTokens];
    for (int t = 0; t < tokens; ++t) {
        activations[t] = q8_KRow(activationRow(range, token + t), range.columns);
        totals[t] = Isa::zero();
    }
    UnpackedPanel<Isa> unpacked;
    const std::size_t oneRow = rowBytes(range.type, range.columns);
    for (std::int64_t b = 0; b < range.columns / kBlock; ++b) {
        askForRowsBehind(panel, oneRow, Weights::bytes * b, Weights::bytes);
        for (int e = 0; e < Isa::lanes / kEight; ++e) {
            unpackEight<Weights>(panel.rows + kEight * e, b, unpacked, e);
        }
        int t = 0;
        for (; t + 4 <= tokens; t += 4) {
            addUnpacked<Isa, Weights, 4>(unpacked, activations + t, b, totals + t);
        }
        for (; t < tokens; ++t) addUnpacked<Isa, Weights, 1>(unpacked, activations + t, b, totals + t);
    }
    for (int t = 0; t < tokens; ++t) Isa::storeFirst(panel.output(range, token + t), totals[t], panel.count);
}

template <class Isa, class Weights>
void multiply(const MatmulRange& range) {
    forEachPanel<Isa>(
        range,
        [&](const Panel<kEight>& panel, std::int64_t token) {
            multiplySingle<Isa, Weights>(range, panel, token);
        },
        [&](const Panel<Isa::lanes>& panel, std::int64_t token, int tokens) {
            multiplyTile<Isa, Weights>(range, panel, token, tokens);
        });
}

template <class Isa>
void multiplyQ8_K(const MatmulRange& range) {
    switch (range.type) {
    case TensorType::Q2_K:
        return multiply<Isa, Q2_K>(range);
    case TensorType::Q3_K:
        return multiply<Isa, Q3_K>(range);
    case TensorType::Q4_K:
        return multiply<Isa, Q4_K>(range);
    case TensorType::Q5_K:
        return multiply<Isa, Q5_K>(range);
    case TensorType::Q6_K:
        return multiply<Isa, Q6_K>(range);
    case TensorType::IQ1_S:
        return multiply<Isa, Iq1S>(range);
    case TensorType::IQ1_M:
        return multiply<Isa, Iq1M>(range);
    case TensorType::IQ2_XXS:
        return multiply<Isa, Iq2Xxs>(range);
    case TensorType::IQ2_XS:
        return multiply<Isa, Iq2Xs>(range);
    case TensorType::IQ2_S:
        return multiply<Isa, Iq2S>(range);
    case TensorType::IQ3_XXS:
        return multiply<Isa, Iq3Xxs>(range);
    case TensorType::IQ3_S:
        return multiply<Isa, Iq3S>(range);
    case TensorType::TQ1_0:
        return multiply<Isa, Tq1_0>(range);
    case TensorType::TQ2_0:
        return multiply<Isa, Tq2_0>(range);
    default:
        return multiply<Isa, Iq4Xs>(range);
    }
}

} // namespace
} // namespace ponder::kernels
