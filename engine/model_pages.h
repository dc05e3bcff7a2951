#pragma once

#include "engine/format/gguf_file.h"

#include <functional>
#include <stop_token>

namespace ponder::engine {

/// Reads into memory, by the map, all pages of the tensors that each token needs, and of every stack of
/// experts the first `expertShare`, 0…1: so that the first answer does not wait for the disk. The other
/// experts stay where they are until they are asked for. Experts are left out where memory became short
/// meanwhile. `progress` hears the share of all these bytes, 0…1. Throws Error: cancelled, which is heard
/// within some milliseconds of reading.
void readModelPages(const GgufFile& file, double expertShare, const std::function<void(double)>& progress,
                    std::stop_token stop);

} // namespace ponder::engine
