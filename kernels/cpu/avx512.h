#pragma once

#include "kernels/attention.h"
#include "kernels/matmul.h"

/// Products for processors with AVX-512 (F, BW, DQ, VL) and VNNI. Call only where these exist. What is not
/// here is as fast as memory with AVX2.
namespace ponder::kernels::avx512 {

void matmul(const MatmulRange& range);
/// Its kinds: types of 32 with Q8_0 activations, of 256 with Q8_K, numbers of 16 bits with words, and floats.
void matmulQ8_0(const MatmulRange& range);
void matmulQ8_K(const MatmulRange& range);
void matmulF32(const MatmulRange& range);
void matmulHalves(const MatmulRange& range); ///< in either layout
/// The first two from panels: range.inPanels.
void matmulPanels(const MatmulRange& range);

void multiplyTransposed(const TransposedProduct& product);
void scoreHeads(const AttentionHead* heads, std::int64_t count, AttentionRange rows, float* scratch);
void mixHeads(const AttentionHead* heads, std::int64_t count, AttentionRange columns, float* scratch);
void attendSplit(const AttentionHead* heads, std::int64_t count, std::int64_t split, float* answers);
void attendMany(const AttentionHead* heads, std::int64_t count, float* scratch);

} // namespace ponder::kernels::avx512
