#pragma once

#include "engine/convert/folder_tensors.h"
#include "engine/convert/tensor_plan.h"

#include <functional>
#include <span>

namespace ponder::engine {

/// Takes the next whole rows of a tensor.
using RowSink = std::function<void(std::span<const float> rows)>;

/// Reads what `tensor` is made of and hands its numbers to `sink` in GGUF's order, a few MiB of rows or one
/// head at a time. Throws Error: the folder cannot be read.
void readPlannedRows(const PlannedTensor& tensor, const FolderTensors& folder, const RowSink& sink);

} // namespace ponder::engine
