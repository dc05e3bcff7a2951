#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ponder::kernels {

/// How a tensor's numbers are stored. The values are GGUF's type ids (gguf.md in the format's own
/// repository).
enum class TensorType : std::uint32_t {
    F32 = 0,
    F16 = 1,
    Q4_0 = 2,
    Q4_1 = 3,
    Q5_0 = 6,
    Q5_1 = 7,
    Q8_0 = 8,
    Q8_1 = 9,
    Q2_K = 10,
    Q3_K = 11,
    Q4_K = 12,
    Q5_K = 13,
    Q6_K = 14,
    Q8_K = 15,
    IQ2_XXS = 16,
    IQ2_XS = 17,
    IQ3_XXS = 18,
    IQ1_S = 19,
    IQ4_NL = 20,
    IQ3_S = 21,
    IQ2_S = 22,
    IQ4_XS = 23,
    I8 = 24,
    I16 = 25,
    I32 = 26,
    I64 = 27,
    F64 = 28,
    IQ1_M = 29,
    BF16 = 30,
    TQ1_0 = 34,
    TQ2_0 = 35,
    MXFP4 = 39,
    NVFP4 = 40,
    Q1_0 = 41,
    Q2_0 = 42,
};

/// The size of a type's smallest unit. A row of n elements takes n / elements blocks.
struct TypeLayout {
    TensorType type;
    std::string_view name; ///< as other programs print it, "Q4_K"
    int elements;          ///< numbers in a block
    int bytes;             ///< bytes of a block
};

/// Layout of the type with this GGUF id; null for ids that are unknown or were removed from the format.
const TypeLayout* findTypeLayout(std::uint32_t id);
/// Layout by name, "Q4_K"; null if there is none.
const TypeLayout* findTypeLayout(std::string_view name);
/// Layout of a type known to exist.
const TypeLayout& typeLayout(TensorType type);

/// Bytes of a row of `elements` numbers. Requires: elements is a multiple of the block.
std::size_t rowBytes(TensorType type, std::int64_t elements);

} // namespace ponder::kernels
