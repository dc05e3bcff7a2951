#include "engine/format/input_file.h"

#include "engine/format/gguf_problem.h"
#include "engine/support/mapped_pages.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace ponder::engine {

namespace {

[[noreturn]] void refuseUnreadable(const std::string& path) {
    const int reason = errno;
    throw Error("The file " + quoted(path) + " cannot be opened: " + std::strerror(reason) +
                (reason == ENOENT ? ". Check the name." : ". Check its permissions."));
}

void requireRegular(const struct stat& status, const std::string& path) {
    if (S_ISREG(status.st_mode)) return;
    throw GgufError(GgufProblem::NotRegular,
                    quoted(path) + (S_ISDIR(status.st_mode) ? " is a folder" : " is not a regular file") +
                        ". Name a .gguf file.");
}

[[noreturn]] void refuseChanged(const std::string& path) {
    throw GgufError(GgufProblem::Changed,
                    "The file " + quoted(path) +
                        " was changed while it was read. Wait until its download or copy "
                        "has ended, then open it again.");
}

} // namespace

InputFile::InputFile(const std::string& path) : path_(path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) refuseUnreadable(path);
    requireRegular(status, path); // before opening: opening a device may already do something
    descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (descriptor_ < 0) refuseUnreadable(path);
    if (::fstat(descriptor_, &status) != 0 || !S_ISREG(status.st_mode)) {
        close();
        refuseChanged(path);
    }
    sizeBytes_ = static_cast<std::uint64_t>(status.st_size);
    device_ = status.st_dev;
    inode_ = status.st_ino;
    modifiedSeconds_ = status.st_mtim.tv_sec;
    modifiedNanoseconds_ = status.st_mtim.tv_nsec;
}

InputFile::InputFile(ComposedFile file)
    : path_(file.path), sizeBytes_(file.sizeBytes),
      composed_(std::make_unique<ComposedFile>(std::move(file))) {}

InputFile::~InputFile() {
    close();
}

InputFile::InputFile(InputFile&& other) noexcept {
    *this = std::move(other);
}

InputFile& InputFile::operator=(InputFile&& other) noexcept {
    if (this == &other) return *this;
    close();
    path_ = std::move(other.path_);
    descriptor_ = std::exchange(other.descriptor_, -1);
    sizeBytes_ = other.sizeBytes_;
    device_ = other.device_;
    inode_ = other.inode_;
    modifiedSeconds_ = other.modifiedSeconds_;
    modifiedNanoseconds_ = other.modifiedNanoseconds_;
    mapped_ = std::exchange(other.mapped_, nullptr);
    composed_ = std::move(other.composed_);
    return *this;
}

void InputFile::close() noexcept {
    if (mapped_) ::munmap(mapped_, sizeBytes_);
    if (descriptor_ >= 0) ::close(descriptor_);
    mapped_ = nullptr;
    descriptor_ = -1;
}

void InputFile::read(std::uint64_t offset, std::span<std::byte> target) const {
    if (composed_) {
        const std::string& beginning = composed_->beginning;
        std::fill(target.begin(), target.end(), std::byte{0});
        if (offset < beginning.size())
            std::memcpy(target.data(), beginning.data() + offset,
                        std::min<std::uint64_t>(target.size(), beginning.size() - offset));
        return;
    }
    while (!target.empty()) {
        const ssize_t got = ::pread(descriptor_, target.data(), target.size(), static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) {
            throw Error("The file " + quoted(path_) + " could not be read: " + std::strerror(errno) +
                        ". Check the disk.");
        }
        if (got == 0) refuseChanged(path_);
        offset += static_cast<std::uint64_t>(got);
        target = target.subspan(static_cast<std::size_t>(got));
    }
}

const std::byte* InputFile::map() {
    if (!mapped_ && composed_) compose();
    if (!mapped_ && sizeBytes_ > 0) {
        void* address = ::mmap(nullptr, sizeBytes_, PROT_READ, MAP_PRIVATE, descriptor_, 0);
        if (address == MAP_FAILED) {
            throw Error("The file " + quoted(path_) + " cannot be mapped into memory: " +
                        std::strerror(errno) + ". Close other programs, then try again.");
        }
        mapped_ = address;
    }
    return static_cast<const std::byte*>(mapped_);
}

void InputFile::forgetPages() const {
    if (mapped_ && !composed_) ::madvise(mapped_, sizeBytes_, MADV_DONTNEED);
}

void InputFile::release(std::uint64_t offset, std::uint64_t count) const {
    const std::uint64_t first =
        (offset + kPageBytes - 1) / kPageBytes * kPageBytes; // pages that belong to others stay
    const std::uint64_t end = (offset + count) / kPageBytes * kPageBytes;
    if (!mapped_ || first >= end) return;
    ::madvise(static_cast<std::byte*>(mapped_) + first, end - first, MADV_DONTNEED);
    if (composed_) return;
    ::posix_fadvise(descriptor_, static_cast<off_t>(first), static_cast<off_t>(end - first),
                    POSIX_FADV_DONTNEED);
}

void InputFile::compose() {
    void* address = ::mmap(nullptr, sizeBytes_, PROT_READ | PROT_WRITE,
                           MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (address == MAP_FAILED)
        throw Error("There is no memory for the weights of " + quoted(path_) + ": " + std::strerror(errno) +
                    ". Close other programs, then try again.");
    mapped_ = address;
    const std::span file(static_cast<std::byte*>(address), sizeBytes_);
    std::memcpy(file.data(), composed_->beginning.data(), composed_->beginning.size());
    composed_->fill(file);
    ::mprotect(address, sizeBytes_, PROT_READ);
}

void InputFile::checkUnchanged() const {
    if (composed_) return composed_->checkUnchanged();
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0 || static_cast<std::uint64_t>(status.st_size) != sizeBytes_ ||
        status.st_dev != device_ || status.st_ino != inode_ || status.st_mtim.tv_sec != modifiedSeconds_ ||
        status.st_mtim.tv_nsec != modifiedNanoseconds_) {
        refuseChanged(path_);
    }
}

} // namespace ponder::engine
