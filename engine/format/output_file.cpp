#include "engine/format/output_file.h"

#include "engine/format/gguf_problem.h"
#include "engine/support/error.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace ponder::engine {

namespace {

constexpr std::size_t kBuffer = 1u << 20;

[[noreturn]] void refuseExisting(const std::string& path) {
    throw Error("There is a file " + engine::quoted(path) +
                " already, and nothing is overwritten. Choose another name, or remove it first.");
}

bool exists(const std::string& path) {
    struct stat status {};
    return ::lstat(path.c_str(), &status) == 0;
}

/// Gives `from` the name `to` unless something has it. -1 and errno where that failed.
int renameWithoutReplacing(const std::string& from, const std::string& to) {
    const int result = ::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE);
    if (result == 0 || (errno != EINVAL && errno != ENOSYS)) return result;
    // Some file systems cannot promise it; then the look and the renaming are two steps.
    if (exists(to)) {
        errno = EEXIST;
        return -1;
    }
    return ::rename(from.c_str(), to.c_str());
}

} // namespace

OutputFile::OutputFile(const std::string& path) : path_(path), temporary_(path + ".part") {
    if (exists(path_)) refuseExisting(path_);
    descriptor_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (descriptor_ < 0 && errno == EEXIST)
        throw Error("There is a file " + engine::quoted(temporary_) +
                    ", left by a conversion that was cut off or still runs. Remove it if none runs.");
    if (descriptor_ < 0)
        throw Error("The file " + engine::quoted(temporary_) + " cannot be written: " + std::strerror(errno) +
                    ". Choose another folder.");
    pending_.reserve(kBuffer);
}

OutputFile::~OutputFile() {
    if (descriptor_ < 0) return;
    ::close(descriptor_);
    ::unlink(temporary_.c_str());
}

void OutputFile::refuse(const std::string& what) const {
    const int reason = errno;
    throw Error("The file " + engine::quoted(temporary_) + " " + what + ": " + std::strerror(reason) +
                (reason == ENOSPC || reason == EDQUOT ? ". Make room, or choose another disk."
                                                      : ". Check the disk."));
}

void OutputFile::append(std::span<const std::byte> bytes) {
    bytesWritten_ += bytes.size();
    while (!bytes.empty()) {
        const std::size_t taken = std::min(bytes.size(), kBuffer - pending_.size());
        pending_.insert(pending_.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(taken));
        bytes = bytes.subspan(taken);
        if (pending_.size() == kBuffer) flush();
    }
}

void OutputFile::flush() {
    std::span<const std::byte> left(pending_);
    while (!left.empty()) {
        const ssize_t count = ::write(descriptor_, left.data(), left.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) refuse("could not be written");
        left = left.subspan(static_cast<std::size_t>(count));
    }
    pending_.clear();
}

void OutputFile::publish() {
    flush();
    if (::fsync(descriptor_) != 0) refuse("could not be brought to the disk");
    if (renameWithoutReplacing(temporary_, path_) != 0) {
        if (errno == EEXIST) refuseExisting(path_);
        refuse("could not get its name");
    }
    ::close(std::exchange(descriptor_, -1));
    // The name is on the disk when its folder is.
    const std::string folder = std::filesystem::path(path_).parent_path().string();
    const int directory = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0) return;
    ::fsync(directory);
    ::close(directory);
}

} // namespace ponder::engine
