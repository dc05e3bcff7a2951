#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace ponder::tests {

/// What a file would look like after a power cut: the bytes that were synced, and the writes since then, of
/// which any sector may have reached the disk, or not, or half.
class DiskImage {
public:
    void write(std::int64_t offset, std::string bytes);
    void truncate(std::int64_t size);
    void sync();

    /// One of the many contents the disk may hold.
    std::string afterCut(std::mt19937& random) const;

private:
    struct Change {
        std::int64_t offset = 0;
        std::string bytes;
        bool truncates = false;
    };
    static void apply(const Change& change, std::string& content);

    std::string synced_;
    std::vector<Change> pending_;
};

/// While it lives, SQLite reads and writes through it: files behave as always, and after each write or sync
/// `happened` may take a picture of the disk as a power cut in this instant would leave it; before each
/// operation `fault` may make it fail. Not modelled: lost names of new files, disks that lie about a sync.
/// One at a time, one thread.
class PowerCutVfs {
public:
    enum class Operation { Read, Write, Truncate, Sync };

    PowerCutVfs();
    ~PowerCutVfs();
    PowerCutVfs(const PowerCutVfs&) = delete;
    PowerCutVfs& operator=(const PowerCutVfs&) = delete;

    std::function<void()> happened;
    /// The SQLite error code the operation ends with instead of being done; 0: it is done.
    std::function<int(Operation)> fault;

    /// Writes all files as they may be after a cut into another folder.
    void cutInto(const std::filesystem::path& folder, std::mt19937& random) const;

    /// For the SQLite side.
    std::shared_ptr<DiskImage> imageOf(const std::string& path);
    void forget(const std::string& path) { images_.erase(path); }

private:
    struct Registration;
    std::map<std::string, std::shared_ptr<DiskImage>> images_;
    std::unique_ptr<Registration> registration_;
};

} // namespace ponder::tests
