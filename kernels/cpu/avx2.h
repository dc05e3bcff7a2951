#pragma once

#include "kernels/activation.h"
#include "kernels/attention.h"
#include "kernels/convolution.h"
#include "kernels/delta_rule.h"
#include "kernels/matmul.h"

#include <cstdint>

/// The operations for processors with AVX2, FMA and F16C. Call only where these exist.
namespace ponder::kernels::avx2 {

void convertActivations(ActivationFormat format, const float* x, std::int64_t columns, void* converted);

void matmul(const MatmulRange& range);
void multiplyTransposed(const TransposedProduct& product);
/// Its kinds: types of 32 with Q8_0 activations, of 256 with Q8_K, numbers of 16 bits with words, and floats.
void matmulQ8_0(const MatmulRange& range);
void matmulQ8_K(const MatmulRange& range);
void matmulF32(const MatmulRange& range);
void matmulHalves(const MatmulRange& range); ///< in either layout
/// The first two from panels: range.inPanels.
void matmulPanels(const MatmulRange& range);

void scoreHeads(const AttentionHead* heads, std::int64_t count, AttentionRange rows, float* scratch);
void weighHeads(const AttentionHead* heads, std::int64_t count, AttentionRange which, float* scratch);
void mixHeads(const AttentionHead* heads, std::int64_t count, AttentionRange columns, float* scratch);
void attendSplit(const AttentionHead* heads, std::int64_t count, std::int64_t split, float* answers);
void attendMany(const AttentionHead* heads, std::int64_t count, float* scratch);
void joinSplit(const AttentionHead& head, SoftmaxState& before, const float* output,
               const SoftmaxState& state);
void convolveSilu(const Convolution& convolution);
void applyDeltaRule(const DeltaHead& head);
void convertToF16(const float* x, std::uint16_t* y, std::int64_t n);
void convertFromF16(const std::uint16_t* x, float* y, std::int64_t n);
void convertToQ8_0(const float* x, void* y, std::int64_t n);
void rmsNorm(const float* x, const float* weight, float epsilon, std::int64_t n, float* y);
void gatedActivation(Activation activation, const float* gate, const float* up, std::int64_t n, float* y);
void softmax(float* x, std::int64_t n);
float dot(const float* x, const float* y, std::int64_t n);
void addScaled(float scale, const float* x, float* y, std::int64_t n);
void add(const float* x, float* y, std::int64_t n);
void multiply(const float* x, float* y, std::int64_t n);

} // namespace ponder::kernels::avx2
