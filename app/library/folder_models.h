#pragma once

#include <string>
#include <vector>

#include "app/library/folder_listing.h"
#include "app/library/found_model.h"

namespace ponder::app {

/// Is a file of this name worth asking about? For listFolder.
bool mayBelongToAModel(const std::string& fileName);

/// The models that lie directly in a folder: single files, split ones as one, what is still being written,
/// and a folder of safetensors files. Looks at names, sizes and dates only.
std::vector<FoundModel> modelsIn(const std::string& folder, const FolderListing& listing, ModelSource source);

} // namespace ponder::app
