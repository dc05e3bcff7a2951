#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/exchange/import_watch.h"

namespace ponder::app {

/// One JSON text of an export.
struct ImportDocument {
    std::string name; ///< the path of the file, or its path within the folder or zip
    std::string text;
};

/// The JSON files of an export: the file itself, or all below a folder or in a zip, ordered by name.
/// Line-by-line files (.jsonl) come as one array. Nothing is written; names within a zip are names, no paths.
/// Throws Error: not there, not readable, larger than 4 GiB, a zip that grows as no text does, no JSON in it.
std::vector<ImportDocument> readDocuments(const std::filesystem::path& path, const ImportWatch& watch = {});

} // namespace ponder::app
