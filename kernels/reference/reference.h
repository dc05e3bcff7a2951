#pragma once

#include "kernels/activation.h"
#include "kernels/attention.h"
#include "kernels/convolution.h"
#include "kernels/delta_rule.h"
#include "kernels/matmul.h"
#include "kernels/rope.h"

#include <cstdint>

/// The scalar truth: every operation of kernels/ in its plainest form. Every faster version is tested against
/// it, and it runs where the processor has no other.
namespace ponder::kernels::reference {

/// One block of any weight type, typeLayout(type).elements values.
void dequantizeBlock(TensorType type, const std::uint8_t* block, float* values);

void convertActivations(ActivationFormat format, const float* x, std::int64_t columns, void* converted);
void matmul(const MatmulRange& range);
void multiplyTransposed(const TransposedProduct& product);
void scoreHeads(const AttentionHead* heads, std::int64_t count, AttentionRange rows, float* scratch);
void weighHeads(const AttentionHead* heads, std::int64_t count, AttentionRange which, float* scratch);
void mixHeads(const AttentionHead* heads, std::int64_t count, AttentionRange columns, float* scratch);
/// What a head sees of a split, in the steps above.
void attendSplit(const AttentionHead* heads, std::int64_t count, std::int64_t split, float* answers);
void attendMany(const AttentionHead* heads, std::int64_t count, float* scratch);
/// One more split: head.output, so far the answer of what `before` tells, becomes that with `output` too.
void joinSplit(const AttentionHead& head, SoftmaxState& before, const float* output,
               const SoftmaxState& state);
void convolveSilu(const Convolution& convolution);
void applyDeltaRule(const DeltaHead& head);
void convertToF16(const float* x, std::uint16_t* y, std::int64_t n);
void convertFromF16(const std::uint16_t* x, float* y, std::int64_t n);
void convertToQ8_0(const float* x, void* y, std::int64_t n);
void rmsNorm(const float* x, const float* weight, float epsilon, std::int64_t n, float* y);
void layerNorm(const float* x, const float* weight, const float* bias, float epsilon, std::int64_t n,
               float* y);
void rotate(RopeStyle style, float* x, std::int64_t rotated, const float* cosines, const float* sines);
void gatedActivation(Activation activation, const float* gate, const float* up, std::int64_t n, float* y);
void softmax(float* x, std::int64_t n);
float dot(const float* x, const float* y, std::int64_t n);
void addScaled(float scale, const float* x, float* y, std::int64_t n);
void add(const float* x, float* y, std::int64_t n);
void multiply(const float* x, float* y, std::int64_t n);

} // namespace ponder::kernels::reference
