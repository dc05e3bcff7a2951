#include "tests/support/power_cut_vfs.h"

#include <sqlite3.h>

#include <fstream>
#include <stdexcept>

namespace ponder::tests {

namespace {

constexpr std::size_t kSector = 512;

/// SQLite's handle of an open file: ours, with the real one behind it in the same block of memory.
struct CutFile {
    sqlite3_file base;
    PowerCutVfs* owner;
    std::shared_ptr<DiskImage>* image; // null: a file that no cut would leave (shared memory, temporary)
    sqlite3_file* real;
};

CutFile* cutFile(sqlite3_file* file) {
    return reinterpret_cast<CutFile*>(file);
}
sqlite3_file* realFile(sqlite3_file* file) {
    return cutFile(file)->real;
}

void tell(const CutFile& file) {
    if (file.owner->happened) file.owner->happened();
}

int faultIn(sqlite3_file* file, PowerCutVfs::Operation operation) {
    const CutFile& cut = *cutFile(file);
    return cut.image && cut.owner->fault ? cut.owner->fault(operation) : SQLITE_OK;
}

int closeFile(sqlite3_file* file) {
    delete cutFile(file)->image;
    cutFile(file)->image = nullptr;
    return realFile(file)->pMethods->xClose(realFile(file));
}

int readFile(sqlite3_file* file, void* bytes, int size, sqlite3_int64 offset) {
    if (const int code = faultIn(file, PowerCutVfs::Operation::Read); code != SQLITE_OK) return code;
    return realFile(file)->pMethods->xRead(realFile(file), bytes, size, offset);
}

int writeFile(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
    if (const int code = faultIn(file, PowerCutVfs::Operation::Write); code != SQLITE_OK) return code;
    const int code = realFile(file)->pMethods->xWrite(realFile(file), bytes, size, offset);
    if (code != SQLITE_OK || !cutFile(file)->image) return code;
    (*cutFile(file)->image)
        ->write(offset, std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size)));
    tell(*cutFile(file));
    return code;
}

int truncateFile(sqlite3_file* file, sqlite3_int64 size) {
    if (const int code = faultIn(file, PowerCutVfs::Operation::Truncate); code != SQLITE_OK) return code;
    const int code = realFile(file)->pMethods->xTruncate(realFile(file), size);
    if (code != SQLITE_OK || !cutFile(file)->image) return code;
    (*cutFile(file)->image)->truncate(size);
    tell(*cutFile(file));
    return code;
}

int syncFile(sqlite3_file* file, int flags) {
    if (const int code = faultIn(file, PowerCutVfs::Operation::Sync); code != SQLITE_OK) return code;
    const int code = realFile(file)->pMethods->xSync(realFile(file), flags);
    if (code != SQLITE_OK || !cutFile(file)->image) return code;
    (*cutFile(file)->image)->sync();
    tell(*cutFile(file));
    return code;
}

int sizeOfFile(sqlite3_file* file, sqlite3_int64* size) {
    return realFile(file)->pMethods->xFileSize(realFile(file), size);
}
int lockFile(sqlite3_file* file, int level) {
    return realFile(file)->pMethods->xLock(realFile(file), level);
}
int unlockFile(sqlite3_file* file, int level) {
    return realFile(file)->pMethods->xUnlock(realFile(file), level);
}
int isReserved(sqlite3_file* file, int* answer) {
    return realFile(file)->pMethods->xCheckReservedLock(realFile(file), answer);
}
int controlFile(sqlite3_file* file, int operation, void* argument) {
    return realFile(file)->pMethods->xFileControl(realFile(file), operation, argument);
}
int sectorSize(sqlite3_file*) {
    return kSector;
}
int deviceTraits(sqlite3_file*) {
    return 0;
} // promises nothing: no atomic writes, no safe appends
int mapShared(sqlite3_file* file, int page, int size, int extend, void volatile** address) {
    return realFile(file)->pMethods->xShmMap(realFile(file), page, size, extend, address);
}
int lockShared(sqlite3_file* file, int offset, int count, int flags) {
    return realFile(file)->pMethods->xShmLock(realFile(file), offset, count, flags);
}
void barrier(sqlite3_file* file) {
    realFile(file)->pMethods->xShmBarrier(realFile(file));
}
int unmapShared(sqlite3_file* file, int remove) {
    return realFile(file)->pMethods->xShmUnmap(realFile(file), remove);
}

constexpr sqlite3_io_methods kMethods{2,           closeFile,   readFile,     writeFile,  truncateFile,
                                      syncFile,    sizeOfFile,  lockFile,     unlockFile, isReserved,
                                      controlFile, sectorSize,  deviceTraits, mapShared,  lockShared,
                                      barrier,     unmapShared, nullptr,      nullptr};

