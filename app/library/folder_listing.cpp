#include "app/library/folder_listing.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <memory>

namespace ponder::app {

namespace {

struct CloseFolder {
    void operator()(DIR* folder) const { ::closedir(folder); }
};

enum class Kind { File, Folder, Link, Other };

Kind kindOf(int folder, const dirent& entry) {
    switch (entry.d_type) {
    case DT_REG:
        return Kind::File;
    case DT_DIR:
        return Kind::Folder;
    case DT_LNK:
        return Kind::Link;
    case DT_UNKNOWN:
        break;
    default:
        return Kind::Other;
    }
    struct stat status {}; // some file systems do not say
    if (::fstatat(folder, entry.d_name, &status, AT_SYMLINK_NOFOLLOW) != 0) return Kind::Other;
    if (S_ISLNK(status.st_mode)) return Kind::Link;
    if (S_ISDIR(status.st_mode)) return Kind::Folder;
    return S_ISREG(status.st_mode) ? Kind::File : Kind::Other;
}

bool leadsToFolder(int folder, const char* link) {
    struct stat status {};
    return ::fstatat(folder, link, &status, 0) == 0 && S_ISDIR(status.st_mode);
}

bool byName(const auto& a, const auto& b) {
    return a.name < b.name;
}

} // namespace

const ListedFile* FolderListing::file(const std::string& name) const {
    const auto found =
        std::lower_bound(files.begin(), files.end(), ListedFile{name, {}},
                         [](const ListedFile& a, const ListedFile& b) { return byName(a, b); });
    return found != files.end() && found->name == name ? &*found : nullptr;
}

bool FolderListing::hasFolder(const std::string& name) const {
    return std::any_of(folders.begin(), folders.end(),
                       [&](const ListedFolder& folder) { return folder.name == name; });
}

FolderListing listFolder(const std::string& folder, const std::function<bool(const std::string&)>& wanted) {
    FolderListing listing;
    const std::unique_ptr<DIR, CloseFolder> open(::opendir(folder.c_str()));
    if (!open) {
        const bool isGone = errno == ENOENT || errno == ENOTDIR;
        listing.outcome = isGone ? FolderListing::Outcome::NotThere : FolderListing::Outcome::NotReadable;
        return listing;
    }
    const int handle = ::dirfd(open.get());
    struct stat status {};
    if (::fstat(handle, &status) == 0) {
        listing.device = status.st_dev;
        listing.inode = status.st_ino;
    }
    for (;;) {
        errno = 0;
        const dirent* entry = ::readdir(open.get());
        if (!entry) break;
        const std::string name = entry->d_name;
        if (name == "." || name == "..") continue;
        ++listing.entries;
        const Kind kind = kindOf(handle, *entry);
        if (kind == Kind::Folder) {
            listing.folders.push_back({name, false});
        } else if (kind == Kind::File || kind == Kind::Link) {
            if (wanted(name)) {
                if (const auto stamp = stampOf(handle, name.c_str())) {
                    listing.files.push_back({name, *stamp});
                    continue;
                }
            }
            if (kind == Kind::Link && leadsToFolder(handle, name.c_str()))
                listing.folders.push_back({name, true});
        }
    }
    if (errno != 0) listing.outcome = FolderListing::Outcome::NotReadable; // the disk is gone half-way
    std::sort(listing.files.begin(), listing.files.end(),
              [](const ListedFile& a, const ListedFile& b) { return byName(a, b); });
    std::sort(listing.folders.begin(), listing.folders.end(),
              [](const ListedFolder& a, const ListedFolder& b) { return byName(a, b); });
    return listing;
}

} // namespace ponder::app
