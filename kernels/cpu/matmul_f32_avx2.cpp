#include "kernels/cpu/avx2.h"
#include "kernels/cpu/token_tiles.h"
#include "kernels/cpu/vector_avx2.h"
#include "kernels/reference/block_codes.h"
#include "kernels/reference/reference.h"

// Products with float activations: weights that are floats themselves, and the types that have no faster way, which
// are unpacked block by block.
namespace ponder::kernels::avx2 {

namespace {

struct F32 {
    static constexpr int bytes = 4;
    PONDER_INLINE static __m256 load(const std::uint8_t* x) {
        return _mm256_loadu_ps(reinterpret_cast<const float*>(x));
    }
    PONDER_INLINE static float loadOne(const std::uint8_t* x) { return std::bit_cast<float>(read32(x)); }
};

struct F16 {
    static constexpr int bytes = 2;
    PONDER_INLINE static __m256 load(const std::uint8_t* x) { return _mm256_cvtph_ps(loadBytes16(x)); }
    PONDER_INLINE static float loadOne(const std::uint8_t* x) { return _cvtsh_ss(read16(x)); }
};

struct Bf16 {
    static constexpr int bytes = 2;
    PONDER_INLINE static __m256 load(const std::uint8_t* x) {
        return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(loadBytes16(x)), 16));
    }
    PONDER_INLINE static float loadOne(const std::uint8_t* x) { return bfloatToFloat(read16(x)); }
};

// `rows` weight rows with `tokens` rows of activations. Two sums for every pair, whichever the numbers.
template <class Weights, int rows, int tokens>
void dotRows(const MatmulRange& range, std::int64_t row, std::int64_t token) {
    const std::uint8_t* weights[rows];
    const float* activations[tokens];
    __m256 even[rows][tokens], odd[rows][tokens];
    for (int r = 0; r < rows; ++r) {
        weights[r] = weightRow(range, row + r);
        for (int t = 0; t < tokens; ++t) even[r][t] = odd[r][t] = _mm256_setzero_ps();
    }
    for (int t = 0; t < tokens; ++t) activations[t] = static_cast<const float*>(activationRow(range, token + t));

    const auto addEight = [&](std::int64_t i, __m256(&sums)[rows][tokens]) __attribute__((always_inline)) {
#pragma GCC unroll 4
        for (int r = 0; r < rows; ++r) {
            const __m256 ours = Weights::load(weights[r] + i * Weights::bytes);
#pragma GCC unroll 4
            for (int t = 0; t < tokens; ++t) {
                sums[r][t] = _mm256_fmadd_ps(ours, _mm256_loadu_ps(activations[t] + i), sums[r][t]);
            }
        }
    };
    std::int64_t i = 0;
    for (; i + 16 <= range.columns; i += 16) {
        addEight(i, even);
        addEight(i + 8, odd);
    }
    if (i + 8 <= range.columns) {
        addEight(i, even);
        i += 8;
    }
    for (int r = 0; r < rows; ++r) {
        for (int t = 0; t < tokens; ++t) {
            float sum = horizontalSum(_mm256_add_ps(even[r][t], odd[r][t]));
            for (std::int64_t k = i; k < range.columns; ++k) {
                sum += Weights::loadOne(weights[r] + k * Weights::bytes) * activations[t][k];
            }
            range.output[(token + t) * range.outputStride + row + r] = sum;
        }
    }
}

template <class Weights>
void matmulOf(const MatmulRange& range) {
    if (range.tokens == 1) { // nothing to share but the activations: four rows keep the sums independent
        std::int64_t row = range.rowBegin;
        for (; row + 4 <= range.rowEnd; row += 4) dotRows<Weights, 4, 1>(range, row, 0);
        for (; row < range.rowEnd; ++row) dotRows<Weights, 1, 1>(range, row, 0);
        return;
    }
    forEachTile(
        range, [&](std::int64_t row, std::int64_t token) { dotRows<Weights, 1, 4>(range, row, token); },
        [&](std::int64_t row, std::int64_t token) { dotRows<Weights, 1, 1>(range, row, token); });
}

constexpr int kTokensAtOnce = 16;
constexpr int kLargestBlock = 256;

// Any type: a block is unpacked once for up to sixteen tokens. One sum a token, block after block.
void matmulUnpacked(const MatmulRange& range) {
    const TypeLayout& layout = typeLayout(range.type);
    for (std::int64_t token = 0; token < range.tokens; token += kTokensAtOnce) {
        const std::int64_t left = range.tokens - token;
        const int tokens = left < kTokensAtOnce ? static_cast<int>(left) : kTokensAtOnce;
        for (std::int64_t row = range.rowBegin; row < range.rowEnd; ++row) {
            const std::uint8_t* block = weightRow(range, row);
            __m256 sums[kTokensAtOnce];
            for (int t = 0; t < tokens; ++t) sums[t] = _mm256_setzero_ps();
            for (std::int64_t column = 0; column < range.columns; column += layout.elements, block += layout.bytes) {
                alignas(32) float weights[kLargestBlock];
                reference::dequantizeBlock(range.type, block, weights);
                for (int t = 0; t < tokens; ++t) {
                    const float* theirs = static_cast<const float*>(activationRow(range, token + t)) + column;
                    for (int i = 0; i < layout.elements; i += 8) {
                        sums[t] = _mm256_fmadd_ps(_mm256_load_ps(weights + i), _mm256_loadu_ps(theirs + i), sums[t]);
                    }
                }
            }
            for (int t = 0; t < tokens; ++t) {
                range.output[(token + t) * range.outputStride + row] = horizontalSum(sums[t]);
            }
        }
    }
}

} // namespace

void matmulF32(const MatmulRange& range) {
    switch (range.type) {
    case TensorType::F32: return matmulOf<F32>(range);
    case TensorType::F16: return matmulOf<F16>(range);
    case TensorType::BF16: return matmulOf<Bf16>(range);
    default: return matmulUnpacked(range);
    }
}

} // namespace ponder::kernels::avx2
