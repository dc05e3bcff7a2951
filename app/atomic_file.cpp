#include "app/atomic_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "engine/engine.h"

namespace ponder::app {

namespace {

/// Closes the file and, unless it was renamed, removes it.
class TemporaryFile {
public:
    TemporaryFile(const std::filesystem::path& target, FileReaders readers)
        : target_(target.string()), path_(target_ + ".new-" + std::to_string(::getpid())) {
        ::unlink(path_.c_str());
        const mode_t mode = readers == FileReaders::Owner ? 0600 : 0666;
        file_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
        if (file_ < 0) fail();
    }
    ~TemporaryFile() {
        if (file_ >= 0) ::close(file_);
        if (!renamed_) ::unlink(path_.c_str());
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    void write(std::string_view content) {
        while (!content.empty()) {
            const ssize_t written = ::write(file_, content.data(), content.size());
            if (written < 0 && errno == EINTR) continue;
            if (written <= 0) fail();
            content.remove_prefix(static_cast<std::size_t>(written));
        }
    }

    void putInPlace() {
        if (::fsync(file_) != 0) fail();
        const int file = std::exchange(file_, -1);
        if (::close(file) != 0) fail();
        if (::rename(path_.c_str(), target_.c_str()) != 0) fail();
        renamed_ = true;
        const std::string folder = std::filesystem::path(target_).parent_path().string();
        const int handle = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (handle < 0) return;
        ::fsync(handle); // some network disks refuse; the content is safe by then
        ::close(handle);
    }

private:
    [[noreturn]] void fail() const {
        const int reason = errno;
        throw engine::Error("The file " + target_ + " could not be written (" + std::strerror(reason) +
                            "). " +
                            (reason == ENOSPC || reason == EDQUOT ? "Free some space on the disk"
                                                                  : "Check the permissions of its folder") +
                            " and try again.");
    }

    std::string target_;
    std::string path_;
    int file_ = -1;
    bool renamed_ = false;
};

} // namespace

void writeFileAtomically(const std::filesystem::path& path, std::string_view content, FileReaders readers) {
    TemporaryFile file(path, readers);
    file.write(content);
    file.putInPlace();
}

std::string readFile(const std::filesystem::path& path, std::size_t limit) {
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    std::ifstream file(path, std::ios::binary);
    if (error || !file)
        throw engine::Error("The file " + path.string() + " cannot be read (" +
                            (error ? error.message() : std::string(std::strerror(errno))) +
                            "). Check its name and permissions.");
    if (size > limit)
        throw engine::Error("The file " + path.string() +
                            " is too large to be what it should be. Check its name.");
    std::string content(size, '\0');
    file.read(content.data(), static_cast<std::streamsize>(size));
    content.resize(static_cast<std::size_t>(file.gcount()));
    return content;
}

} // namespace ponder::app
