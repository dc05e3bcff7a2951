#include "kernels/cpu/avx2.h"
#include "kernels/cpu/token_tiles.h"
#include "kernels/cpu/vector_avx2.h"
#include "kernels/reference/block_codes.h"

// Blocks of 256 weights against blocks of 256 activations. Within a block everything is integer: 16-bit pair sums
// times the 6- or 8-bit scale of their group, added in eight 32-bit parts. One float multiplication a block.
namespace ponder::kernels::avx2 {

namespace {

PONDER_INLINE __m256i and15(__m256i x) { return _mm256_and_si256(x, _mm256_set1_epi8(15)); }

// Two vectors of 32 codes.
struct Codes {
    __m256i low;
    __m256i high;
};

// Codes 64c to 64c + 63 of a block whose nibbles lie in 32-byte rows, as in Q4_K and Q5_K.
PONDER_INLINE Codes nibbleRow(const std::uint8_t* row) {
    const __m256i packed = loadBytes(row);
    return {and15(packed), and15(_mm256_srli_epi16(packed, 4))};
}

// The eight scales and eight minimums, six bits each, that Q4_K and Q5_K pack into twelve bytes.
struct SixBitGroups {
    alignas(32) std::int32_t scalePairs[8]; // the scale in both 16-bit halves
    __m128i minimums;                       // eight of 16 bits

    PONDER_INLINE explicit SixBitGroups(const std::uint8_t* packed) {
        const std::uint32_t a = read32(packed), b = read32(packed + 4), c = read32(packed + 8);
        const std::uint32_t scalesLow = a & 0x3F3F3F3F;
        const std::uint32_t scalesHigh = (c & 0x0F0F0F0F) | (a >> 6 & 0x03030303) << 4;
        const std::uint32_t minimumsLow = b & 0x3F3F3F3F;
        const std::uint32_t minimumsHigh = (c >> 4 & 0x0F0F0F0F) | (b >> 6 & 0x03030303) << 4;
        const auto scales = static_cast<long long>(scalesLow | static_cast<std::uint64_t>(scalesHigh) << 32);
        const auto mins = static_cast<long long>(minimumsLow | static_cast<std::uint64_t>(minimumsHigh) << 32);
        const __m256i wide = _mm256_cvtepu8_epi32(_mm_cvtsi64_si128(scales));
        const __m256i pairs = _mm256_or_si256(wide, _mm256_slli_epi32(wide, 16));
        _mm256_store_si256(reinterpret_cast<__m256i*>(scalePairs), pairs);
        minimums = _mm_cvtepu8_epi16(_mm_cvtsi64_si128(mins));
    }

    PONDER_INLINE __m256i scale(int group) const { return _mm256_set1_epi32(scalePairs[group]); }

    // Σ minimum · Σ activations, in four parts.
    PONDER_INLINE __m256i minimumSum(const std::int16_t* groupSums) const {
        const __m256i sums = loadBytes(groupSums); // sixteen of 16 activations: neighbours make one of 32
        const __m128i pairs = _mm_hadd_epi16(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
        return _mm256_zextsi128_si256(_mm_madd_epi16(minimums, pairs));
    }
};

struct Q4_K {
    static constexpr int bytes = 144;
    static constexpr bool hasMinimum = true;
    const std::uint8_t* block;
    SixBitGroups groups;

    PONDER_INLINE explicit Q4_K(const std::uint8_t* b) : block(b), groups(b + 4) {}
    PONDER_INLINE float scale() const { return _cvtsh_ss(read16(block)); }
    PONDER_INLINE float minimum() const { return _cvtsh_ss(read16(block + 2)); }
    PONDER_INLINE __m256i minimumSum(const std::int16_t* sums) const { return groups.minimumSum(sums); }
    PONDER_INLINE __m256i start(const std::int16_t*) const { return _mm256_setzero_si256(); }
    PONDER_INLINE __m256i groupScale(int j) const { return groups.scale(j); }
    template <int c>
    PONDER_INLINE Codes codes() const {
        return nibbleRow(block + 16 + 32 * c);
    }
};

struct Q5_K {
    static constexpr int bytes = 176;
    static constexpr bool hasMinimum = true;
    const std::uint8_t* block;
    SixBitGroups groups;
    __m256i fifthBits;

    PONDER_INLINE explicit Q5_K(const std::uint8_t* b) : block(b), groups(b + 4), fifthBits(loadBytes(b + 16)) {}
    PONDER_INLINE float scale() const { return _cvtsh_ss(read16(block)); }
    PONDER_INLINE float minimum() const { return _cvtsh_ss(read16(block + 2)); }
    PONDER_INLINE __m256i minimumSum(const std::int16_t* sums) const { return groups.minimumSum(sums); }
    PONDER_INLINE __m256i start(const std::int16_t*) const { return _mm256_setzero_si256(); }
    PONDER_INLINE __m256i groupScale(int j) const { return groups.scale(j); }
    template <int c>
    PONDER_INLINE Codes codes() const {
        const Codes nibbles = nibbleRow(block + 48 + 32 * c);
        return {_mm256_or_si256(nibbles.low, fifthBit<2 * c>()), _mm256_or_si256(nibbles.high, fifthBit<2 * c + 1>())};
    }
    // 16 where bit j is set.
    template <int j>
    PONDER_INLINE __m256i fifthBit() const {
        const __m256i moved = j < 4 ? _mm256_slli_epi16(fifthBits, 4 - (j & 3)) : _mm256_srli_epi16(fifthBits, j & 3);
        return _mm256_and_si256(moved, _mm256_set1_epi8(16));
    }
};

struct Q6_K {
    static constexpr int bytes = 210;
    static constexpr bool hasMinimum = false;
    const std::uint8_t* block;
    __m256i scales;    // sixteen of 16 bits, in order
    __m256i evenFirst; // those of even groups in the lower half, of odd ones in the upper

