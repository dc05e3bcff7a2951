#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace ponder::app {

/// What the file system says of a regular file without opening it. As long as size, date and inode are the
/// same, so is the content; the device is left out of that, its number changes when a disk is plugged in
/// again.
struct FileStamp {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::uint64_t sizeBytes = 0;
    std::int64_t modifiedNanoseconds = 0; ///< since the epoch
    std::uint64_t links = 1;              ///< names the file has
    std::uint64_t allocatedBytes = 0;     ///< on the disk; less than its size where it has holes

    bool isSameFileAs(const FileStamp& other) const { return device == other.device && inode == other.inode; }
    bool isUnchangedSince(const FileStamp& other) const {
        return inode == other.inode && sizeBytes == other.sizeBytes &&
               modifiedNanoseconds == other.modifiedNanoseconds;
    }
    bool operator==(const FileStamp&) const = default;
};

/// The regular file at `path`, links followed; empty where there is none.
std::optional<FileStamp> stampOf(const std::string& path);
/// Of an open file.
std::optional<FileStamp> stampOf(int file);
/// Below an open folder.
std::optional<FileStamp> stampOf(int folder, const char* name);

} // namespace ponder::app
