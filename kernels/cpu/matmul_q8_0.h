#pragma once

#include "kernels/cpu/block_sums.h"
#include "kernels/cpu/instructions_avx2.h"
#include "kernels/cpu/row_panels.h"
#include "kernels/cpu/weights_q8_0.h"

// Products of 32-blocks with Q8_0 activations, for the instruction set `Isa`. The product of two blocks is an
// exact integer, in whatever order it is added; blocks are added as floats in their order, one lane a row. So
// a result is the same bits from one token or from many, from AVX2 or from AVX-512.
namespace ponder::kernels {
namespace {

constexpr int kColumnsAtOnce = 256; // of a panel that are unpacked together

// Where the numbers of scale b lie in a row: the file's block, the part of it, the part's codes.
template <class Weights>
struct PartOfRow {
    std::int64_t block, part, codes;
    PONDER_INLINE explicit PartOfRow(std::int64_t b)
        : block(Weights::bytes * (b / Weights::parts)), part(b % Weights::parts),
          codes(block + Weights::partBytes * part) {}
};

// The block of activations that scale b's numbers meet.
template <class Weights>
PONDER_INLINE std::int64_t activationBlock(std::int64_t b) {
    return b * Weights::columns / 32;
}

// One token: two rows at a time, straight from the packed blocks.
template <class Isa, class Weights>
void multiplySingle(const MatmulRange& range, const Panel<kEight>& panel, std::int64_t token) {
    const Q8_0Row activations = q8_0Row(activationRow(range, token), range.columns);
    const std::int64_t blocks = range.columns / Weights::columns;
    const auto panelBytes = kEight * static_cast<std::int64_t>(rowBytes(range.type, range.columns));
    constexpr int atOnce = kColumnsAtOnce / Weights::columns;
    __m256 totals = _mm256_setzero_ps();
    for (std::int64_t b = 0; b < blocks; ++b) {
        const PartOfRow<Weights> at(b);
        if (b % atOnce == 0) {
            for (int r = 0; r < kEight; ++r) {
                const std::uint8_t* next = panel.rows[r] + at.block + panelBytes;
                for (int i = 0; i < atOnce / Weights::parts * Weights::bytes; i += 64) {
                    _mm_prefetch(next + i, _MM_HINT_T0);
                }
            }
        }
        const auto sixteen = [&](int i) __attribute__((always_inline)) {
            return _mm256_broadcastsi128_si256(loadBytes16(activations.values + Weights::columns * b + i));
        };
        const __m256i low = sixteen(0);
        __m256i high = _mm256_setzero_si256();
        if constexpr (Weights::columns == 32) high = sixteen(16);
        __m256i sums[kEight / 2];
#pragma GCC unroll 4
        for (int r = 0; r < kEight / 2; ++r) {
            const TwoRows codes = Weights::codes(panel.rows[r] + at.codes, panel.rows[r + 4] + at.codes);
            if constexpr (Weights::columns == 32)
                sums[r] =
                    Isa::template addTwo<Weights::safe, Weights::isSigned>(codes.low, low, codes.high, high);
            else
                sums[r] = Isa::template add<Weights::isSigned>(_mm256_setzero_si256(), codes.low, low,
                                                               _mm256_set1_epi16(1));
        }
        // Row r in the lower half of sums[r], row r + 4 in the upper: two folds leave one number a row, in
        // order.
        const __m256i rows =
            _mm256_hadd_epi32(_mm256_hadd_epi32(sums[0], sums[1]), _mm256_hadd_epi32(sums[2], sums[3]));
        const __m256 scales = Weights::scales(panel.rows, at.block, at.part);
        const std::int64_t theirs = activationBlock<Weights>(b);
        totals =
            addBlockOf32<Avx2, Weights>(totals, rows, scales, Weights::offsets(panel.rows, at.block, scales),
                                        activations.scales[theirs], activations.sums[theirs]);
    }
    Avx2::storeFirst(panel.output(range, token), totals, panel.count);
}

// Some blocks of a panel, unpacked and turned: lane r of every vector belongs to row r.
template <class Isa, class Weights>
struct UnpackedBlocks {
    static constexpr int atOnce = kColumnsAtOnce / Weights::columns;
    typename Isa::Integers codes[atOnce][Weights::columns / 4]; // four codes a lane
    typename Isa::Floats scales[atOnce];
    typename Isa::Floats offsets[atOnce];
};

// Word i of x[r] moves to lane r of x[i], in each half of the vectors by itself.
PONDER_INLINE void transposeHalves(__m256i (&x)[4]) {
    const __m256i a = _mm256_unpacklo_epi32(x[0], x[1]), b = _mm256_unpackhi_epi32(x[0], x[1]);
    const __m256i c = _mm256_unpacklo_epi32(x[2], x[3]), d = _mm256_unpackhi_epi32(x[2], x[3]);
    x[0] = _mm256_unpacklo_epi64(a, c);
    x[1] = _mm256_unpackhi_epi64(a, c);
    x[2] = _mm256_unpacklo_epi64(b, d);
    x[3] = _mm256_unpackhi_epi64(b, d);
}

// Block b of eight rows, as the unpacked one i.
template <class Weights, class Unpacked>
PONDER_INLINE void unpackEight(EightRows rows, std::int64_t b, Unpacked& unpacked, int i, int eighth) {
    const PartOfRow<Weights> at(b);
    __m256i low[4], high[4];
#pragma GCC unroll 4
    for (int r = 0; r < 4; ++r) {
        const TwoRows codes = Weights::codes(rows[r] + at.codes, rows[r + 4] + at.codes);
        low[r] = codes.low;
        high[r] = codes.high;
    }
    transposeHalves(low);
    transposeHalves(high);
#pragma GCC unroll 4
    for (int k = 0; k < 4; ++k) {
        storeEight(unpacked.codes[i][k], eighth, low[k]);
        if constexpr (Weights::columns == 32) storeEight(unpacked.codes[i][k + 4], eighth, high[k]);
    }
    const __m256 scales = Weights::scales(rows, at.block, at.part);
    storeEight(unpacked.scales[i], eighth, scales);
    storeEight(unpacked.offsets[i], eighth, Weights::offsets(rows, at.block, scales));
}

// `blocks` blocks from `first` on, of `tokens` tokens, with the unpacked panel.
template <class Isa, class Weights, int tokens>
PONDER_INLINE void addUnpacked(const UnpackedBlocks<Isa, Weights>& panel, const Q8_0Row* rows,
                               std::int64_t first, int blocks, typename Isa::Floats* totals) {
    const std::int8_t* activations[tokens];
    typename Isa::Floats running[tokens];
#pragma GCC unroll 4
    for (int t = 0; t < tokens; ++t) {
        activations[t] = rows[t].values;
        running[t] = totals[t];
    }
    for (int i = 0; i < blocks; ++i) {
        typename Isa::Integers sums[tokens];
        Isa::template multiplyPanel<Weights::columns / 4, Weights::safe, Weights::isSigned>(
            sums, panel.codes[i], activations, Weights::columns * (first + i));
        const std::int64_t theirs = activationBlock<Weights>(first + i);
#pragma GCC unroll 4
        for (int t = 0; t < tokens; ++t) {
            running[t] = addBlockOf32<Isa, Weights>(running[t], sums[t], panel.scales[i], panel.offsets[i],
                                                    rows[t].scales[theirs], rows[t].sums[theirs]);
        }
    }
#pragma GCC unroll 4
    for (int t = 0; t < tokens; ++t) totals[t] = running[t];
}

template <class Isa, class Weights>
void multiplyTile(const MatmulRange& range, const Panel<Isa::lanes>& panel, std::int64_t token, int tokens) {
    Q8_0Row activations[kTileTokens];
    typename Isa::Floats totals[kTileTokens];
    for (int t = 0; t < tokens; ++t) {
        activations[t] = q8_0Row(activationRow(range, token + t), range.columns);
        totals[t] = Isa::zero();
    }
    UnpackedBlocks<Isa, Weights> unpacked;
    const std::size_t oneRow = rowBytes(range.type, range.columns);
    constexpr std::int64_t bytesAtOnce = unpacked.atOnce / Weights::parts * Weights::bytes;
    const std::int64_t blocks = range.columns / Weights::columns;
    for (std::int64_t first = 0; first < blocks; first += unpacked.atOnce) {
        const std::int64_t left = blocks - first;
        const int n = left < unpacked.atOnce ? static_cast<int>(left) : unpacked.atOnce;
        askForRowsBehind(panel, oneRow, PartOfRow<Weights>(first).block, bytesAtOnce);
        for (int i = 0; i < n; ++i) {
            for (int e = 0; e < Isa::lanes / kEight; ++e) {
                unpackEight<Weights>(panel.rows + kEight * e, first + i, unpacked, i, e);
            }
        }
        int t = 0;
        for (; t + 4 <= tokens; t += 4) {
            addUnpacked<Isa, Weights, 4>(unpacked, activations + t, first, n, totals + t);
        }
        for (; t < tokens; ++t) {
            addUnpacked<Isa, Weights, 1>(unpacked, activations + t, first, n, totals + t);
        }
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
void multiplyQ8_0(const MatmulRange& range) {
    switch (range.type) {
    case TensorType::Q4_0:
        return multiply<Isa, Q4_0>(range);
    case TensorType::Q4_1:
        return multiply<Isa, Q4_1>(range);
    case TensorType::Q5_0:
        return multiply<Isa, Q5_0>(range);
    case TensorType::Q5_1:
        return multiply<Isa, Q5_1>(range);
    case TensorType::Q8_0:
        return multiply<Isa, Q8_0>(range);
    case TensorType::IQ4_NL:
        return multiply<Isa, Iq4Nl>(range);
    case TensorType::NVFP4:
        return multiply<Isa, Nvfp4>(range);
    case TensorType::Q1_0:
        return multiply<Isa, Q1_0>(range);
    case TensorType::Q2_0:
        return multiply<Isa, Q2_0>(range);
    default:
        return multiply<Isa, Mxfp4>(range);
    }
}

} // namespace
} // namespace ponder::kernels
