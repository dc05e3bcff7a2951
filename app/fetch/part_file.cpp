#include "app/fetch/part_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "app/fetch/fetch_failure.h"

namespace ponder::fetch {

namespace {

constexpr std::size_t kReadAtOnce = std::size_t{1} << 20;

struct stat statusOf(int file) {
    struct stat status {};
    if (::fstat(file, &status) != 0) failWithSystemReason(errno);
    return status;
}

} // namespace

PartFile::PartFile(const TargetFolder& folder, app::FetchFile file)
    : folder_(folder), file_(std::move(file)) {
    const std::string name = partName(file_.name);
    // Another process may finish and rename the file between the opening and the lock: then it is opened
    // anew.
    for (;;) {
        handle_ = OwnedFile(::openat(folder_.handle(), name.c_str(),
                                     O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600));
        if (!handle_.open()) failWithSystemReason(errno);
        const struct stat mine = statusOf(handle_.number());
        if (!S_ISREG(mine.st_mode)) fail(app::ProblemKind::TargetIsLink);
        if (::flock(handle_.number(), LOCK_EX | LOCK_NB) != 0) fail(app::ProblemKind::InUse);
        struct stat named {};
        const bool isThere = ::fstatat(folder_.handle(), name.c_str(), &named, AT_SYMLINK_NOFOLLOW) == 0;
        if (isThere && named.st_ino == mine.st_ino && named.st_dev == mine.st_dev) break;
    }
    journal_.url = file_.url;
    journal_.sha256 = file_.sha256;
}

void PartFile::recover(const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
    if (!takeUp(progress)) startOver();
}

bool PartFile::takeUp(const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
    const auto journal = parseJournal(folder_.read(journalName(file_.name), kLongestJournal));
    if (!journal || journal->confirmedBytes == 0) return false;
    if (file_.sizeBytes > 0 && file_.sizeBytes != journal->sizeBytes) return false;
    if (!file_.sha256.empty() && !journal->sha256.empty() && file_.sha256 != journal->sha256) return false;
    // With the same expected hash it is the same file, wherever it comes from.
    const bool sameHash = !file_.sha256.empty() && file_.sha256 == journal->sha256;
    if (!sameHash && journal->url != file_.url) return false;
    if (static_cast<std::uint64_t>(statusOf(handle_.number()).st_size) < journal->confirmedBytes)
        return false;
    std::vector<std::byte> bytes(kReadAtOnce);
    for (std::uint64_t at = 0; at < journal->confirmedBytes;) {
        const auto wanted =
            static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), journal->confirmedBytes - at));
        const ssize_t size = ::pread(handle_.number(), bytes.data(), wanted, static_cast<off_t>(at));
        if (size < 0 && errno == EINTR) continue;
        if (size <= 0) return false;
        hash_.add(std::span(bytes).first(static_cast<std::size_t>(size)));
        at += static_cast<std::uint64_t>(size);
        progress(at, journal->confirmedBytes);
    }
    if (hash_.hex() != journal->confirmedSha256) return false;
    const std::string expected = file_.sha256.empty() ? journal->sha256 : file_.sha256;
    journal_ = *journal;
    journal_.url = file_.url;
    journal_.sha256 = expected;
    doneBytes_ = journal->confirmedBytes;
    return true;
}

void PartFile::startOver() {
    hash_.startOver();
    doneBytes_ = 0;
    journal_ = PartJournal{.url = file_.url, .sha256 = file_.sha256};
    folder_.remove(journalName(file_.name));
    if (::ftruncate(handle_.number(), 0) != 0) failWithSystemReason(errno);
}

void PartFile::reserve(std::uint64_t spareBytes) {
    const auto held = static_cast<std::uint64_t>(statusOf(handle_.number()).st_blocks) * 512;
    const std::uint64_t missing = totalBytes() > held ? totalBytes() - held : 0;
    const std::uint64_t needed = missing + spareBytes;
    const std::uint64_t free = folder_.freeBytes();
    const auto failForRoom = [](std::uint64_t bytes) {
        throw FetchFailure({.kind = app::ProblemKind::DiskFull,
                            .host = {},
                            .detail = {},
                            .amount = static_cast<std::int64_t>(bytes)});
    };
    if (free < needed) failForRoom(needed - free);
    // The file keeps its length, which is the number of bytes that have come. Some disks cannot reserve.
    if (::fallocate(handle_.number(), FALLOC_FL_KEEP_SIZE, 0, static_cast<off_t>(totalBytes())) != 0 &&
        errno != EOPNOTSUPP && errno != ENOSYS && errno != EINTR) {
        if (errno == ENOSPC) failForRoom(missing);
        failWithSystemReason(errno);
    }
}

void PartFile::begin(std::uint64_t totalBytes, const std::string& etag, std::uint64_t spareBytes) {
    journal_.sizeBytes = totalBytes;
    journal_.etag = etag;
    reserve(spareBytes);
    confirm();
}

void PartFile::write(std::span<const std::byte> bytes) {
    if (bytes.size() > totalBytes() - doneBytes_) fail(app::ProblemKind::WrongSize);
    while (!bytes.empty()) {
        const ssize_t written =
            ::pwrite(handle_.number(), bytes.data(), bytes.size(), static_cast<off_t>(doneBytes_));
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) failWithSystemReason(errno);
        hash_.add(bytes.first(static_cast<std::size_t>(written)));
        doneBytes_ += static_cast<std::uint64_t>(written);
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    if (doneBytes_ - journal_.confirmedBytes >= kConfirmEveryBytes) confirm();
}

void PartFile::confirm() {
    if (totalBytes() == 0) return;
    if (::fdatasync(handle_.number()) != 0) failWithSystemReason(errno);
    PartJournal journal = journal_;
    journal.confirmedBytes = doneBytes_;
    journal.confirmedSha256 = hash_.hex();
    folder_.replace(journalName(file_.name), journalText(journal));
    journal_ = std::move(journal);
}

std::string PartFile::finish() {
    if (::fsync(handle_.number()) != 0) failWithSystemReason(errno);
    confirm();
    return hash_.hex();
}

bool PartFile::putInPlace() {
    if (!folder_.rename(partName(file_.name), file_.name)) return false;
    folder_.remove(journalName(file_.name));
    return true;
}

void PartFile::discard() {
    folder_.remove(journalName(file_.name));
    folder_.remove(partName(file_.name));
}

} // namespace ponder::fetch
