#include "engine/convert/file_type.h"

#include <algorithm>
#include <cctype>

namespace ponder::engine {

namespace {

using kernels::TensorType;
using enum kernels::TensorType;

constexpr FileType kFileTypes[] = {
    {"F32", 0, F32},
    {"F16", 1, F16},
    {"BF16", 32, BF16},
    {"Q8_0", 7, Q8_0},
    {"Q6_K", 18, Q6_K},
    {"Q5_K_M", 17, Q5_K, true},
    {"Q5_K_S", 16, Q5_K},
    {"Q5_1", 9, Q5_1},
    {"Q5_0", 8, Q5_0},
    {"Q4_K_M", 15, Q4_K, true},
    {"Q4_K_S", 14, Q4_K, true},
    {"Q4_1", 3, Q4_1},
    {"Q4_0", 2, Q4_0},
    {"IQ4_NL", 25, IQ4_NL},
    {"IQ4_XS", 30, IQ4_XS},
    {"MXFP4_MOE", 38, MXFP4},
    {"Q3_K_L", 13, Q3_K, true},
    {"Q3_K_M", 12, Q3_K, true},
    {"Q3_K_S", 11, Q3_K},
    {"Q2_K", 10, Q2_K, true},
};

bool isPlain(TensorType type) {
    return type == F32 || type == F16 || type == BF16;
}

/// The first and the last eighth, and every third between.
bool deservesMoreBits(int layer, int layers) {
    return layer < layers / 8 || layer >= 7 * layers / 8 || (layer - layers / 8) % 3 == 2;
}

TensorType valueType(const FileType& file, const PlannedTensor& tensor, const MixtureOfTypes& model) {
    if (model.experts == 8) return Q8_0;
    const bool isGrouped = model.headsPerKeyValue >= 4;
    if (file.name == "Q2_K") return isGrouped ? Q4_K : Q3_K;
    if (file.name == "Q3_K_M") return tensor.layer < 2 ? Q5_K : Q4_K;
    if (file.name == "Q3_K_L") return Q5_K;
    if (file.name == "Q4_K_S") return tensor.layer < 4 ? Q5_K : Q4_K;
    if (file.name == "IQ4_NL" || file.name == "IQ4_XS") return isGrouped ? Q5_K : file.base;
    if (file.mixes && deservesMoreBits(tensor.layer, model.layers)) return Q6_K;
    return file.base;
}

TensorType downType(const FileType& file, const PlannedTensor& tensor, const MixtureOfTypes& model) {
    if (file.name == "Q2_K") return Q3_K;
    if (file.name == "Q3_K_M") return tensor.layer < model.layers / 16 ? Q5_K : Q4_K;
    if (file.name == "Q3_K_L") return Q5_K;
    if (file.name == "Q4_K_S" || file.name == "IQ4_NL" || file.name == "IQ4_XS")
        return tensor.layer < model.layers / 8 ? Q5_K : file.base;
    if (file.mixes && deservesMoreBits(tensor.layer, model.layers)) return Q6_K;
    return file.base;
}

TensorType outputType(const FileType& file, const MixtureOfTypes& model) {
    const bool isSmall = file.base == Q2_K || file.base == Q3_K || file.base == Q4_K || file.base == IQ4_NL ||
                         file.base == IQ4_XS;
    if (model.experts == 8) return isSmall && file.name != "Q3_K_L" ? Q5_K : file.base;
    if (file.name == "Q2_K") return Q3_K;
    if (file.name == "Q3_K_M") return Q4_K;
    if (file.name == "Q3_K_L") return Q5_K;
    return file.base;
}

TensorType typeByName(const FileType& file, const PlannedTensor& tensor, const MixtureOfTypes& model) {
    const std::string_view name = tensor.name;
    const bool isHead = name == "output.weight" || (name == "token_embd.weight" && model.headIsTied);
    if (file.base == MXFP4) return name.find("_exps.") != std::string_view::npos ? MXFP4 : Q8_0;
    if (isHead) return file.base == Q8_0 ? Q8_0 : tensor.shape.front() % 256 == 0 ? Q6_K : Q8_0;
    if (name.ends_with("attn_v.weight")) return valueType(file, tensor, model);
    if (name.ends_with("attn_k.weight") && model.experts == 8) return Q8_0;
    if (name.ends_with("attn_output.weight")) return outputType(file, model);
    if (name.find(".ffn_down") != std::string_view::npos) return downType(file, tensor, model);
    return file.base;
}

/// For rows that are no multiple of 256: about as many bits in blocks of 32.
TensorType shorterBlocks(TensorType type) {
    switch (type) {
    case Q2_K:
    case Q3_K:
    case IQ4_XS:
        return IQ4_NL;
    case Q4_K:
        return Q5_0;
    case Q5_K:
        return Q5_1;
    case Q6_K:
        return Q8_0;
    default:
        return type;
    }
}

bool fits(TensorType type, std::int64_t row) {
    return row % kernels::typeLayout(type).elements == 0;
}

} // namespace

std::span<const FileType> fileTypes() {
    return kFileTypes;
}

const FileType* findFileType(std::string_view name) {
    const auto isSame = [](char a, char b) {
        return std::toupper(static_cast<unsigned char>(a)) == std::toupper(static_cast<unsigned char>(b));
    };
    for (const FileType& type : kFileTypes)
        if (std::equal(type.name.begin(), type.name.end(), name.begin(), name.end(), isSame)) return &type;
    return nullptr;
}

TensorType chooseTensorType(const FileType& file, const PlannedTensor& tensor, const MixtureOfTypes& model) {
    const std::string_view name = tensor.name;
    if (tensor.shape.size() < 2 || !name.ends_with(".weight") || name.ends_with("_norm.weight") ||
        name.ends_with("ffn_gate_inp.weight"))
        return F32;
    if (isPlain(file.base)) return file.base;
    TensorType type = typeByName(file, tensor, model);
    const std::int64_t row = tensor.shape.front();
    if (!fits(type, row)) type = shorterBlocks(type);
    return fits(type, row) ? type : F16;
}

} // namespace ponder::engine
