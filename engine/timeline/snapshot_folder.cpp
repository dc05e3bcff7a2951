#include "engine/timeline/snapshot_folder.h"

#include "engine/support/private_folder.h"
#include "engine/timeline/snapshot_file.h"

#include <algorithm>
#include <cstdio>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <set>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include <xxhash.h>

namespace ponder::engine {

namespace {

constexpr std::uint64_t kUsualBytes = std::uint64_t{2} << 30;
constexpr std::string_view kEnding = ".prefix";
constexpr std::string_view kUnfinished = ".part";
constexpr std::size_t kHashLetters = 16;

std::string letters(std::uint64_t number) {
    char text[kHashLetters + 1];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(number));
    return text;
}

/// A name's two halves, for what they are worth; empty ones of a file that is none of ours.
struct SnapshotName {
    std::string_view model;
    std::string_view chat;
    bool isUnfinished = false;
};

SnapshotName parse(std::string_view name) {
    SnapshotName parsed;
    parsed.isUnfinished = name.ends_with(kUnfinished);
    if (parsed.isUnfinished) name.remove_suffix(kUnfinished.size());
    if (name.size() != 2 * kHashLetters + 1 + kEnding.size() || !name.ends_with(kEnding) ||
        name[kHashLetters] != '-')
        return {};
    parsed.model = name.substr(0, kHashLetters);
    parsed.chat = name.substr(kHashLetters + 1, kHashLetters);
    return parsed;
}

std::string chatLetters(std::string_view chat) {
    return letters(XXH3_64bits(chat.data(), chat.size()));
}

struct CloseListing {
    void operator()(DIR* listing) const { ::closedir(listing); }
};

FileDescriptor openFolder(const std::string& path) {
    return FileDescriptor(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

} // namespace

SnapshotFolder::SnapshotFolder(const std::string& path, IfMissing missing) {
    if (path.empty()) return;
    folder_ = openFolder(path);
    if (folder_.open() || missing == IfMissing::LeaveOut) return;
    if (makePrivateFolder(path)) folder_ = openFolder(path);
}

std::string SnapshotFolder::nameOf(const SnapshotKey& key, std::string_view chat) {
    return letters(key.low) + "-" + chatLetters(chat) + std::string(kEnding);
}

bool SnapshotFolder::isOf(const SnapshotKey& key, std::string_view name) {
    const SnapshotName parsed = parse(name);
    return !parsed.isUnfinished && parsed.model == letters(key.low);
}

std::vector<SnapshotFolder::Entry> SnapshotFolder::entries() const {
    std::vector<Entry> found;
    const int descriptor = ::openat(folder_.number(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return found;
    const std::unique_ptr<DIR, CloseListing> listing(::fdopendir(descriptor));
    if (!listing) {
        ::close(descriptor);
        return found;
    }
    while (const dirent* entry = ::readdir(listing.get())) {
        struct stat status {};
        if (parse(entry->d_name).model.empty() ||
            ::fstatat(folder_.number(), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        found.push_back({.name = entry->d_name,
                         .bytes = static_cast<std::uint64_t>(status.st_size),
                         .changedNanoseconds =
                             status.st_mtim.tv_sec * std::int64_t{1'000'000'000} + status.st_mtim.tv_nsec});
    }
    std::sort(found.begin(), found.end(),
              [](const Entry& a, const Entry& b) { return a.changedNanoseconds < b.changedNanoseconds; });
    return found;
}

FileDescriptor SnapshotFolder::open(const std::string& name) const {
    return FileDescriptor(
        ::openat(folder_.number(), name.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
}

FileDescriptor SnapshotFolder::create(const std::string& name) const {
    return FileDescriptor(::openat(folder_.number(), (name + std::string(kUnfinished)).c_str(),
                                   O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
}

bool SnapshotFolder::publish(const std::string& name) const {
    const std::string unfinished = name + std::string(kUnfinished);
    if (::renameat(folder_.number(), unfinished.c_str(), folder_.number(), name.c_str()) != 0) return false;
    ::fsync(folder_.number()); // the name is on the disk when its folder is
    return true;
}

void SnapshotFolder::abandon(const std::string& name) const {
    remove(name + std::string(kUnfinished));
}

void SnapshotFolder::remove(const std::string& name) const {
    ::unlinkat(folder_.number(), name.c_str(), 0);
}

std::uint64_t SnapshotFolder::limit(std::uint64_t most) const {
    struct statvfs disk {};
    if (::fstatvfs(folder_.number(), &disk) != 0) return 0;
    std::uint64_t bytes = static_cast<std::uint64_t>(disk.f_bavail) * disk.f_frsize;
    for (const Entry& entry : entries()) bytes += entry.bytes;
    return std::min(most > 0 ? most : kUsualBytes, bytes / 10);
}

std::vector<std::string> SnapshotFolder::makeRoom(const std::string& name, std::uint64_t bytes,
                                                  std::uint64_t limit) const {
    std::vector<Entry> others = entries();
    std::erase_if(others, [&](const Entry& entry) { return entry.name.starts_with(name); });
    std::uint64_t taken = 0;
    for (const Entry& entry : others) taken += entry.bytes;
    std::vector<std::string> removed;
    for (const Entry& oldest : others) {
        if (taken + bytes <= limit) break;
        remove(oldest.name);
        taken -= oldest.bytes;
        removed.push_back(oldest.name);
    }
    return removed;
}

void SnapshotFolder::removeUnfinished() const {
    for (const Entry& entry : entries())
        if (parse(entry.name).isUnfinished) remove(entry.name);
}

void SnapshotFolder::forget(std::span<const std::string> chats, Which which) const {
    std::set<std::string, std::less<>> named;
    for (const std::string& chat : chats) named.insert(chatLetters(chat));
    for (const Entry& entry : entries())
        if (named.contains(parse(entry.name).chat) == (which == Which::These)) remove(entry.name);
}

} // namespace ponder::engine
