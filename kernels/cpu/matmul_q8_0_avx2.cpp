#include "kernels/cpu/avx2.h"
#include "kernels/cpu/token_tiles.h"
#include "kernels/cpu/vector_avx2.h"
#include "kernels/reference/block_codes.h"

// Blocks of 32 weights against blocks of 32 activations. A product of two blocks is an integer in eight parts; parts
// are scaled and summed as floats, in two sums for even and odd blocks, and added across at the end of the row.
// Offsets and minimums enter once for every eight blocks, through the sums that came with the activations.
namespace ponder::kernels::avx2 {

namespace {

constexpr int kGroup = 8; // blocks whose scales are read together

// The f16 at the start of eight blocks `bytes` apart, of which the first n exist.
template <int bytes>
PONDER_INLINE __m256 halves(const std::uint8_t* block, int n) {
    if (n == kGroup) {
        const __m128i packed = _mm_setr_epi16(
            static_cast<short>(read16(block)), static_cast<short>(read16(block + bytes)),
            static_cast<short>(read16(block + 2 * bytes)), static_cast<short>(read16(block + 3 * bytes)),
            static_cast<short>(read16(block + 4 * bytes)), static_cast<short>(read16(block + 5 * bytes)),
            static_cast<short>(read16(block + 6 * bytes)), static_cast<short>(read16(block + 7 * bytes)));
        return _mm256_cvtph_ps(packed);
    }
    alignas(16) std::uint16_t packed[kGroup] = {};
    for (int i = 0; i < n; ++i) packed[i] = read16(block + i * bytes);
    return _mm256_cvtph_ps(loadBytes16(packed));
}

// 32 codes of four bits: byte j holds code j and, above it, code j + 16.
PONDER_INLINE __m256i nibbles(const std::uint8_t* codes) {
    const __m128i packed = loadBytes16(codes);
    const __m256i both = _mm256_set_m128i(_mm_srli_epi16(packed, 4), packed);
    return _mm256_and_si256(both, _mm256_set1_epi8(15));
}

// 16 in every byte whose bit is set.
PONDER_INLINE __m256i fifthBits(const std::uint8_t* bits) {
    const __m256i spread = _mm256_set1_epi32(static_cast<int>(read32(bits)));
    const __m256i byteOfLane = _mm256_setr_epi64x(0x0000000000000000, 0x0101010101010101, 0x0202020202020202,
                                                  0x0303030303030303);
    const __m256i bitOfLane = _mm256_set1_epi64x(static_cast<long long>(0x8040201008040201));
    const __m256i bit = _mm256_and_si256(_mm256_shuffle_epi8(spread, byteOfLane), bitOfLane);
    return _mm256_and_si256(_mm256_cmpeq_epi8(bit, bitOfLane), _mm256_set1_epi8(16));
}

PONDER_INLINE __m256i lookUp(const std::int8_t* sixteenValues, const std::uint8_t* codes) {
    return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(loadBytes16(sixteenValues)), nibbles(codes));
}

// Products of unsigned weights: at most 31 · 127 · 2 in a 16-bit part.
struct UnsignedCodes {
    PONDER_INLINE static __m256i product(__m256i weights, __m256i activations) {
        return _mm256_madd_epi16(_mm256_maddubs_epi16(weights, activations), _mm256_set1_epi16(1));
    }
};

// Products of signed weights: at most 128 · 127 · 2 in a 16-bit part, since activations are never -128.
struct SignedCodes {
    static constexpr bool hasOffset = false;
    PONDER_INLINE static __m256 offsets(const std::uint8_t*, __m256, int) { return _mm256_setzero_ps(); }
    PONDER_INLINE static __m256i product(__m256i weights, __m256i activations) {
        const __m256i pairs = _mm256_maddubs_epi16(_mm256_abs_epi8(weights), _mm256_sign_epi8(activations, weights));
        return _mm256_madd_epi16(pairs, _mm256_set1_epi16(1));
    }
};

struct Q4_0 : UnsignedCodes {
    static constexpr int bytes = 18;
    static constexpr bool hasOffset = true;
    PONDER_INLINE static __m256 scales(const std::uint8_t* block, int n) { return halves<bytes>(block, n); }
    PONDER_INLINE static __m256 offsets(const std::uint8_t*, __m256 scales, int) {
        return _mm256_mul_ps(scales, _mm256_set1_ps(-8));
    }
    PONDER_INLINE static __m256i codes(const std::uint8_t* block) { return nibbles(block + 2); }
};

struct Q4_1 : UnsignedCodes {
    static constexpr int bytes = 20;
    static constexpr bool hasOffset = true;
    PONDER_INLINE static __m256 scales(const std::uint8_t* block, int n) { return halves<bytes>(block, n); }
    PONDER_INLINE static __m256 offsets(const std::uint8_t* block, __m256, int n) {
        return halves<bytes>(block + 2, n);
    }
    PONDER_INLINE static __m256i codes(const std::uint8_t* block) { return nibbles(block + 4); }
};

struct Q5_0 : UnsignedCodes {
    static constexpr int bytes = 22;
    static constexpr bool hasOffset = true;
    PONDER_INLINE static __m256 scales(const std::uint8_t* block, int n) { return halves<bytes>(block, n); }
    PONDER_INLINE static __m256 offsets(const std::uint8_t*, __m256 scales, int) {
        return _mm256_mul_ps(scales, _mm256_set1_ps(-16));
    }
    PONDER_INLINE static __m256i codes(const std::uint8_t* block) {
        return _mm256_or_si256(nibbles(block + 6), fifthBits(block + 2));
    }
};

struct Q5_1 : UnsignedCodes {
    static constexpr int bytes = 24;
    static constexpr bool hasOffset = true;
    PONDER_INLINE static __m256 scales(const std::uint8_t* block, int n) { return halves<bytes>(block, n); }
    PONDER_INLINE static __m256 offsets(const std::uint8_t* block, __m256, int n) {
        return halves<bytes>(block + 2, n);
    }
    PONDER_INLINE static __m256i codes(const std::uint8_t* block) {
        return _mm256_or_si256(nibbles(block + 8), fifthBits(block + 4));
    }
};

struct Q8_0 : SignedCodes {
    static constexpr int bytes = 34;
    PONDER_INLINE static __m256 scales(const std::uint8_t* block, int n) { return halves<bytes>(block, n); }
    PONDER_INLINE static __m256i codes(const std::uint8_t* block) { return loadBytes(block + 2); }
};

struct Iq4Nl : SignedCodes {
    static constexpr int bytes = 18;
    PONDER_INLINE static __m256 scales(const std::uint8_t* block, int n) { return halves<bytes>(block, n); }
    PONDER_INLINE static __m256i codes(const std::uint8_t* block) { return lookUp(kIq4Values, block + 2); }
};

struct Mxfp4 : SignedCodes {
    static constexpr int bytes = 17;
    PONDER_INLINE static __m256 scales(const std::uint8_t* block, int n) {
        alignas(32) float scales[kGroup] = {};
        for (int i = 0; i < n; ++i) scales[i] = mxfp4Scale(block[i * bytes]);
        return _mm256_load_ps(scales);
    }
    PONDER_INLINE static __m256i codes(const std::uint8_t* block) { return lookUp(kFp4Values, block + 1); }
};

// The dot products of one weight row with `tokens` rows of activations.
template <class Weights, int tokens>
void dotRow(const MatmulRange& range, std::int64_t row, std::int64_t token) {
    const std::uint8_t* block = weightRow(range, row);
    Q8_0Row activations[tokens];
    __m256 even[tokens], odd[tokens];
    for (int t = 0; t < tokens; ++t) {
        activations[t] = q8_0Row(activationRow(range, token + t), range.columns);
        even[t] = odd[t] = _mm256_setzero_ps();
    }
    alignas(32) float products[tokens][kGroup];
    const std::int64_t blocks = range.columns / 32;
    for (std::int64_t first = 0; first < blocks; first += kGroup) {
        const int n = blocks - first < kGroup ? static_cast<int>(blocks - first) : kGroup;
        const __m256i lanes = firstLanes(n);
        const __m256 scales = Weights::scales(block, n);
        const __m256 offsets = Weights::offsets(block, scales, n);
#pragma GCC unroll 4
        for (int t = 0; t < tokens; ++t) {
            const __m256 theirs = _mm256_maskload_ps(activations[t].scales + first, lanes);
            _mm256_store_ps(products[t], _mm256_mul_ps(scales, theirs));
            if constexpr (Weights::hasOffset) {
                const __m256 sums = _mm256_maskload_ps(activations[t].sums + first, lanes);
                even[t] = _mm256_fmadd_ps(offsets, sums, even[t]);
            }
        }
        const auto addBlock = [&](int i, __m256(&sums)[tokens]) __attribute__((always_inline)) {
            const __m256i weights = Weights::codes(block);
            block += Weights::bytes;
#pragma GCC unroll 4
            for (int t = 0; t < tokens; ++t) {
                const __m256i theirs = loadBytes(activations[t].values + 32 * (first + i));
                const __m256 product = _mm256_cvtepi32_ps(Weights::product(weights, theirs));
                sums[t] = _mm256_fmadd_ps(_mm256_set1_ps(products[t][i]), product, sums[t]);
            }
        };
        int i = 0;
        for (; i + 2 <= n; i += 2) {
            addBlock(i, even);
            addBlock(i + 1, odd);
        }
        if (i < n) addBlock(i, even);
    }
    for (int t = 0; t < tokens; ++t) {
        range.output[(token + t) * range.outputStride + row] = horizontalSum(_mm256_add_ps(even[t], odd[t]));
    }
}

template <class Weights>
void matmulOf(const MatmulRange& range) {
    forEachTile(
        range, [&](std::int64_t row, std::int64_t token) { dotRow<Weights, 4>(range, row, token); },
        [&](std::int64_t row, std::int64_t token) { dotRow<Weights, 1>(range, row, token); });
}

} // namespace

void matmulQ8_0(const MatmulRange& range) {
    switch (range.type) {
    case TensorType::Q4_0: return matmulOf<Q4_0>(range);
    case TensorType::Q4_1: return matmulOf<Q4_1>(range);
    case TensorType::Q5_0: return matmulOf<Q5_0>(range);
    case TensorType::Q5_1: return matmulOf<Q5_1>(range);
    case TensorType::Q8_0: return matmulOf<Q8_0>(range);
    case TensorType::IQ4_NL: return matmulOf<Iq4Nl>(range);
    default: return matmulOf<Mxfp4>(range);
    }
}

} // namespace ponder::kernels::avx2
