#pragma once

#include "engine/format/gguf_file.h"

#include <string>

namespace ponder::engine {

/// Opens a model wherever it is: a GGUF file, or a folder of safetensors files, which is shown as the GGUF
/// file that it would become with its numbers as they are (FP8 as BF16). With Access::Weights a folder's
/// weights are read into memory, all of them. Throws Error.
GgufFile openModelFile(const std::string& path, GgufFile::Access access);

} // namespace ponder::engine
