#pragma once

#include "engine/convert/settings_file.h"
#include "engine/format/gguf_metadata.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ponder::engine {

/// What a folder's config.json says of the model, as far as its tensors are arranged by it.
struct FamilySettings {
    std::string architecture; ///< as GGUF calls it: "llama", "deepseek2", …
    int layers = 0;           ///< without blocks for multi-token prediction
    int heads = 0;
    int keyValueHeads = 0;
    int keyLength = 0;      ///< numbers of a head's query
    int experts = 0;        ///< 0: no mixture
    bool pairsRows = false; ///< GGUF has rows of queries and keys in another order (architectures.md §1.0)
    bool isLatent = false;
    int unrotatedLength = 0; ///< latent attention: of a key that is not rotated,
    int valueLength = 0;     ///< and of a value
    bool tiesHead = false;
    std::vector<float> ropeFactors; ///< Llama 3's, one for every pair
    std::vector<std::string> notices;
};

/// Reads config.json. Throws Error: a family or a switch of it that is not known.
FamilySettings readFamilySettings(const SettingsFile& config);

/// Adds the keys of the family's architecture, as GGUF files of it have them (architectures.md).
void addFamilyMetadata(const SettingsFile& config, const FamilySettings& family, GgufMetadata& metadata);

} // namespace ponder::engine
