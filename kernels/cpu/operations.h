#pragma once

#include "kernels/activation.h"
#include "kernels/attention.h"
#include "kernels/convolution.h"
#include "kernels/delta_rule.h"
#include "kernels/instruction_set.h"
#include "kernels/matmul.h"

#include <cstdint>

namespace ponder::kernels {

/// The operations that have a version for more than one instruction set. dispatch.cpp fills one table at
/// first use.
struct Operations {
    const char* instructionSet;
    void (*convertActivations)(ActivationFormat format, const float* x, std::int64_t columns,
                               void* converted);
    void (*matmul)(const MatmulRange& range);
    void (*multiplyTransposed)(const TransposedProduct& product);
    void (*scoreHeads)(const AttentionHead* heads, std::int64_t count, AttentionRange rows, float* scratch);
    void (*weighHeads)(const AttentionHead* heads, std::int64_t count, AttentionRange which, float* scratch);
    void (*mixHeads)(const AttentionHead* heads, std::int64_t count, AttentionRange columns, float* scratch);
    void (*attendSplit)(const AttentionHead* heads, std::int64_t count, std::int64_t split, float* answers);
    void (*joinSplit)(const AttentionHead& head, SoftmaxState& before, const float* output,
                      const SoftmaxState& state);
    void (*attendMany)(const AttentionHead* heads, std::int64_t count, float* scratch);
    void (*convolveSilu)(const Convolution& convolution);
    void (*applyDeltaRule)(const DeltaHead& head);
    void (*convertToF16)(const float* x, std::uint16_t* y, std::int64_t n);
    void (*convertFromF16)(const std::uint16_t* x, float* y, std::int64_t n);
    void (*convertToQ8_0)(const float* x, void* y, std::int64_t n);
    void (*rmsNorm)(const float* x, const float* weight, float epsilon, std::int64_t n, float* y);
    void (*gatedActivation)(Activation activation, const float* gate, const float* up, std::int64_t n,
                            float* y);
    void (*softmax)(float* x, std::int64_t n);
    float (*dot)(const float* x, const float* y, std::int64_t n);
    void (*addScaled)(float scale, const float* x, float* y, std::int64_t n);
    void (*add)(const float* x, float* y, std::int64_t n);
    void (*multiply)(const float* x, float* y, std::int64_t n);
};

/// attendHeads with the operations of one table.
void attendHeads(const Operations& with, const AttentionHead* heads, std::int64_t count, float* scratch);

/// The table of one set, for tests and benchmarks that compare them.
const Operations& operations(InstructionSet set);

} // namespace ponder::kernels
