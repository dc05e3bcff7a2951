#pragma once

#include <cstddef>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/library/found_model.h"

namespace ponder::app {

enum class FolderOutcome { Found, NotThere, NotReadable };

/// A root as it was found, or not: a folder that has vanished stays in the list.
struct FolderState {
    ModelRoot root;
    FolderOutcome outcome = FolderOutcome::Found;

    bool operator==(const FolderState&) const = default;
};

/// Told while folders are searched, from several threads.
struct SearchWatch {
    std::stop_token stop = {};
    std::function<void(const std::string&)> folderEntered = {}; ///< before it is listed
    std::function<void(std::size_t)> entriesSeen = {};          ///< in all, so far
};

/// A model as the search found it, before names are made unique and links to one file are joined.
struct ModelHit {
    FoundModel model;
    std::string order; ///< the name in small letters
    std::size_t root = 0;
    int rank = 0;         ///< within the root, lower ones first: the current revision before older ones
    std::string place;    ///< the same for all revisions of one file of a repository, else empty
    std::string revision; ///< of the Hugging Face cache
};

struct ModelSearchResult {
    std::vector<ModelHit> hits; ///< by root, rank, name and path
    std::vector<FolderState> folders;
    std::size_t entries = 0;
};

/// Looks through all roots, several folders at a time, in the layout of the program that fills each; below a
/// plain folder every layout is known. Opens the manifests of Ollama and the references of the Hugging Face
/// cache, no model, and writes nothing. With a stop request what was found so far comes back.
ModelSearchResult searchFolders(const std::vector<ModelRoot>& roots, const SearchWatch& watch);

} // namespace ponder::app
