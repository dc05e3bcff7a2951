#pragma once

#include "engine/convert/family_settings.h"
#include "engine/convert/folder_tensors.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ponder::engine {

/// How the numbers of a GGUF tensor follow from those of the folder's.
enum class Arrangement {
    Plain,      ///< the same rows
    PairedRows, ///< within each head, row i of the first half goes before row i of the second
    Stacked,    ///< one tensor an expert, one behind the other
    KeyUp,      ///< the key rows of kv_b, transposed within each head
    ValueUp,    ///< the value rows of kv_b
    Constants,  ///< no tensor of the folder
};

/// One tensor of the GGUF file to be, and what it is made of.
struct PlannedTensor {
    std::string name;                ///< in GGUF
    std::vector<std::int64_t> shape; ///< in GGUF: the length of a row first
    Arrangement arrangement = Arrangement::Plain;
    std::vector<const SafetensorsEntry*> sources;
    std::int64_t heads = 1;         ///< PairedRows, KeyUp, ValueUp
    std::int64_t keyRows = 0;       ///< KeyUp, ValueUp: of a head of kv_b
    std::int64_t valueRows = 0;     ///< those behind them
    std::vector<float> values = {}; ///< Constants
    int layer = -1;                 ///< -1: of none
};

/// Says how every tensor of the folder goes into the GGUF file, in the file's order. Throws Error: a tensor
/// is missing, has another shape than its place needs, or is none that the family is known to have.
std::vector<PlannedTensor> planTensors(const FamilySettings& family, const FolderTensors& folder);

} // namespace ponder::engine
