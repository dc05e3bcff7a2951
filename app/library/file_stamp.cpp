#include "app/library/file_stamp.h"

#include <fcntl.h>
#include <sys/stat.h>

namespace ponder::app {

namespace {

constexpr std::uint64_t kStatBlock = 512; // the unit of st_blocks, whatever the file system's own is

FileStamp stampFrom(const struct stat& status) {
    return {.device = status.st_dev,
            .inode = status.st_ino,
            .sizeBytes = static_cast<std::uint64_t>(status.st_size),
            .modifiedNanoseconds = status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec,
            .links = status.st_nlink,
            .allocatedBytes = static_cast<std::uint64_t>(status.st_blocks) * kStatBlock};
}

} // namespace

std::optional<FileStamp> stampOf(const std::string& path) {
    return stampOf(AT_FDCWD, path.c_str());
}

std::optional<FileStamp> stampOf(int file) {
    struct stat status {};
    if (::fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
    return stampFrom(status);
}

std::optional<FileStamp> stampOf(int folder, const char* name) {
    struct stat status {};
    if (::fstatat(folder, name, &status, 0) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
    return stampFrom(status);
}

} // namespace ponder::app
