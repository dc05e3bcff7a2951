#pragma once

#include "engine/model/model.h"

#include <functional>
#include <stop_token>

namespace ponder::engine {

/// Reads into memory, by the map, all pages of the tensors that each token needs, and of every stack of
/// experts the first `expertShare`, 0…1, but for tensors that the model has in memory of its own: so that the
/// first answer does not wait for the disk. The other experts stay where they are until they are asked for.
/// Experts are left out where memory became short meanwhile. `progress` hears the share of all these bytes,
/// 0…1. Throws Error: cancelled, which is heard within some milliseconds of reading.
void readModelPages(const Model& model, double expertShare, const std::function<void(double)>& progress,
                    std::stop_token stop);

/// How many bytes that is.
std::uint64_t bytesOfModelPages(const Model& model, double expertShare);

} // namespace ponder::engine
