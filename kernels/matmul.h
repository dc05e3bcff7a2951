#pragma once

#include "kernels/quant_blocks.h"

#include <cstddef>
#include <cstdint>

namespace ponder::kernels {

/// How activations are stored for a product. Converted once per distinct input, then shared by every matrix
/// whose type wants the same format.
enum class ActivationFormat {
    F32,
    Q8_0,  ///< int8 with one scale for every 32
    Q8_K,  ///< int8 with one scale for every 256
    Words, ///< int16 with one scale for every 64: see words.h
};

/// The format that products with weights of this type read. The same on every processor.
ActivationFormat activationFormat(TensorType weights);

/// Bytes between two converted rows of `columns` activations; a multiple of 64.
std::size_t activationRowBytes(ActivationFormat format, std::int64_t columns);

/// Converts one row. A block that holds a NaN or an infinity becomes NaN, so that broken weights stay
/// visible. Requires: columns is a multiple of the format's block; `converted` has activationRowBytes bytes,
/// aligned to 4.
void convertActivations(ActivationFormat format, const float* x, std::int64_t columns, void* converted);

/// Rows [rowBegin, rowEnd) of a weight matrix against `tokens` rows of activations.
struct MatmulRange {
    TensorType type = TensorType::F32;
    const void* weights = nullptr; ///< row 0 of the matrix, rows rowBytes(type, columns) apart, any alignment
    bool inPanels = false; ///< weights are panels (panel.h) instead; rowBegin is a multiple of kPanelRows
    std::int64_t columns = 0;
    std::int64_t rowBegin = 0;
    std::int64_t rowEnd = 0;
    const void* activations = nullptr; ///< in activationFormat(type), rows activationRowBytes apart
    std::int64_t tokens = 1;
    float* output = nullptr;
    std::int64_t outputStride = 0; ///< floats between the outputs of two tokens
};

/// output[t * outputStride + r] = dot(weights row r, activations row t). A result depends on its row and its
/// token alone: neither the range, nor the number of tokens computed together, nor panels change a bit of it.
/// Any thread.
void matmul(const MatmulRange& range);

/// Float weights the other way: `rows` rows of `columns` numbers, one after the other.
struct TransposedProduct {
    const float* weights = nullptr; ///< [rows][columns]
    std::int64_t rows = 0;
    std::int64_t columns = 0;
    const float* input = nullptr; ///< [tokens][inputStride], the first `rows` of each
    std::int64_t inputStride = 0;
    std::int64_t tokens = 1;
    float* output = nullptr; ///< [tokens][outputStride], the first `columns` of each
    std::int64_t outputStride = 0;
};

/// output[t][c] = Σ_r input[t][r] · weights[r][c], added in the order of r. A result does not depend on how
/// many tokens there are. Any thread.
void multiplyTransposed(const TransposedProduct& product);

/// "scalar", "AVX2", "AVX-512 VNNI" or "AMX": chosen once, when first asked, by what the processor has.
/// The environment's PONDER_CPU=scalar|avx2|avx512|vnni|amx lowers it.
const char* instructionSet();

} // namespace ponder::kernels
