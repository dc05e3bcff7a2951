#pragma once

#include "kernels/cpu/row_panels.h"
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

template <class Isa, class Weights, int c>
PONDER_INLINE __m256i addChunk(__m256i sums, const std::uint8_t* block, const std::int8_t* activations,
                               __m256i half) {
    const Codes codes = Weights::template codes<c>(block);
    sums = Isa::template add<Weights::isSigned>(sums, codes.low, loadBytes(activations + 64 * c),
                                                scaleOfChunk<2 * (c % 2)>(half));
    return Isa::template add<Weights::isSigned>(sums, codes.high, loadBytes(activations + 64 * c + 32),
                                                scaleOfChunk<2 * (c % 2) + 1>(half));
}

// The block's contribution to eight rows, from its two integer sums.
template <class Weights>
PONDER_INLINE __m256 addBlock(__m256 totals, __m256i sums, __m256i corrections, __m256 scales,
                              __m256 minimums, float theirs) {
    const __m256 factor = _mm256_set1_ps(theirs);
    if constexpr (!Weights::hasMinimum && Weights::correction != 0) {
        sums =
            _mm256_sub_epi32(sums, _mm256_mullo_epi32(corrections, _mm256_set1_epi32(Weights::correction)));
    }
    totals = _mm256_fmadd_ps(_mm256_mul_ps(scales, factor), _mm256_cvtepi32_ps(sums), totals);
    if constexpr (Weights::hasMinimum) {
        totals = _mm256_fnmadd_ps(_mm256_mul_ps(minimums, factor), _mm256_cvtepi32_ps(corrections), totals);
    }
    return totals;
}

template <class Weights>
PONDER_INLINE __m256 minimumsOf(const PanelRows& panel, std::int64_t offset) {
    if constexpr (Weights::hasMinimum) return rowHalves(panel, offset + Weights::minimumAt);
    return _mm256_setzero_ps();
}

// One token: rows one after the other, straight from the packed block.
template <class Isa, class Weights>
void multiplySingle(const MatmulRange& range, const PanelRows& panel, std::int64_t token) {
    const Q8_KRow activations = q8_KRow(activationRow(range, token), range.columns);
    const std::int64_t panelBytes =
        kPanelRows * static_cast<std::int64_t>(rowBytes(range.type, range.columns));
    __m256 totals = _mm256_setzero_ps();
    for (std::int64_t b = 0; b < range.columns / kBlock; ++b) {
        const std::int8_t* theirs = activations.values + kBlock * b;
        const __m256i groupSums = loadBytes(activations.groupSums + kBlock / 16 * b);
        __m256i sums[kPanelRows], corrections[kPanelRows];
        for (int r = 0; r < kPanelRows; ++r) {
            const std::uint8_t* block = panel.rows[r] + Weights::bytes * b;
            for (int line = 0; line < Weights::bytes; line += 64)
                _mm_prefetch(block + panelBytes + line, _MM_HINT_T0);
            const Groups groups = Weights::groups(block);
            const __m256i first = _mm256_permute4x64_epi64(groups.scales, 0x44);
            const __m256i second = _mm256_permute4x64_epi64(groups.scales, 0xEE);
            __m256i sum = _mm256_setzero_si256();
            sum = addChunk<Isa, Weights, 0>(sum, block, theirs, first);
            sum = addChunk<Isa, Weights, 1>(sum, block, theirs, first);
            sum = addChunk<Isa, Weights, 2>(sum, block, theirs, second);
            sum = addChunk<Isa, Weights, 3>(sum, block, theirs, second);
            sums[r] = sum;
            if constexpr (Weights::correction != 0)
                corrections[r] = _mm256_madd_epi16(groups.corrections, groupSums);
        }
        __m256i correction = _mm256_setzero_si256();
        if constexpr (Weights::correction != 0) correction = sumOfEachRow(corrections);
        totals = addBlock<Weights>(totals, sumOfEachRow(sums), correction,
                                   rowHalves(panel, Weights::bytes * b + Weights::scaleAt),
                                   minimumsOf<Weights>(panel, Weights::bytes * b), activations.scales[b]);
    }
    panel.store(range, token, totals);
}

// Block b of a panel, unpacked and turned: lane r of every vector belongs to row r.
struct UnpackedPanel {
    alignas(32) __m256i codes[kBlock / 4];        // four codes a lane
    alignas(32) __m256i scales[kBlock / 16];      // the group's scale in both halves of a lane
    alignas(32) __m256i corrections[kBlock / 32]; // those of two groups
    __m256 blockScales;
    __m256 minimums;
};

// Two vectors of scales, of even and odd groups, from one of both.
PONDER_INLINE void splitScales(__m256i both, __m256i* split) {
    const __m256i even = _mm256_setr_epi8(0, 1, 0, 1, 4, 5, 4, 5, 8, 9, 8, 9, 12, 13, 12, 13, //
                                          0, 1, 0, 1, 4, 5, 4, 5, 8, 9, 8, 9, 12, 13, 12, 13);
    const __m256i odd = _mm256_add_epi8(even, _mm256_set1_epi8(2));
    _mm256_store_si256(split, _mm256_shuffle_epi8(both, even));
    _mm256_store_si256(split + 1, _mm256_shuffle_epi8(both, odd));
}

