#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/library/found_model.h"
#include "app/library/model_search.h"

namespace ponder::app {

/// All that was found, and where.
struct LibraryContents {
    std::vector<FoundModel> models; ///< the starter model first, then the roots in their order, each by name
    std::vector<FolderState> folders; ///< the roots
    std::size_t entries = 0;          ///< names of files and folders that were looked at
};

/// Lists the models in place. A file reached by several links is listed once, with all its paths. Nothing is
/// opened but Ollama's manifests and the references of the Hugging Face cache, nothing is written.
LibraryContents lookForModels(const std::filesystem::path& starter, const std::vector<ModelRoot>& roots,
                              const SearchWatch& watch);
/// The models alone.
std::vector<FoundModel> findModels(const std::filesystem::path& starter, const std::vector<ModelRoot>& roots);

/// The model a person means: a file, a name of the list in any case, or the beginning of exactly one.
/// Throws Error: none, several, or one that is not complete.
FoundModel chooseModel(const std::string& wanted, const std::vector<FoundModel>& models);
/// The same for looking at it and not for running it: whatever state it is in.
FoundModel chooseListed(const std::string& wanted, const std::vector<FoundModel>& models);

} // namespace ponder::app
