#pragma once

#include "tests/support/gguf_image.h"

#include <string>

namespace ponder::tests {

/// A model file as it lies on the disk, to be changed. Requires: one part, and sound.
GgufImage imageOfFile(const std::string& path);

} // namespace ponder::tests
