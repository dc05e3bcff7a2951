#pragma once

#include "engine/format/input_file.h"
#include "engine/format/metadata_values.h"
#include "engine/format/tensor.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace ponder::engine {

/// One file of a model: its header, read and checked. Stays where it is, its metadata refer to its file.
struct GgufPart {
    InputFile file;
    std::uint32_t version = 0;
    std::uint64_t headerEnd = 0;
    std::unique_ptr<const MetadataValues> metadata;
    std::vector<Tensor> tensors; ///< places are in the file
    std::vector<std::string> notices;
};

/// Throws GgufError or Error.
std::unique_ptr<GgufPart> openPart(InputFile file);

} // namespace ponder::engine
