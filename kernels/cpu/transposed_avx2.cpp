#include "kernels/cpu/avx2.h"
#include "kernels/cpu/vector_avx2.h"

namespace ponder::kernels {

namespace {

// So many rows of a column's vectors stay in the first-level cache while the tokens pass by.
constexpr std::int64_t kRows = 128;

// Rows [from, to) for `tokens` tokens and `vectors` vectors of columns, added to what the rows before gave.
template <int tokens, int vectors>
PONDER_INLINE void addTile(const TransposedProduct& product, std::int64_t from, std::int64_t to,
                           std::int64_t token, std::int64_t column) {
    __m256 sums[tokens][vectors];
    const float* inputs[tokens];
    float* outputs[tokens];
#pragma GCC unroll 4
    for (int t = 0; t < tokens; ++t) {
        inputs[t] = product.input + (token + t) * product.inputStride;
        outputs[t] = product.output + (token + t) * product.outputStride + column;
#pragma GCC unroll 4
        for (int v = 0; v < vectors; ++v)
            sums[t][v] = from == 0 ? _mm256_setzero_ps() : _mm256_loadu_ps(outputs[t] + 8 * v);
    }
    const float* weights = product.weights + from * product.columns + column;
    for (std::int64_t r = from; r < to; ++r, weights += product.columns) {
        __m256 row[vectors];
#pragma GCC unroll 4
        for (int v = 0; v < vectors; ++v) row[v] = _mm256_loadu_ps(weights + 8 * v);
#pragma GCC unroll 4
        for (int t = 0; t < tokens; ++t) {
            const __m256 number = _mm256_set1_ps(inputs[t][r]);
#pragma GCC unroll 4
            for (int v = 0; v < vectors; ++v) sums[t][v] = _mm256_fmadd_ps(number, row[v], sums[t][v]);
        }
    }
#pragma GCC unroll 4
    for (int t = 0; t < tokens; ++t) {
#pragma GCC unroll 4
        for (int v = 0; v < vectors; ++v) _mm256_storeu_ps(outputs[t] + 8 * v, sums[t][v]);
    }
}

template <int vectors>
PONDER_INLINE void addColumns(const TransposedProduct& product, std::int64_t from, std::int64_t to,
                              std::int64_t column) {
    std::int64_t token = 0;
    for (; token + 3 <= product.tokens; token += 3) addTile<3, vectors>(product, from, to, token, column);
    for (; token < product.tokens; ++token) addTile<1, vectors>(product, from, to, token, column);
}

// Columns [column, …), fewer than a vector has lanes.
void multiplyLast(const TransposedProduct& product, std::int64_t column) {
    const __m256i lanes = firstLanes(static_cast<int>(product.columns - column));
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

} // namespace

namespace avx2 {

void multiplyTransposed(const TransposedProduct& product) {
    const std::int64_t whole = product.columns / 8 * 8;
    for (std::int64_t from = 0; from < product.rows; from += kRows) {
        const std::int64_t to = from + kRows < product.rows ? from + kRows : product.rows;
        std::int64_t column = 0;
        for (; column + 32 <= whole; column += 32) addColumns<4>(product, from, to, column);
        for (; column < whole; column += 8) addColumns<1>(product, from, to, column);
    }
    if (whole < product.columns) multiplyLast(product, whole);
}

} // namespace avx2

} // namespace ponder::kernels
