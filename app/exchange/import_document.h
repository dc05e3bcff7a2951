#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace ponder::app {

/// One JSON text of an export.
struct ImportDocument {
    std::string name; ///< the path of the file, or its path within the folder or zip
    std::string text;
};

/// The JSON files of an export: the file itself, or all below a folder or in a zip, ordered by name.
/// Line-by-line files (.jsonl) come as one array. Throws Error: not there, not readable, larger than 4 GiB,
/// no JSON in it.
std::vector<ImportDocument> readDocuments(const std::filesystem::path& path);

} // namespace ponder::app
