#pragma once

#include "engine/convert/model_folder.h"
#include "engine/format/gguf_metadata.h"

#include <cstdint>

namespace ponder::engine {

/// Adds the `tokenizer.*` keys from tokenizer.json, tokenizer_config.json, generation_config.json and the
/// chat template. `rows` is how many tokens the embedding has; names are made up for those the tokenizer does
/// not know. Throws Error: no tokenizer.json, or one whose rules Ponder has not got.
void addTokenizerMetadata(const ModelFolder& folder, std::int64_t rows, GgufMetadata& metadata);

} // namespace ponder::engine
