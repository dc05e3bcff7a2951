#pragma once

#include "kernels/activation_row.h"
#include "kernels/inline.h"
#include "kernels/reference/reference.h"

#include <cstdint>

// Products of floats, for the instruction set `Isa`.
namespace ponder::kernels {
namespace {

// `rows` weight rows with `tokens` rows of activations: one vector of sums for every pair, however many there
// are.
template <class Isa, int rows, int tokens>
void dotRows(const MatmulRange& range, std::int64_t row, std::int64_t token) {
    const float* weights[rows];
    const float* activations[tokens];
    typename Isa::Floats sums[rows][tokens];
    for (int r = 0; r < rows; ++r) {
        weights[r] = reinterpret_cast<const float*>(weightRow(range, row + r));
        for (int t = 0; t < tokens; ++t) sums[r][t] = Isa::zero();
    }
    for (int t = 0; t < tokens; ++t)
        activations[t] = static_cast<const float*>(activationRow(range, token + t));

    std::int64_t i = 0;
    for (; i + Isa::lanes <= range.columns; i += Isa::lanes) {
#pragma GCC unroll 8
        for (int r = 0; r < rows; ++r) {
            const auto ours = Isa::load(weights[r] + i);
#pragma GCC unroll 4
            for (int t = 0; t < tokens; ++t) {
                sums[r][t] = Isa::plus(sums[r][t], ours, Isa::load(activations[t] + i));
            }
        }
    }
    for (int r = 0; r < rows; ++r) {
        for (int t = 0; t < tokens; ++t) {
            float sum = Isa::sum(sums[r][t]);
            for (std::int64_t k = i; k < range.columns; ++k) {
                float weight; // of any alignment
                __builtin_memcpy(&weight, weights[r] + k, sizeof weight);
                sum += weight * activations[t][k];
            }
            range.output[(token + t) * range.outputStride + row + r] = sum;
        }
    }
}

// Tokens [begin, end) with `rows` rows.
template <class Isa, int rows>
void dotTile(const MatmulRange& range, std::int64_t row, std::int64_t begin, std::int64_t end) {
    std::int64_t token = begin;
    for (; token + 4 <= end; token += 4) dotRows<Isa, rows, 4>(range, row, token);
    for (; token < end; ++token) dotRows<Isa, rows, 1>(range, row, token);
}

// Eight sums at a time keep both multipliers busy: eight rows of one token, or two rows of four tokens.
template <class Isa>
void multiplyRows(const MatmulRange& range) {
    if (range.tokens == 1) {
        std::int64_t row = range.rowBegin;
        for (; row + 8 <= range.rowEnd; row += 8) dotRows<Isa, 8, 1>(range, row, 0);
        for (; row < range.rowEnd; ++row) dotRows<Isa, 1, 1>(range, row, 0);
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
        for (; row + 2 <= range.rowEnd; row += 2) dotTile<Isa, 2>(range, row, begin, end);
        if (row < range.rowEnd) dotTile<Isa, 1>(range, row, begin, end);
    }
}

template <class Isa>
void multiplyF32(const MatmulRange& range) {
    if (range.type == TensorType::F32) return multiplyRows<Isa>(range);
    reference::matmul(range); // a type that has no fast version yet
}

} // namespace
} // namespace ponder::kernels
