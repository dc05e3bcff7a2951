#pragma once

#include "engine/support/file_descriptor.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ponder::engine {

struct SnapshotKey;

/// The folder of snapshots, one file for a conversation with a model: names, room, removal. A name is a hash
/// of the model's key and one of the conversation's name; what is being written for the first time has
/// ".part" behind it. Other files in the folder are left alone. Works in a process that may open nothing
/// outside.
class SnapshotFolder {
public:
    enum class IfMissing { Make, LeaveOut };

    SnapshotFolder(const std::string& path, IfMissing missing);

    /// False: there is no folder, or none that can be used. Nothing else may be called then.
    bool isOpen() const { return folder_.open(); }

    static std::string nameOf(const SnapshotKey& key, std::string_view chat);

    struct Entry {
        std::string name;
        std::uint64_t bytes = 0;
        std::int64_t changedNanoseconds = 0; ///< since 1970
    };
    /// All snapshots, unfinished ones too, those that were not touched for longest first.
    std::vector<Entry> entries() const;
    /// Whether a name is that of a snapshot with this key.
    static bool isOf(const SnapshotKey& key, std::string_view name);

    /// To read and to extend. Not open: not there, or no file.
    FileDescriptor open(const std::string& name) const;
    /// A new file, called NAME.part until `publish`. Not open: refused, or another process writes it.
    FileDescriptor create(const std::string& name) const;
    /// Gives it its name, in the place of one that has it. False: refused, or removed meanwhile.
    bool publish(const std::string& name) const;
    void abandon(const std::string& name) const;
    void remove(const std::string& name) const;

    /// Bytes that all snapshots may take: `most` (0: 2 GiB), but no more than a tenth of what is free or
    /// theirs.
    std::uint64_t limit(std::uint64_t most) const;
    /// Removes the oldest others until the file of `name` may have `bytes` within `limit`, or none is left.
    /// Returns the names of what was removed.
    std::vector<std::string> makeRoom(const std::string& name, std::uint64_t bytes,
                                      std::uint64_t limit) const;
    /// Removes what was never finished, by a process that is gone.
    void removeUnfinished() const;

    enum class Which { These, Others };
    /// Removes the snapshots of these conversations, or of all others, of all models.
    void forget(std::span<const std::string> chats, Which which) const;

private:
    FileDescriptor folder_;
};

} // namespace ponder::engine
