#pragma once

#include "engine/convert/file_type.h"
#include "engine/convert/model_folder.h"
#include "engine/convert/tensor_plan.h"
#include "engine/format/gguf_metadata.h"
#include "engine/format/gguf_writer.h"

#include <string>
#include <vector>

namespace ponder::engine {

/// Everything about the GGUF file that a folder becomes but its numbers.
struct ConvertedModel {
    /// Reads the folder's settings and headers. `type` null: the numbers as they are stored, FP8 as BF16.
    /// Throws Error: a model that cannot be converted.
    ConvertedModel(const std::string& path, const FileType* type);

    ModelFolder folder;
    FamilySettings family;
    std::vector<PlannedTensor> plan;
    std::vector<TensorDescription> tensors; ///< one for each of the plan
    GgufMetadata metadata;
};

} // namespace ponder::engine
