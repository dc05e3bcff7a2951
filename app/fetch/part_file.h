#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include "app/downloads/fetch_protocol.h"
#include "app/fetch/owned_file.h"
#include "app/fetch/part_journal.h"
#include "app/fetch/running_hash.h"
#include "app/fetch/target_folder.h"

namespace ponder::fetch {

/// How much may be fetched anew after a kill. Half of what is promised: the rest is on its way meanwhile.
constexpr std::uint64_t kConfirmEveryBytes = std::uint64_t{4} << 20;

/// NAME.part, the unfinished file beside its target, and its journal. It is this process's alone: a lock goes
/// with it. The journal never confirms a byte that is not on the disk. Throws FetchFailure.
class PartFile {
public:
    /// Opens or creates it and takes the lock; InUse: another process has it.
    PartFile(const TargetFolder& folder, app::FetchFile file);

    /// Takes up what an earlier process left, as far as its journal and the bytes themselves agree; else
    /// begins anew. `progress` is told how many bytes of how many have been read again, and may throw.
    void recover(const std::function<void(std::uint64_t, std::uint64_t)>& progress);
    void startOver();

    const app::FetchFile& file() const { return file_; }
    std::uint64_t doneBytes() const { return doneBytes_; }
    std::uint64_t totalBytes() const { return journal_.sizeBytes; } ///< 0: not known yet
    const std::string& etag() const { return journal_.etag; }
    bool complete() const { return totalBytes() > 0 && doneBytes_ == totalBytes(); }

    /// What the server says of the file, before its first byte is written: reserves the room on the disk,
    /// with `spareBytes` left over.
    void begin(std::uint64_t totalBytes, const std::string& etag, std::uint64_t spareBytes);
    /// What has come is all there is, whatever was announced.
    void endHere() { journal_.sizeBytes = doneBytes_; }
    void expectHash(const std::string& sha256) { journal_.sha256 = sha256; }
    const std::string& expectedHash() const { return journal_.sha256; }
    /// WrongSize: more than was announced.
    void write(std::span<const std::byte> bytes);
    /// Bytes to the disk, then the journal.
    void confirm();
    /// The SHA-256 of all bytes, which are on the disk now.
    std::string finish();
    /// Gives the file its name. False: something has that name.
    bool putInPlace();
    /// Removes the file and its journal.
    void discard();

    static std::string partName(const std::string& name) { return name + ".part"; }
    static std::string journalName(const std::string& name) { return name + ".part.json"; }

private:
    bool takeUp(const std::function<void(std::uint64_t, std::uint64_t)>& progress);
    void reserve(std::uint64_t spareBytes);

    const TargetFolder& folder_;
    app::FetchFile file_;
    OwnedFile handle_;
    PartJournal journal_;
    RunningHash hash_;
    std::uint64_t doneBytes_ = 0;
};

} // namespace ponder::fetch
