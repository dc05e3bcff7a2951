#pragma once

#include "engine/engine.h"

namespace ponder::engine {

class GgufFile;

/// How a model wants to be sampled: `general.sampling.*` where the file has it, else what its makers
/// published with it. Empty fields: nobody said. Throws Error when the file's numbers are out of range.
SamplingSettings defaultsFor(const GgufFile& file);

} // namespace ponder::engine
