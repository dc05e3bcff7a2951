#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "app/library/file_hash.h"

namespace ponder::app {

/// Hashes computed once, by path: they cost minutes, so they outlive versions and are written after each. A
/// hash holds as long as size, date and inode of its file are the same. One thread at a time; programs that
/// write the same file at once may lose hashes, not mix them up.
class HashCache {
public:
    explicit HashCache(std::filesystem::path file);

    /// The hash of the file as it is now; empty where it is not known.
    std::string find(const std::string& path, const FileStamp& stamp) const;
    /// Takes it over and writes the file. A file that cannot be written costs time only.
    void add(const std::string& path, const FileHash& hash);
    const std::map<std::string, FileHash>& all() const { return hashes_; }

    /// What `add` writes. One that cannot be understood is empty.
    static std::map<std::string, FileHash> parse(std::string_view text);

private:
    std::filesystem::path file_;
    std::map<std::string, FileHash> hashes_;
};

} // namespace ponder::app