    PONDER_INLINE explicit Q6_K(const std::uint8_t* b) : block(b) {
        const __m128i packed = loadBytes16(b + 192);
        const __m128i order = _mm_setr_epi8(0, 2, 4, 6, 8, 10, 12, 14, 1, 3, 5, 7, 9, 11, 13, 15);
        scales = _mm256_cvtepi8_epi16(packed);
        evenFirst = _mm256_cvtepi8_epi16(_mm_shuffle_epi8(packed, order));
    }
    PONDER_INLINE float scale() const { return _cvtsh_ss(read16(block + 208)); }
    // Codes are 0 to 63 and stand for -32 to 31: start from -32 · Σ scale · Σ activations.
    PONDER_INLINE __m256i start(const std::int16_t* groupSums) const {
        const __m256i sum = _mm256_madd_epi16(scales, loadBytes(groupSums));
        return _mm256_sub_epi32(_mm256_setzero_si256(), _mm256_slli_epi32(sum, 5));
    }
    PONDER_INLINE __m256i groupScale(int j) const {
        return _mm256_shuffle_epi8(evenFirst, _mm256_set1_epi16(static_cast<short>(2 * j | (2 * j + 1) << 8)));
    }
    template <int c>
    PONDER_INLINE Codes codes() const {
        const std::uint8_t* low = block + 64 * (c / 2);
        const __m256i high = loadBytes(block + 128 + 32 * (c / 2));
        const __m256i first = loadBytes(low), second = loadBytes(low + 32);
        if constexpr (c % 2 == 0) {
            return {_mm256_or_si256(and15(first), and48(_mm256_slli_epi16(high, 4))),
                    _mm256_or_si256(and15(second), and48(_mm256_slli_epi16(high, 2)))};
        } else {
            return {_mm256_or_si256(and15(_mm256_srli_epi16(first, 4)), and48(high)),
                    _mm256_or_si256(and15(_mm256_srli_epi16(second, 4)), and48(_mm256_srli_epi16(high, 2)))};
        }
    }
    PONDER_INLINE static __m256i and48(__m256i x) { return _mm256_and_si256(x, _mm256_set1_epi8(48)); }
};

// Adds the products of codes 64c to 64c + 63 with those of each token. Pair sums stay below 63 · 127 · 2.
template <int c, int tokens, class Weights>
PONDER_INLINE void addChunk(const Weights& weights, const Q8_KRow* activations, std::int64_t b,
                            __m256i (&sums)[tokens]) {
    const Codes codes = weights.template codes<c>();
    const __m256i lowScale = weights.groupScale(2 * c), highScale = weights.groupScale(2 * c + 1);
#pragma GCC unroll 4
    for (int t = 0; t < tokens; ++t) {
        const std::int8_t* theirs = activations[t].values + 256 * b + 64 * c;
        const __m256i low = _mm256_maddubs_epi16(codes.low, loadBytes(theirs));
        const __m256i high = _mm256_maddubs_epi16(codes.high, loadBytes(theirs + 32));
        sums[t] = _mm256_add_epi32(sums[t], _mm256_add_epi32(_mm256_madd_epi16(low, lowScale),
                                                             _mm256_madd_epi16(high, highScale)));
    }
}

// The dot products of one weight row with `tokens` rows of activations.
template <class Weights, int tokens>
void dotRow(const MatmulRange& range, std::int64_t row, std::int64_t token) {
    const std::uint8_t* block = weightRow(range, row);
    Q8_KRow activations[tokens];
    __m256 totals[tokens];
    for (int t = 0; t < tokens; ++t) {
        activations[t] = q8_KRow(activationRow(range, token + t), range.columns);
        totals[t] = _mm256_setzero_ps();
    }
    for (std::int64_t b = 0; b < range.columns / 256; ++b, block += Weights::bytes) {
        const Weights weights(block);
        __m256i sums[tokens];
#pragma GCC unroll 4
        for (int t = 0; t < tokens; ++t) sums[t] = weights.start(activations[t].groupSums + 16 * b);
        addChunk<0>(weights, activations, b, sums);
        addChunk<1>(weights, activations, b, sums);
        addChunk<2>(weights, activations, b, sums);
        addChunk<3>(weights, activations, b, sums);
#pragma GCC unroll 4
        for (int t = 0; t < tokens; ++t) {
            const float scale = activations[t].scales[b];
            totals[t] = _mm256_fmadd_ps(_mm256_set1_ps(weights.scale() * scale), _mm256_cvtepi32_ps(sums[t]), totals[t]);
            if constexpr (Weights::hasMinimum) {
                const __m256 minimums = _mm256_cvtepi32_ps(weights.minimumSum(activations[t].groupSums + 16 * b));
                totals[t] = _mm256_fnmadd_ps(_mm256_set1_ps(weights.minimum() * scale), minimums, totals[t]);
            }
        }
    }
    for (int t = 0; t < tokens; ++t) {
        range.output[(token + t) * range.outputStride + row] = horizontalSum(totals[t]);
    }
}

template <class Weights>
void matmulOf(const MatmulRange& range) {
    forEachTile(
        range, [&](std::int64_t row, std::int64_t token) { dotRow<Weights, 4>(range, row, token); },
        [&](std::int64_t row, std::int64_t token) { dotRow<Weights, 1>(range, row, token); });
}

} // namespace

void matmulQ8_K(const MatmulRange& range) {
    switch (range.type) {
    case TensorType::Q4_K: return matmulOf<Q4_K>(range);
    case TensorType::Q5_K: return matmulOf<Q5_K>(range);
    default: return matmulOf<Q6_K>(range);
    }
}

} // namespace ponder::kernels::avx2
