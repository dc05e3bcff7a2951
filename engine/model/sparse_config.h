#pragma once

#include "engine/model/config_reader.h"
#include "engine/model/model_config.h"

namespace ponder::engine {

/// DeepSeek-V3.2: reads the indexer's settings into `config` and its layers. A file without any of an
/// indexer's tensors is run with attention to every position; a notice says so.
void readSparseAttention(const ConfigReader& reader, ModelConfig& config);

/// DeepSeek-V4: reads windows, compression, the indexer, hyper-connections and hash routing into `config` and
/// its layers. Requires: heads, rotation and layers are read.
void readCompressedAttention(const ConfigReader& reader, ModelConfig& config);

} // namespace ponder::engine
