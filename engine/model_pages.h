#pragma once

#include "engine/format/gguf_file.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>

namespace ponder::engine {

/// Memory that can be had without pushing other programs out; empty where the system does not tell.
std::optional<std::uint64_t> freeMemoryBytes();

/// Touches every page of the tensors that each token needs, so that the first answer does not wait for the
/// disk; experts stay where they are until they are asked for. `progress` hears 0…1. Throws Error: cancelled,
/// or the dense part alone is more than the machine's memory.
void readDensePages(const GgufFile& file, const std::function<void(double)>& progress, std::stop_token stop);

} // namespace ponder::engine
