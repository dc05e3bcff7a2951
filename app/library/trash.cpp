#include "app/library/trash.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>

#include "engine/engine.h"

namespace ponder::app {

namespace {

namespace fs = std::filesystem;

constexpr mode_t kPrivate = 0700;
constexpr int kMostNames = 10'000; // of files that were thrown away under one name

std::optional<struct stat> statusOf(const fs::path& path) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0) return std::nullopt;
    return status;
}

fs::path homeTrash() {
    const char* data = std::getenv("XDG_DATA_HOME");
    if (data && *data == '/') return fs::path(data) / "Trash";
    const char* home = std::getenv("HOME");
    return home && *home == '/' ? fs::path(home) / ".local/share/Trash" : fs::path();
}

/// Of the nearest folder that is there.
std::optional<dev_t> deviceOf(fs::path path) {
    for (; path.has_relative_path(); path = path.parent_path())
        if (struct stat status{}; ::stat(path.c_str(), &status) == 0) return status.st_dev;
    const auto status = statusOf("/");
    return status ? std::optional(status->st_dev) : std::nullopt;
}

/// The uppermost folder of the disk that `folder` lies on.
fs::path topOf(fs::path folder, dev_t device) {
    while (folder.has_relative_path()) {
        const auto above = statusOf(folder.parent_path());
        if (!above || above->st_dev != device) break;
        folder = folder.parent_path();
    }
    return folder;
}

bool isOwnFolder(const fs::path& folder) {
    const auto status = statusOf(folder);
    return status && S_ISDIR(status->st_mode) && status->st_uid == ::getuid();
}

bool canBeMade(const fs::path& folder) {
    return ::access(folder.parent_path().c_str(), W_OK | X_OK) == 0;
}

std::optional<std::string> diskTrash(const fs::path& top) {
    const std::string user = std::to_string(::getuid());
    // A shared trash counts only where everybody may add and nobody may take.
    const auto shared = statusOf(top / ".Trash");
    if (shared && S_ISDIR(shared->st_mode) && (shared->st_mode & S_ISVTX)) {
        const fs::path own = top / ".Trash" / user;
        if (isOwnFolder(own) || (!statusOf(own) && canBeMade(own))) return own.string();
    }
    const fs::path own = top / (".Trash-" + user);
    if (isOwnFolder(own) || (!statusOf(own) && canBeMade(own))) return own.string();
    return std::nullopt;
}

/// As in an address: bytes that are no plain letter become %XX.
std::string encoded(const std::string& path) {
    std::string text;
    for (const char each : path) {
        const auto byte = static_cast<unsigned char>(each);
        const bool isPlain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                             (byte >= '0' && byte <= '9') || std::strchr("/-_.~", each);
        char code[4];
        std::snprintf(code, sizeof code, "%%%02X", byte);
        text += isPlain && byte != 0 ? std::string(1, each) : code;
    }
    return text;
}

std::string noteFor(const fs::path& path, const fs::path& trash) {
    // In the trash of a disk, paths are relative to its top: it may be mounted elsewhere next time.
    std::string place = path.string();
    const fs::path parent = trash.parent_path();
    const fs::path top = parent.filename() == ".Trash" ? parent.parent_path() : parent;
    if (trash != homeTrash()) place = path.lexically_relative(top).string();
    char date[32] = "";
    const std::time_t now = std::time(nullptr);
    struct tm parts {};
    if (::localtime_r(&now, &parts)) std::strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S", &parts);
    return "[Trash Info]\nPath=" + encoded(place) + "\nDeletionDate=" + date + "\n";
}

[[noreturn]] void fail(const std::string& path, int reason) {
    throw engine::Error("The file " + path + " could not be moved to the trash (" + std::strerror(reason) +
                        "). It is still where it was; delete it in a file manager.");
}

/// Writes a new file; false where there is one of this name.
bool writeNew(const fs::path& file, const std::string& text, const std::string& forPath) {
    const int handle = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (handle < 0 && errno == EEXIST) return false;
    if (handle < 0) fail(forPath, errno);
    const bool isWritten = ::write(handle, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    const int reason = errno;
    ::close(handle);
    if (isWritten) return true;
    ::unlink(file.c_str());
    fail(forPath, reason);
}

} // namespace

std::optional<std::string> trashFor(const std::string& path) {
    const fs::path folder = fs::absolute(path).lexically_normal().parent_path();
    const auto device = deviceOf(folder);
    if (!device) return std::nullopt;
    const fs::path home = homeTrash();
    if (!home.empty() && deviceOf(home) == device) return home.string();
    std::error_code error;
    const fs::path real = fs::canonical(folder, error);
    return error ? std::nullopt : diskTrash(topOf(real, *device));
}

void moveToTrash(const std::string& path, const std::string& trash) {
    const fs::path from = fs::absolute(path).lexically_normal();
    for (const fs::path& folder : {fs::path(trash).parent_path(), fs::path(trash), fs::path(trash) / "files",
                                   fs::path(trash) / "info"}) {
        std::error_code error;
        if (folder == fs::path(trash).parent_path())
            fs::create_directories(folder, error);
        else
            ::mkdir(folder.c_str(), kPrivate);
        if (!fs::is_directory(folder, error)) fail(path, errno);
    }
    std::error_code error;
    const fs::path real = fs::canonical(from.parent_path(), error) / from.filename();
    const std::string note = noteFor(error ? from : real, trash);
    const std::string name = from.filename().string();
    for (int i = 1; i < kMostNames; ++i) {
        const std::string own = i == 1 ? name : name + "." + std::to_string(i);
        const fs::path info = fs::path(trash) / "info" / (own + ".trashinfo");
        if (!writeNew(info, note, path)) continue;
        const fs::path target = fs::path(trash) / "files" / own;
        if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, target.c_str(), RENAME_NOREPLACE) == 0) return;
        const int reason = errno;
        ::unlink(info.c_str());
        if (reason != EEXIST) fail(path, reason);
    }
    fail(path, EEXIST);
}

} // namespace ponder::app
