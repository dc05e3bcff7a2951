#pragma once

#include "kernels/cpu/panel_many.h"
#include "kernels/cpu/panel_steps_avx512.h"
#include "kernels/cpu/tiles.h"

#include <immintrin.h>

#include <algorithm>

// Many tokens by one or two panels with AMX: sixteen tokens by the sixteen rows of a panel in one
// instruction. An unpacked stretch of a panel lies as a tile of weights wants it, activations are tiles as
// they lie, so nothing is turned. What is added is whole numbers here too, so the results are the bits of
// AVX-512.
namespace ponder::kernels {
namespace {

constexpr int kTiledTokens = 256; // share an unpacked stretch

/// The steps of PanelAvx512 with signed weights as they are.
struct PanelTiles : PanelAvx512 {
    static constexpr bool movesSigned = false;
    PONDER_INLINE static Integers movedUp(Integers x) { return x; }
};

/// Block b of a part, for types with blocks of 256: weights times the scales of their groups, numbers of 16
/// bits, their low and high bytes apart. So one sum of 256 columns takes the place of one for each group.
struct FoldedK {
    __m512i low[64];  // unsigned
    __m512i high[64]; // signed: a number is 256 · high + low
    __m512i corrections[8];
    __m512 blockScales;
    __m512 minimums;

    template <class Weights>
    PONDER_INLINE void unpack(const PanelPart<PanelTiles, Weights>& part, std::int64_t b) {
        const PanelBlock<PanelTiles> block = part.block(b);
        const PanelScales<PanelTiles> packed = Weights::template scales<PanelTiles>(block);
        __m512i twice[256 / Weights::group]; // a scale in both halves of its lane
        forEach<256 / Weights::group>([&]<int g>(Number<g>) __attribute__((always_inline)) {
            twice[g] = PanelTiles::pick<0, 1, 0, 1>(Weights::template scale<PanelTiles, g>(packed));
        });
        forEach<4>([&]<int c>(Number<c>) __attribute__((always_inline)) {
            Weights::template codes<PanelTiles, c>(
                block, [&]<int word>(Number<word>, __m512i codes) __attribute__((always_inline)) {
                    constexpr int at = 16 * c + word;
                    fold(at, PanelTiles::minusBytes(codes, PanelTiles::eachByte(offset<Weights>)),
                         twice[4 * at / Weights::group]);
                });
        });
        if constexpr (Weights::hasMinimum) {
            forEach<8>([&]<int i>(Number<i>) __attribute__((always_inline)) {
                corrections[i] = Weights::template correctionPair<PanelTiles, i>(packed);
            });
        }
        blockScales = Weights::template blockScales<PanelTiles>(block, part.rest(b));
        minimums = Weights::template minimums<PanelTiles>(block);
    }

private:
    /// What unsigned codes without a minimum are above their weights.
    template <class Weights>
    static constexpr int offset = Weights::hasMinimum ? 0 : Weights::correction;

