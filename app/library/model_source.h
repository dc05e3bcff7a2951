#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace ponder::app {

enum class ModelSource { Bundled, Ponder, HuggingFace, LmStudio, Ollama, Gpt4All, Folder };

/// "Hugging Face", …: where a person knows the model from.
std::string_view sourceName(ModelSource source);

/// A folder that may hold models, in the layout of the program that fills it.
struct ModelRoot {
    ModelSource source = ModelSource::Folder;
    std::filesystem::path folder;

    bool operator==(const ModelRoot&) const = default;
};

/// The folders of the programs that keep models on this machine, whether they exist or not: Ponder's own
/// first, then those of `folders`, then the Hugging Face cache, LM Studio, Ollama and GPT4All below `home` or
/// where their environment variables say.
std::vector<ModelRoot> modelRoots(const std::filesystem::path& ownFolder,
                                  const std::vector<std::string>& folders, const std::filesystem::path& home);

} // namespace ponder::app
