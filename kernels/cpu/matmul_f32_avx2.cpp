#include "kernels/activation_row.h"
#include "kernels/cpu/avx2.h"
#include "kernels/cpu/vector_avx2.h"
#include "kernels/reference/block_codes.h"
#include "kernels/reference/reference.h"

// Products with float activations: weights that are floats themselves, and the types that have no faster way,
// which are unpacked block by block.
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

// `rows` weight rows with `tokens` rows of activations. One vector of sums for every pair, whichever the
// numbers.
template <class Weights, int rows, int tokens>
void dotRows(const MatmulRange& range, std::int64_t row, std::int64_t token) {
    const std::uint8_t* weights[rows];
    const float* activations[tokens];
    __m256 sums[rows][tokens];
    for (int r = 0; r < rows; ++r) {
        weights[r] = weightRow(range, row + r);
        for (int t = 0; t < tokens; ++t) sums[r][t] = _mm256_setzero_ps();
    }
    for (int t = 0; t < tokens; ++t)
        activations[t] = static_cast<const float*>(activationRow(range, token + t));

    std::int64_t i = 0;
    for (; i + 8 <= range.columns; i += 8) {
#pragma GCC unroll 8
        for (int r = 0; r < rows; ++r) {
            const __m256 ours = Weights::load(weights[r] + i * Weights::bytes);
#pragma GCC unroll 4
            for (int t = 0; t < tokens; ++t) {
                sums[r][t] = _mm256_fmadd_ps(ours, _mm256_loadu_ps(activations[t] + i), sums[r][t]);
            }
        }
    }
    for (int r = 0; r < rows; ++r) {
        for (int t = 0; t < tokens; ++t) {
            float sum = horizontalSum(sums[r][t]);
            for (std::int64_t k = i; k < range.columns; ++k) {
                sum += Weights::loadOne(weights[r] + k * Weights::bytes) * activations[t][k];
            }
            range.output[(token + t) * range.outputStride + row + r] = sum;
        }
    }
}

// Tokens [begin, end) with `rows` rows.
template <class Weights, int rows>
void dotTile(const MatmulRange& range, std::int64_t row, std::int64_t begin, std::int64_t end) {
    std::int64_t token = begin;
    for (; token + 4 <= end; token += 4) dotRows<Weights, rows, 4>(range, row, token);
    for (; token < end; ++token) dotRows<Weights, rows, 1>(range, row, token);
}

// Eight sums at a time keep both multipliers busy: eight rows of one token, or two rows of four tokens.
template <class Weights>
void matmulOf(const MatmulRange& range) {
    if (range.tokens == 1) {
        std::int64_t row = range.rowBegin;
        for (; row + 8 <= range.rowEnd; row += 8) dotRows<Weights, 8, 1>(range, row, 0);
        for (; row < range.rowEnd; ++row) dotRows<Weights, 1, 1>(range, row, 0);
        return;
    }
    // Activations of a tile stay in the second-level cache while the rows pass by.
    constexpr std::int64_t kTileBytes = 128 * 1024;
    const std::int64_t fitting =
        kTileBytes / (range.columns * static_cast<std::int64_t>(sizeof(float))) / 4 * 4;
    const std::int64_t step = fitting < 4 ? 4 : fitting;
    for (std::int64_t begin = 0; begin < range.tokens; begin += step) {
        const std::int64_t end = begin + step < range.tokens ? begin + step : range.tokens;
        std::int64_t row = range.rowBegin;
        for (; row + 2 <= range.rowEnd; row += 2) dotTile<Weights, 2>(range, row, begin, end);
        if (row < range.rowEnd) dotTile<Weights, 1>(range, row, begin, end);
    }
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
            for (std::int64_t column = 0; column < range.columns;
                 column += layout.elements, block += layout.bytes) {
                alignas(32) float weights[kLargestBlock];
                reference::dequantizeBlock(range.type, block, weights);
                for (int t = 0; t < tokens; ++t) {
                    const float* theirs = static_cast<const float*>(activationRow(range, token + t)) + column;
                    for (int i = 0; i < layout.elements; i += 8) {
                        sums[t] = _mm256_fmadd_ps(_mm256_load_ps(weights + i), _mm256_loadu_ps(theirs + i),
                                                  sums[t]);
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
    case TensorType::F32:
        return matmulOf<F32>(range);
    case TensorType::F16:
        return matmulOf<F16>(range);
    case TensorType::BF16:
        return matmulOf<Bf16>(range);
    default:
        return matmulUnpacked(range);
    }
}

} // namespace ponder::kernels::avx2
