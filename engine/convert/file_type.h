#pragma once

#include "engine/convert/tensor_plan.h"
#include "kernels/quant_blocks.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace ponder::engine {

/// What all tensors of a file are converted to, by the name that other programs use: "Q4_K_M".
struct FileType {
    std::string_view name;
    std::uint32_t id = 0; ///< general.file_type
    kernels::TensorType base = kernels::TensorType::F16;
    bool mixes = false; ///< some tensors get a type of more bits ("_M", Q2_K)
};

std::span<const FileType> fileTypes();
/// Upper and lower case are the same; null where there is none.
const FileType* findFileType(std::string_view name);

/// What a tensor's place in the model says of its type, apart from its name and shape.
struct MixtureOfTypes {
    int layers = 0;
    int experts = 0;
    int headsPerKeyValue = 1;
    bool headIsTied = false;
};

/// The type for one tensor, as llama-quantize chooses it without an importance matrix: vectors and routers
/// stay F32, values and `ffn_down` of some layers get more bits in the mixed types, and a row that is no
/// multiple of the type's block gets a type of shorter blocks, or F16.
kernels::TensorType chooseTensorType(const FileType& file, const PlannedTensor& tensor,
                                     const MixtureOfTypes& model);

} // namespace ponder::engine