struct Behind {
    sqlite3_vfs* real = nullptr;
    PowerCutVfs* owner = nullptr;
};

Behind* behind(sqlite3_vfs* vfs) {
    return static_cast<Behind*>(vfs->pAppData);
}
sqlite3_vfs* realVfs(sqlite3_vfs* vfs) {
    return behind(vfs)->real;
}

int openFile(sqlite3_vfs* vfs, sqlite3_filename name, sqlite3_file* file, int flags, int* outFlags) {
    CutFile* cut = cutFile(file);
    cut->owner = behind(vfs)->owner;
    cut->image = nullptr;
    cut->real = reinterpret_cast<sqlite3_file*>(cut + 1);
    const int code = realVfs(vfs)->xOpen(realVfs(vfs), name, cut->real, flags, outFlags);
    cut->base.pMethods = cut->real->pMethods ? &kMethods : nullptr;
    constexpr int kLasting = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL;
    if (code == SQLITE_OK && name && (flags & kLasting))
        cut->image = new std::shared_ptr<DiskImage>(cut->owner->imageOf(name));
    return code;
}

int deleteFile(sqlite3_vfs* vfs, const char* name, int syncFolder) {
    behind(vfs)->owner->forget(name);
    return realVfs(vfs)->xDelete(realVfs(vfs), name, syncFolder);
}

} // namespace

void DiskImage::write(std::int64_t offset, std::string bytes) {
    // Sectors reach the disk one by one.
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t size =
            std::min(bytes.size() - at, kSector - (static_cast<std::size_t>(offset) + at) % kSector);
        pending_.push_back({offset + static_cast<std::int64_t>(at), bytes.substr(at, size), false});
        at += size;
    }
}

void DiskImage::truncate(std::int64_t size) {
    pending_.push_back({size, {}, true});
}

void DiskImage::sync() {
    for (const Change& change : pending_) apply(change, synced_);
    pending_.clear();
}

std::string DiskImage::afterCut(std::mt19937& random) const {
    std::string content = synced_;
    for (Change change : pending_) {
        switch (random() % 3) {
        case 0:
            continue;
        case 1:
            break;
        default:
            for (std::size_t i = random() % (change.bytes.size() + 1); i < change.bytes.size(); ++i)
                change.bytes[i] = static_cast<char>(random());
        }
        apply(change, content);
    }
    return content;
}

void DiskImage::apply(const Change& change, std::string& content) {
    const auto offset = static_cast<std::size_t>(change.offset);
    if (change.truncates) {
        content.resize(offset);
        return;
    }
    if (content.size() < offset + change.bytes.size()) content.resize(offset + change.bytes.size());
    content.replace(offset, change.bytes.size(), change.bytes);
}

struct PowerCutVfs::Registration {
    sqlite3_vfs vfs{};
    Behind behind;
};

PowerCutVfs::PowerCutVfs() : registration_(std::make_unique<Registration>()) {
    sqlite3_vfs* const real = sqlite3_vfs_find(nullptr);
    if (!real) throw std::runtime_error("SQLite has no file system to stand on");
    registration_->behind = {real, this};
    sqlite3_vfs& vfs = registration_->vfs;
    vfs = *real; // dates, random numbers and the like stay the real one's
    vfs.zName = "power-cut";
    vfs.pNext = nullptr;
    vfs.szOsFile = static_cast<int>(sizeof(CutFile)) + real->szOsFile;
    vfs.pAppData = &registration_->behind;
    vfs.xOpen = openFile;
    vfs.xDelete = deleteFile;
    vfs.xAccess = [](sqlite3_vfs* self, const char* name, int flags, int* answer) {
        return realVfs(self)->xAccess(realVfs(self), name, flags, answer);
    };
    vfs.xFullPathname = [](sqlite3_vfs* self, const char* name, int size, char* path) {
        return realVfs(self)->xFullPathname(realVfs(self), name, size, path);
    };
    sqlite3_vfs_register(&vfs, 1);
}

PowerCutVfs::~PowerCutVfs() {
    sqlite3_vfs_unregister(&registration_->vfs);
    sqlite3_vfs_register(registration_->behind.real, 1);
}

std::shared_ptr<DiskImage> PowerCutVfs::imageOf(const std::string& path) {
    std::shared_ptr<DiskImage>& image = images_[path];
    if (!image) image = std::make_shared<DiskImage>();
    return image;
}

void PowerCutVfs::cutInto(const std::filesystem::path& folder, std::mt19937& random) const {
    for (const auto& [path, image] : images_) {
        const std::string content = image->afterCut(random);
        std::ofstream(folder / std::filesystem::path(path).filename(), std::ios::binary) << content;
    }
}

} // namespace ponder::tests
