#pragma once

#include "engine/convert/settings_file.h"
#include "engine/format/gguf_metadata.h"

#include <cstdint>
#include <string_view>

namespace ponder::engine {

/// The files of a folder that say how text becomes tokens; empty where the folder has none.
struct TokenizerFiles {
    const SettingsFile& tokenizer;
    const SettingsFile& tokenizerConfig;
    const SettingsFile& generation;
    const SettingsFile& config;
    std::string_view chatTemplate; ///< of chat_template.jinja
};

/// Adds the `tokenizer.*` keys. `rows` is how many tokens the embedding has; names are made up for those the
/// tokenizer does not know. Throws Error: no tokenizer.json, or one whose rules Ponder has not got.
void addTokenizerMetadata(const TokenizerFiles& folder, std::int64_t rows, GgufMetadata& metadata);

} // namespace ponder::engine
