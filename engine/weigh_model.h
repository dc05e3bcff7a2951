#pragma once

#include "engine/model/model.h"
#include "engine/model_footprint.h"

namespace ponder::engine {

/// What `model` takes of memory and of time; its header is enough.
ModelFootprint weigh(const Model& model);

} // namespace ponder::engine
