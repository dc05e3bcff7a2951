#include "kernels/quant_blocks.h"

#include <array>

namespace ponder::kernels {

namespace {

using enum TensorType;

constexpr TypeLayout kLayouts[] = {
    {F32, "F32", 1, 4},
    {F16, "F16", 1, 2},
    {Q4_0, "Q4_0", 32, 18},
    {Q4_1, "Q4_1", 32, 20},
    {Q5_0, "Q5_0", 32, 22},
    {Q5_1, "Q5_1", 32, 24},
    {Q8_0, "Q8_0", 32, 34},
    {Q8_1, "Q8_1", 32, 36},
    {Q2_K, "Q2_K", 256, 84},
    {Q3_K, "Q3_K", 256, 110},
    {Q4_K, "Q4_K", 256, 144},
    {Q5_K, "Q5_K", 256, 176},
    {Q6_K, "Q6_K", 256, 210},
    {Q8_K, "Q8_K", 256, 292},
    {IQ2_XXS, "IQ2_XXS", 256, 66},
    {IQ2_XS, "IQ2_XS", 256, 74},
    {IQ3_XXS, "IQ3_XXS", 256, 98},
    {IQ1_S, "IQ1_S", 256, 50},
    {IQ4_NL, "IQ4_NL", 32, 18},
    {IQ3_S, "IQ3_S", 256, 110},
    {IQ2_S, "IQ2_S", 256, 82},
    {IQ4_XS, "IQ4_XS", 256, 136},
    {I8, "I8", 1, 1},
    {I16, "I16", 1, 2},
    {I32, "I32", 1, 4},
    {I64, "I64", 1, 8},
    {F64, "F64", 1, 8},
    {IQ1_M, "IQ1_M", 256, 56},
    {BF16, "BF16", 1, 2},
    {TQ1_0, "TQ1_0", 256, 54},
    {TQ2_0, "TQ2_0", 256, 66},
    {MXFP4, "MXFP4", 32, 17},
    {NVFP4, "NVFP4", 64, 36},
    {Q1_0, "Q1_0", 128, 18},
    {Q2_0, "Q2_0", 64, 18},
};

// By id: products ask for a layout once a row.
constexpr auto kById = [] {
    std::array<const TypeLayout*, 43> byId{};
    for (const TypeLayout& layout : kLayouts) byId[static_cast<std::size_t>(layout.type)] = &layout;
    return byId;
}();

} // namespace

const TypeLayout* findTypeLayout(std::uint32_t id) {
    return id < kById.size() ? kById[id] : nullptr;
}

const TypeLayout* findTypeLayout(std::string_view name) {
    for (const TypeLayout& layout : kLayouts) {
        if (layout.name == name) return &layout;
    }
    return nullptr;
}

const TypeLayout& typeLayout(TensorType type) {
    return *findTypeLayout(static_cast<std::uint32_t>(type));
}

std::size_t rowBytes(TensorType type, std::int64_t elements) {
    const TypeLayout& layout = typeLayout(type);
    return static_cast<std::size_t>(elements / layout.elements) * static_cast<std::size_t>(layout.bytes);
}

} // namespace ponder::kernels
