#include "tests/kernels/random_blocks.h"

#include "kernels/half.h"

#include <cstring>

namespace ponder::kernels {

namespace {

// Where a block's f16 scales and minimums lie.
std::vector<int> halfOffsets(TensorType type) {
    using enum TensorType;
    switch (type) {
    case F16:
        return {0};
    case Q4_1:
    case Q5_1:
    case Q4_K:
    case Q5_K:
        return {0, 2};
    case Q2_K:
        return {80, 82};
    case Q3_K:
        return {108};
    case Q6_K:
        return {208};
    case TQ1_0:
        return {52};
    case TQ2_0:
        return {64};
    case F32:
    case BF16:
    case MXFP4:
    case NVFP4:
    case IQ1_M:
        return {};
    default:
        return {0};
    }
}

} // namespace

std::vector<TensorType> weightTypes() {
    using enum TensorType;
    return {F32,   F16,   BF16,  Q4_0,   Q4_1,   Q5_0,    Q5_1,   Q8_0,  Q2_K,    Q3_K,
            Q4_K,  Q5_K,  Q6_K,  IQ4_NL, IQ4_XS, IQ2_XXS, IQ2_XS, IQ2_S, IQ3_XXS, IQ3_S,
            IQ1_S, IQ1_M, MXFP4, NVFP4,  TQ1_0,  TQ2_0,   Q1_0,   Q2_0};
}

std::string typeName(TensorType type) {
    return std::string(typeLayout(type).name);
}

std::vector<float> randomFloats(std::int64_t n, std::mt19937& random, float deviation) {
    std::normal_distribution<float> normal(0, deviation);
    std::vector<float> values(static_cast<std::size_t>(n));
    for (float& value : values) value = normal(random);
    return values;
}

std::vector<std::uint8_t> randomBlocks(TensorType type, std::int64_t elements, std::mt19937& random) {
    const TypeLayout& layout = typeLayout(type);
    std::vector<std::uint8_t> bytes(rowBytes(type, elements));
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
    std::normal_distribution<float> normal(0, 0.02f);
    for (std::size_t at = 0; at < bytes.size(); at += static_cast<std::size_t>(layout.bytes)) {
        std::uint8_t* block = bytes.data() + at;
        const float value = normal(random);
        for (int offset : halfOffsets(type)) {
            const std::uint16_t half = floatToHalf(normal(random));
            std::memcpy(block + offset, &half, sizeof half);
        }
        if (type == TensorType::F32) std::memcpy(block, &value, sizeof value);
        if (type == TensorType::BF16) std::memcpy(block, reinterpret_cast<const char*>(&value) + 2, 2);
        if (type == TensorType::MXFP4) block[0] = static_cast<std::uint8_t>(118 + block[0] % 8);
        if (type == TensorType::NVFP4) {
            for (int i = 0; i < 4; ++i) block[i] = block[i] % 16 == 15 ? 0x7F : block[i] & 0x3F;
        }
        if (type == TensorType::IQ1_M) { // its f16 is spread over the top nibbles of four words
            const std::uint16_t half = floatToHalf(value);
            for (int i = 0; i < 4; ++i) {
                std::uint8_t& top = block[49 + 2 * i];
                top = static_cast<std::uint8_t>((top & 15) | (half >> (4 * i) & 15) << 4);
            }
        }
    }
    return bytes;
}

std::vector<InstructionSet> availableSets() {
    std::vector<InstructionSet> sets;
    for (const auto set :
         {InstructionSet::Scalar, InstructionSet::Avx2, InstructionSet::Avx512, InstructionSet::Amx}) {
        if (set <= supportedInstructionSet()) sets.push_back(set);
    }
    return sets;
}

std::vector<InstructionSet> fastSets() {
    std::vector<InstructionSet> sets = availableSets();
    sets.erase(sets.begin());
    return sets;
}

std::string setName(InstructionSet set) {
    switch (set) {
    case InstructionSet::Scalar:
        return "Scalar";
    case InstructionSet::Avx2:
        return "Avx2";
    case InstructionSet::Avx512:
        return "Avx512";
    case InstructionSet::Amx:
        return "Amx";
    }
    return "";
}

} // namespace ponder::kernels
