#pragma once

#include <cstdint>
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
};

/// A model file found; nothing of it has been read yet.
struct FoundModel {
    std::string name;           ///< unique in the list; what `-m` takes
    std::filesystem::path path; ///< the first part
    ModelSource source = ModelSource::Folder;
    std::uint64_t sizeBytes = 0; ///< of all parts
    std::string problem;         ///< empty, or why it cannot be used: a part is missing
};

/// The folders of the programs that keep models on this machine, whether they exist or not: Ponder's own
/// first, then those of `folders`, then the Hugging Face cache, LM Studio, Ollama and GPT4All below `home` or
/// where their environment variables say.
std::vector<ModelRoot> modelRoots(const std::filesystem::path& ownFolder,
                                  const std::vector<std::string>& folders, const std::filesystem::path& home);

/// Lists the models in place; nothing is opened but Ollama's manifests, nothing is written. The starter
/// model, if any, comes first, then the roots in their order, each by name. A file reached by two ways is
/// listed once.
std::vector<FoundModel> findModels(const std::filesystem::path& starter, const std::vector<ModelRoot>& roots);

/// The model a person means: a file, or a name of the list in any case. Throws Error.
FoundModel chooseModel(const std::string& wanted, const std::vector<FoundModel>& models);

} // namespace ponder::app
