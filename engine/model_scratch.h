#pragma once

#include "engine/model/model.h"

#include <cstdint>

namespace ponder::engine {

/// Bytes of memory that evaluating a prompt of many chunks makes the engine keep to work in, beside the
/// cache: the vectors of Decoder, its attention, feed-forward and mixture, and the backend's converted
/// inputs.
std::uint64_t scratchBytes(const Model& model);
/// What a draft head takes beside that: the pairs of a chunk and hidden states that wait.
std::uint64_t draftScratchBytes(const Model& model);

} // namespace ponder::engine
