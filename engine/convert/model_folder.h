#pragma once

#include "engine/convert/folder_tensors.h"
#include "engine/convert/settings_file.h"

#include <string>

namespace ponder::engine {

/// A model as Hugging Face's programs keep it, opened: its settings and the places of its weights. What a
/// folder need not have is empty.
struct ModelFolder {
    /// Throws Error: no folder of this kind, damaged, or its weights are packed in a way that is not known.
    explicit ModelFolder(const std::string& path);

    std::string path;
    std::string name; ///< of the model, from the folder's
    SettingsFile config;
    SettingsFile generation;
    SettingsFile tokenizer;
    SettingsFile tokenizerConfig;
    std::string chatTemplate; ///< of chat_template.jinja
    FolderTensors tensors;
};

} // namespace ponder::engine