    PONDER_INLINE void fold(int at, __m512i weights, __m512i scales) {
        constexpr __mmask64 kHighBytes = 0xAAAA'AAAA'AAAA'AAAA;
        const __m512i even = _mm512_mullo_epi16(_mm512_srai_epi16(_mm512_slli_epi16(weights, 8), 8), scales);
        const __m512i odd = _mm512_mullo_epi16(_mm512_srai_epi16(weights, 8), scales);
        low[at] = _mm512_mask_blend_epi8(kHighBytes, even, _mm512_slli_epi16(odd, 8));
        high[at] = _mm512_mask_blend_epi8(kHighBytes, _mm512_srli_epi16(even, 8), odd);
    }
};

/// Tokens `first` to `first` + 16, or fewer where there are no more; those from `begin` to `end` of them are
/// added, the others are done already.
struct TokenTile {
    int first;
    int begin;
    int end;
    std::size_t bytesBetween; ///< activation rows
};

/// How a folded block enters the totals: its correction is in its weights already.
template <class Weights>
struct FoldedKind {
    static constexpr int correction = Weights::hasMinimum ? 1 : 0;
    static constexpr bool hasMinimum = Weights::hasMinimum;
};

/// totals[panel][token] += block b of a tile's tokens.
template <class Kind, int panels>
void addTileOfK(const FoldedK* folded, const Q8_KRow* rows, std::int64_t b, const TokenTile& tile,
                __m512 (&totals)[panels][kTiledTokens]) {
    TileSums low[panels], high[panels];
    forEach<panels>([&]<int p>(Number<p>) __attribute__((always_inline)) {
        clearTile<2 * p>();
        clearTile<2 * p + 1>();
    });
    const std::int8_t* activations = rows[tile.first].values + kColumnsOfK * b;
    forEach<4>([&]<int c>(Number<c>) __attribute__((always_inline)) {
        constexpr int ours = 4 + c % 2;
        loadTile<ours>(activations + 64 * c, tile.bytesBetween);
        forEach<panels>([&]<int p>(Number<p>) __attribute__((always_inline)) {
            loadTile<6>(folded[p].low + 16 * c, kTileRowBytes);
            addUnsignedProducts<2 * p, ours, 6>();
            loadTile<7>(folded[p].high + 16 * c, kTileRowBytes);
            addSignedProducts<2 * p + 1, ours, 7>();
        });
    });
    forEach<panels>([&]<int p>(Number<p>) __attribute__((always_inline)) {
        storeTile<2 * p>(&low[p], kTileRowBytes);
        storeTile<2 * p + 1>(&high[p], kTileRowBytes);
    });
    for (int t = tile.begin; t < tile.end; ++t) {
        const Q8_KRow& row = rows[tile.first + t];
#pragma GCC unroll 2
        for (int p = 0; p < panels; ++p) {
            const __m512i sums = _mm512_add_epi32(_mm512_loadu_si512(low[p].tokens[t]),
                                                  PanelTiles::left<8>(_mm512_loadu_si512(high[p].tokens[t])));
            __m512i corrections = PanelTiles::zeros();
            if constexpr (Kind::hasMinimum) {
                const std::int16_t* groupSums = row.groupSums + kColumnsOfK / 16 * b;
#pragma GCC unroll 8
                for (int i = 0; i < 8; ++i)
                    corrections = PanelTiles::addPairs(corrections, folded[p].corrections[i],
                                                       twoSums(groupSums + 2 * i));
            }
            __m512& total = totals[p][tile.first + t];
            total = addBlockOf256<PanelTiles, Kind>(total, sums, corrections, folded[p].blockScales,
                                                    folded[p].minimums, row.scales[b]);
        }
    }
}

/// The same for some blocks of 32, or of 16, from `first` on.
template <class Kind, int panels>
void addTileOf32(const Unpacked32<PanelTiles>* unpacked, const Q8_0Row* rows, std::int64_t first, int blocks,
                 const TokenTile& tile, __m512 (&totals)[panels][kTiledTokens]) {
    TileSums sums[2][panels]; // of an even and an odd block: one is multiplied while the other is added
    const auto addBlock = [&]<int odd>(Number<odd>, int i) __attribute__((always_inline)) {
        const std::int64_t column = Kind::columns * (first + i), theirs = column / 32;
        loadTile<4 + odd>(rows[tile.first].values + column, tile.bytesBetween);
        forEach<panels>([&]<int p>(Number<p>) __attribute__((always_inline)) {
            clearTile<2 * odd + p>();
            loadTile<6 + p>(unpacked[p].codes + Kind::columns / 4 * i, kTileRowBytes);
            addSignedProducts<2 * odd + p, 4 + odd, 6 + p>();
        });
        forEach<panels>([&]<int p>(Number<p>) __attribute__((always_inline)) {
            storeTile<2 * odd + p>(&sums[odd][p], kTileRowBytes);
        });
        for (int t = tile.begin; t < tile.end; ++t) {
            const Q8_0Row& row = rows[tile.first + t];
#pragma GCC unroll 2
            for (int p = 0; p < panels; ++p) {
                __m512& total = totals[p][tile.first + t];
                total = addBlockOf32<PanelTiles, Kind>(total, _mm512_loadu_si512(sums[odd][p].tokens[t]),
                                                       unpacked[p].scales[i], unpacked[p].offsets[i],
                                                       row.scales[theirs], row.sums[theirs]);
            }
        }
    };
    for (int i = 0; i < blocks; i += 2) {
        addBlock(Number<0>(), i);
        if (i + 1 < blocks) addBlock(Number<1>(), i + 1);
    }
}

/// Calls add for `tokens` tokens, sixteen at a time; the last sixteen overlap those before where there are
/// more than sixteen.
PONDER_INLINE void inTokenTiles(int tokens, std::size_t bytesBetween, auto add) {
    for (int t = 0; t < tokens; t += kTileRows) {
        const int first = std::max(0, std::min(t, tokens - kTileRows));
        add(TokenTile{first, t - first, std::min(kTileRows, tokens - first), bytesBetween});
    }
}

/// `tokens` tokens (at most kTiledTokens) by `panels` panels from `panel` on.
template <class Weights, int panels>
void multiplyTiles(const MatmulRange& range, std::int64_t panel, std::int64_t token, int tokens) {
    constexpr bool isK = Weights::columns == kColumnsOfK;
    const std::size_t bytesBetween = activationRowBytes(activationFormat(range.type), range.columns);
    ActivationRow<Weights> rows[kTiledTokens];
    __m512 totals[panels][kTiledTokens];
    findRows(range, token, tokens, rows);
    for (int t = 0; t < tokens; ++t)
        for (int p = 0; p < panels; ++p) totals[p][t] = PanelTiles::zero();
    const PanelPart<PanelTiles, Weights> first(range, panel, 0), last(range, panel + panels - 1, 0);
    if constexpr (isK) {
        FoldedK folded[panels];
        for (std::int64_t b = 0; b < range.columns / kColumnsOfK; ++b) {
            folded[0].template unpack<Weights>(first, b);
            if constexpr (panels == 2) folded[1].template unpack<Weights>(last, b);
            inTokenTiles(tokens, bytesBetween, [&](const TokenTile& tile) {
                addTileOfK<FoldedKind<Weights>, panels>(folded, rows, b, tile, totals);
            });
        }
    } else {
        Unpacked32<PanelTiles> unpacked[panels];
        constexpr int most = kColumnsOfK / Weights::columns;
        for (std::int64_t b = 0; b < range.columns / Weights::columns; b += most) {
            const std::int64_t left = range.columns / Weights::columns - b;
            const int blocks = left < most ? static_cast<int>(left) : most;
            unpacked[0].template unpack<Weights>(first, b, blocks);
            if constexpr (panels == 2) unpacked[1].template unpack<Weights>(last, b, blocks);
            inTokenTiles(tokens, bytesBetween, [&](const TokenTile& tile) {
                addTileOf32<KindOf32Weights<Weights>, panels>(unpacked, rows, b, blocks, tile, totals);
            });
        }
    }
    for (int t = 0; t < tokens; ++t) {
        PanelTiles::storeFirst(first.output(range, token + t), totals[0][t], first.count);
        if constexpr (panels == 2)
            PanelTiles::storeFirst(last.output(range, token + t), totals[1][t], last.count);
    }
}

template <class Weights>
void multiplyPanelsInTiles(const MatmulRange& range) {
    const auto tileTokens = static_cast<int>(std::min<std::int64_t>(range.tokens, kTileRows));
    const TileShapes shapes(tileTokens, std::min(Weights::columns, kTileRowBytes));
    const std::int64_t end = (range.rowEnd + kPanelRows - 1) / kPanelRows;
    for (std::int64_t panel = range.rowBegin / kPanelRows; panel < end; panel += 2) {
        for (std::int64_t next = 0; next < range.tokens; next += kTiledTokens) {
            // The last ones begin earlier where they would not fill a tile.
            const std::int64_t token = std::min(next, range.tokens - tileTokens);
            const auto tokens = static_cast<int>(std::min<std::int64_t>(range.tokens - token, kTiledTokens));
            if (panel + 2 <= end)
                multiplyTiles<Weights, 2>(range, panel, token, tokens);
            else
                multiplyTiles<Weights, 1>(range, panel, token, tokens);
        }
    }
}

} // namespace
} // namespace ponder::kernels
