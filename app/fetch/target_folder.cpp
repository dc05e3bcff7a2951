#include "app/fetch/target_folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <cstdio>

#include "app/fetch/fetch_failure.h"

namespace ponder::fetch {

namespace {

/// Writes all of it or throws.
void writeAll(int file, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(file, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) failWithSystemReason(errno);
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

} // namespace

TargetFolder::TargetFolder(std::string path)
    : path_(std::move(path)), handle_(::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    if (!handle_.open()) failWithSystemReason(errno);
}

Place TargetFolder::look(const std::string& name) const {
    struct stat status {};
    if (::fstatat(handle(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
        if (errno == ENOENT) return {};
        failWithSystemReason(errno);
    }
    if (!S_ISREG(status.st_mode)) return {Occupant::Other, 0};
    return {Occupant::File, static_cast<std::uint64_t>(status.st_size)};
}

std::uint64_t TargetFolder::freeBytes() const {
    struct statvfs disk {};
    if (::fstatvfs(handle(), &disk) != 0) failWithSystemReason(errno);
    return static_cast<std::uint64_t>(disk.f_bavail) * disk.f_frsize;
}

std::string TargetFolder::read(const std::string& name, std::size_t limit) const {
    const OwnedFile file(::openat(handle(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    struct stat status {};
    if (!file.open() || ::fstat(file.number(), &status) != 0 || !S_ISREG(status.st_mode)) return {};
    std::string text(limit, '\0');
    const ssize_t size = ::read(file.number(), text.data(), text.size());
    text.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    return text;
}

void TargetFolder::replace(const std::string& name, std::string_view text) const {
    const std::string fresh = name + ".new";
    ::unlinkat(handle(), fresh.c_str(), 0);
    const OwnedFile file(
        ::openat(handle(), fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!file.open()) failWithSystemReason(errno);
    writeAll(file.number(), text);
    if (::fsync(file.number()) != 0) failWithSystemReason(errno);
    if (::renameat(handle(), fresh.c_str(), handle(), name.c_str()) != 0) failWithSystemReason(errno);
}

void TargetFolder::remove(const std::string& name) const {
    ::unlinkat(handle(), name.c_str(), 0);
}

bool TargetFolder::rename(const std::string& from, const std::string& to) const {
    if (::renameat2(handle(), from.c_str(), handle(), to.c_str(), RENAME_NOREPLACE) != 0) {
        if (errno == EEXIST) return false;
        if (errno != EINVAL && errno != ENOSYS) failWithSystemReason(errno);
        // Network disks do not know the flag; a second name is refused where there is one, too.
        if (::linkat(handle(), from.c_str(), handle(), to.c_str(), 0) != 0) {
            if (errno == EEXIST) return false;
            failWithSystemReason(errno);
        }
        remove(from);
    }
    ::fsync(handle()); // some network disks refuse; the content is safe by then
    return true;
}

} // namespace ponder::fetch
