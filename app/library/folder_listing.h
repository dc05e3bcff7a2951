#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "app/library/file_stamp.h"

namespace ponder::app {

struct ListedFile {
    std::string name;
    FileStamp stamp;
};

struct ListedFolder {
    std::string name;
    bool isLink = false;
};

/// What lies directly in a folder: the files somebody asked for and all sub-folders, by name. Pipes, devices,
/// sockets and links that lead nowhere are left out; no file is opened.
struct FolderListing {
    enum class Outcome { Read, NotThere, NotReadable };
    Outcome outcome = Outcome::Read;
    std::uint64_t device = 0; ///< which folder it is, whatever way led there
    std::uint64_t inode = 0;
    std::size_t entries = 0; ///< all names
    std::vector<ListedFile> files;
    std::vector<ListedFolder> folders;

    const ListedFile* file(const std::string& name) const;
    bool hasFolder(const std::string& name) const;
};

/// Lists `folder`; files whose name `wanted` refuses are not even asked about.
FolderListing listFolder(const std::string& folder, const std::function<bool(const std::string&)>& wanted);

} // namespace ponder::app
