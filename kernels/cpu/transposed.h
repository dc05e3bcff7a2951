#pragma once

#include "kernels/cpu/outer_product.h"
#include "kernels/cpu/vector_avx2.h"
#include "kernels/matmul.h"

// The product of transposed float weights for the instruction set `Isa`. All in this file has internal
// linkage: see inline.h.
namespace ponder::kernels {
namespace {

// So many rows of a column's vectors stay in the first-level cache while the tokens pass by.
constexpr std::int64_t kRows = 128;

// Rows [from, to) for `tokens` tokens and `vectors` vectors of columns, added to what the rows before gave.
template <class Isa, int tokens, int vectors>
PONDER_INLINE void addTile(const TransposedProduct& product, std::int64_t from, std::int64_t to,
                           std::int64_t token, std::int64_t column) {
    typename Isa::Floats sums[tokens][vectors];
    const float* inputs[tokens];
    float* outputs[tokens];
#pragma GCC unroll 8
    for (int t = 0; t < tokens; ++t) {
        inputs[t] = product.input + (token + t) * product.inputStride;
        outputs[t] = product.output + (token + t) * product.outputStride + column;
#pragma GCC unroll 4
        for (int v = 0; v < vectors; ++v)
            sums[t][v] = from == 0 ? Isa::zero() : Isa::load(outputs[t] + Isa::lanes * v);
    }
    const float* weights = product.weights + from * product.columns + column;
    for (std::int64_t r = from; r < to; ++r, weights += product.columns)
        addOuterProduct<Isa>(sums, weights, [&](int t) { return inputs[t][r]; });
#pragma GCC unroll 8
    for (int t = 0; t < tokens; ++t) {
#pragma GCC unroll 4
        for (int v = 0; v < vectors; ++v) Isa::store(outputs[t] + Isa::lanes * v, sums[t][v]);
    }
}

template <class Isa, int vectors>
PONDER_INLINE void addColumns(const TransposedProduct& product, std::int64_t from, std::int64_t to,
                              std::int64_t column) {
    std::int64_t token = 0;
    for (; token + Isa::outerRows <= product.tokens; token += Isa::outerRows)
        addTile<Isa, Isa::outerRows, vectors>(product, from, to, token, column);
    for (; token < product.tokens; ++token) addTile<Isa, 1, vectors>(product, from, to, token, column);
}

// Up to eight columns from `column` on, fewer than a vector has lanes.
void multiplyLast(const TransposedProduct& product, std::int64_t column) {
    const std::int64_t left = product.columns - column;
    const __m256i lanes = firstLanes(left < 8 ? static_cast<int>(left) : 8);
    for (std::int64_t t = 0; t < product.tokens; ++t) {
        __m256 sum = _mm256_setzero_ps();
        for (std::int64_t r = 0; r < product.rows; ++r) {
            sum = _mm256_fmadd_ps(_mm256_set1_ps(product.input[t * product.inputStride + r]),
                                  _mm256_maskload_ps(product.weights + r * product.columns + column, lanes),
                                  sum);
        }
        _mm256_maskstore_ps(product.output + t * product.outputStride + column, lanes, sum);
    }
}

template <class Isa>
void multiplyTransposedBy(const TransposedProduct& product) {
    const std::int64_t whole = product.columns / Isa::lanes * Isa::lanes;
    for (std::int64_t from = 0; from < product.rows; from += kRows) {
        const std::int64_t to = from + kRows < product.rows ? from + kRows : product.rows;
        std::int64_t column = 0;
        for (; column + 4 * Isa::lanes <= whole; column += 4 * Isa::lanes)
            addColumns<Isa, 4>(product, from, to, column);
        for (; column < whole; column += Isa::lanes) addColumns<Isa, 1>(product, from, to, column);
    }
    for (std::int64_t column = whole; column < product.columns; column += 8) multiplyLast(product, column);
}

} // namespace
} // namespace ponder::kernels