template <class Weights, int c>
PONDER_INLINE void unpackChunk(const PanelRows& panel, std::int64_t offset, __m256i* codes) {
    __m256i low[kPanelRows], high[kPanelRows];
#pragma GCC unroll 8
    for (int r = 0; r < kPanelRows; ++r) {
        const Codes both = Weights::template codes<c>(panel.rows[r] + offset);
        low[r] = both.low;
        high[r] = both.high;
    }
    transpose(low);
    transpose(high);
#pragma GCC unroll 8
    for (int i = 0; i < kPanelRows; ++i) {
        _mm256_store_si256(codes + 16 * c + i, low[i]);
        _mm256_store_si256(codes + 16 * c + 8 + i, high[i]);
    }
}

template <class Weights>
PONDER_INLINE void unpack(const PanelRows& panel, std::int64_t b, UnpackedPanel& unpacked) {
    const std::int64_t offset = Weights::bytes * b;
    unpackChunk<Weights, 0>(panel, offset, unpacked.codes);
    unpackChunk<Weights, 1>(panel, offset, unpacked.codes);
    unpackChunk<Weights, 2>(panel, offset, unpacked.codes);
    unpackChunk<Weights, 3>(panel, offset, unpacked.codes);
    __m256i scales[kPanelRows], corrections[kPanelRows];
    for (int r = 0; r < kPanelRows; ++r) {
        const Groups groups = Weights::groups(panel.rows[r] + offset);
        scales[r] = groups.scales;
        corrections[r] = groups.corrections;
    }
    transpose(scales);
    for (int i = 0; i < kPanelRows; ++i) splitScales(scales[i], unpacked.scales + 2 * i);
    if constexpr (Weights::correction != 0) {
        transpose(corrections);
        for (int i = 0; i < kPanelRows; ++i) _mm256_store_si256(unpacked.corrections + i, corrections[i]);
    }
    unpacked.blockScales = rowHalves(panel, offset + Weights::scaleAt);
    unpacked.minimums = minimumsOf<Weights>(panel, offset);
}

// Block b of `tokens` tokens with an unpacked panel.
template <class Isa, class Weights, int tokens>
PONDER_INLINE void addUnpacked(const UnpackedPanel& panel, const Q8_KRow* rows, std::int64_t b,
                               __m256* totals) {
    constexpr int vectors = Weights::group / 4; // that share a scale
    const std::int8_t* activations[tokens];
    __m256i sums[tokens];
#pragma GCC unroll 4
    for (int t = 0; t < tokens; ++t) {
        activations[t] = rows[t].values + kBlock * b;
        sums[t] = _mm256_setzero_si256();
    }
    for (int g = 0; g < kBlock / Weights::group; ++g) {
        const __m256i scales = _mm256_load_si256(panel.scales + g * (Weights::group / 16));
        Isa::template addPanel<vectors, Weights::safe, Weights::isSigned>(
            sums, panel.codes + g * vectors, activations, g * Weights::group, scales);
    }
#pragma GCC unroll 4
    for (int t = 0; t < tokens; ++t) {
        __m256i correction = _mm256_setzero_si256();
        if constexpr (Weights::correction != 0) {
            const std::int16_t* groupSums = rows[t].groupSums + kBlock / 16 * b;
#pragma GCC unroll 8
            for (int i = 0; i < kBlock / 32; ++i) {
                std::int32_t two;
                __builtin_memcpy(&two, groupSums + 2 * i, sizeof two);
                const __m256i ours = _mm256_load_si256(panel.corrections + i);
                correction = _mm256_add_epi32(correction, _mm256_madd_epi16(ours, _mm256_set1_epi32(two)));
            }
        }
        totals[t] = addBlock<Weights>(totals[t], sums[t], correction, panel.blockScales, panel.minimums,
                                      rows[t].scales[b]);
    }
}

template <class Isa, class Weights>
void multiplyTile(const MatmulRange& range, const PanelRows& panel, std::int64_t token, int tokens) {
    Q8_KRow activations[kTileTokens];
    __m256 totals[kTileTokens];
    for (int t = 0; t < tokens; ++t) {
        activations[t] = q8_KRow(activationRow(range, token + t), range.columns);
        totals[t] = _mm256_setzero_ps();
    }
    UnpackedPanel unpacked;
    for (std::int64_t b = 0; b < range.columns / kBlock; ++b) {
        unpack<Weights>(panel, b, unpacked);
        int t = 0;
        for (; t + 4 <= tokens; t += 4)
            addUnpacked<Isa, Weights, 4>(unpacked, activations + t, b, totals + t);
        for (; t < tokens; ++t) addUnpacked<Isa, Weights, 1>(unpacked, activations + t, b, totals + t);
    }
    for (int t = 0; t < tokens; ++t) panel.store(range, token + t, totals[t]);
}

template <class Isa, class Weights>
void multiply(const MatmulRange& range) {
    forEachPanel(
        range,
        [&](const PanelRows& panel, std::int64_t token) {
            multiplySingle<Isa, Weights>(range, panel, token);
        },
        [&](const PanelRows& panel, std::int64_t token, int tokens) {
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
    default:
        return multiply<Isa, Iq4Xs>(range);
    }
}

} // namespace
} // namespace ponder::kernels
