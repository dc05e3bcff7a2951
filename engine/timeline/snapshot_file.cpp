#include "engine/timeline/snapshot_file.h"

#include "engine/support/check.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <sys/stat.h>
#include <type_traits>
#include <unistd.h>
#include <xxhash.h>

namespace ponder::engine {

namespace {

// Numbers lie as this machine keeps them; a file of another one has another mark.
constexpr std::uint64_t kFileMark = 0x3170'6570'646e'6f50; // "Pondpep1"
constexpr std::uint64_t kSegmentMark = 0x746e'656d'6765'7331;

struct FileHead {
    std::uint64_t mark = kFileMark;
    SnapshotKey key = {};
    std::uint64_t checksum = 0; // of the above
};

struct SegmentHead {
    std::uint64_t mark = kSegmentMark;
    std::int32_t first = 0;
    std::int32_t count = 0;
    std::uint64_t carries = 0;
    std::uint64_t bytes = 0;
    std::uint64_t checksum = 0;     // of the rows
    std::uint64_t headChecksum = 0; // of the above and the tokens
};

static_assert(std::has_unique_object_representations_v<FileHead>);
static_assert(std::has_unique_object_representations_v<SegmentHead>);

class Checksum {
public:
    explicit Checksum(std::uint64_t seed) : state_(XXH3_createState(), &XXH3_freeState) {
        CHECK(state_ && XXH3_64bits_reset_withSeed(state_.get(), seed) == XXH_OK);
    }
    void add(std::span<const std::byte> bytes) {
        CHECK(XXH3_64bits_update(state_.get(), bytes.data(), bytes.size()) == XXH_OK);
    }
    std::uint64_t value() const { return XXH3_64bits_digest(state_.get()); }

private:
    std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state_;
};

std::uint64_t checksumOf(const FileHead& head) {
    return XXH3_64bits(&head, offsetof(FileHead, checksum));
}

std::uint64_t checksumOf(const SegmentHead& head, std::span<const TokenId> tokens, std::uint64_t before) {
    Checksum checksum(before);
    checksum.add(std::as_bytes(std::span(&head, 1)).first(offsetof(SegmentHead, headChecksum)));
    checksum.add(std::as_bytes(tokens));
    return checksum.value();
}

/// What the checksum of a segment's rows begins with, so that rows of other tokens have another one.
std::uint64_t seedOf(std::span<const TokenId> tokens, std::uint64_t before) {
    return XXH3_64bits_withSeed(tokens.data(), tokens.size_bytes(), before);
}

bool readAt(int descriptor, std::span<std::byte> bytes, std::uint64_t offset) {
    while (!bytes.empty()) {
        const ssize_t count = ::pread(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(count));
        offset += static_cast<std::uint64_t>(count);
    }
    return true;
}

bool writeAt(int descriptor, std::span<const std::byte> bytes, std::uint64_t& offset) {
    while (!bytes.empty()) {
        const ssize_t count = ::pwrite(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(count));
        offset += static_cast<std::uint64_t>(count);
    }
    return true;
}

/// Does a segment of this head lie whole in a file of `fileBytes`, with the sizes its rows must have?
bool isPossible(const SegmentHead& head, std::uint64_t tokensAt, std::uint64_t fileBytes,
                const SnapshotFile& file, const KvCache& shape) {
    const int length = file.length();
    if (head.mark != kSegmentMark || head.first != length || head.carries > 1) return false;
    if (head.count < 1 || head.count > SnapshotFile::kSegmentTokens || head.count > shape.capacity() - length)
        return false;
    if (head.carries && shape.returnsAnywhere()) return false;
    const auto place = head.carries ? std::optional(file.lastPlace()) : std::nullopt;
    if (head.bytes != segmentBytes(shape, head.first, head.count, place)) return false;
    const std::uint64_t tokenBytes = static_cast<std::uint64_t>(head.count) * sizeof(TokenId);
    return tokenBytes <= fileBytes - tokensAt && head.bytes <= fileBytes - tokensAt - tokenBytes;
}

} // namespace

std::uint64_t segmentHeadBytes(int count) {
    return sizeof(SegmentHead) + static_cast<std::uint64_t>(count) * sizeof(TokenId);
}

std::uint64_t segmentBytes(const KvCache& shape, int first, int count, std::optional<int> lastPlace) {
    std::uint64_t bytes = 0;
    for (const auto& stretch : shape.rows(first, count)) bytes += stretch.size();
    if (!lastPlace) return bytes;
    return bytes + shape.windowBytes(*lastPlace, first + count) +
           static_cast<std::uint64_t>(shape.carriedNumbers()) * sizeof(float);
}

std::optional<SnapshotFile> SnapshotFile::create(int descriptor, const SnapshotKey& key) {
    FileHead head{.key = key};
    head.checksum = checksumOf(head);
    std::uint64_t offset = 0;
    if (!writeAt(descriptor, std::as_bytes(std::span(&head, 1)), offset)) return std::nullopt;
    SnapshotFile file;
    file.fileChecksum_ = head.checksum;
    return file;
}

std::optional<SnapshotFile> SnapshotFile::read(int descriptor, const SnapshotKey& key, const KvCache& shape) {
    struct stat status {};
    FileHead head;
    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode) ||
        !readAt(descriptor, std::as_writable_bytes(std::span(&head, 1)), 0) || head.mark != kFileMark ||
        head.key != key || head.checksum != checksumOf(head))
        return std::nullopt;
    const auto fileBytes = static_cast<std::uint64_t>(status.st_size);
    SnapshotFile file;
    file.fileChecksum_ = head.checksum;
    for (;;) {
        const std::uint64_t at = file.bytes();
        SegmentHead segment;
        std::array<TokenId, kSegmentTokens> room;
        if (!readAt(descriptor, std::as_writable_bytes(std::span(&segment, 1)), at) ||
            !isPossible(segment, at + sizeof segment, fileBytes, file, shape))
            break;
        const auto tokens = std::span(room).first(static_cast<std::size_t>(segment.count));
        if (!readAt(descriptor, std::as_writable_bytes(tokens), at + sizeof segment) ||
            segment.headChecksum != checksumOf(segment, tokens, file.headChecksum()))
            break;
        const std::uint64_t seed = seedOf(tokens, file.headChecksum());
        file.tokens_.insert(file.tokens_.end(), tokens.begin(), tokens.end());
        file.segments_.push_back({.first = segment.first,
                                  .count = segment.count,
                                  .carries = segment.carries == 1,
                                  .offset = at + segmentHeadBytes(segment.count),
                                  .bytes = segment.bytes,
                                  .seed = seed,
                                  .checksum = segment.checksum,
                                  .headChecksum = segment.headChecksum});
    }
    if (file.segments_.empty()) return std::nullopt;
    return file;
}

std::uint64_t SnapshotFile::bytes() const {
    return segments_.empty() ? sizeof(FileHead) : segments_.back().offset + segments_.back().bytes;
}

int SnapshotFile::lastPlace() const {
    const auto place = std::find_if(segments_.rbegin(), segments_.rend(),
                                    [](const Segment& segment) { return segment.carries; });
    return place == segments_.rend() ? 0 : place->end();
}

std::uint64_t SnapshotFile::headChecksum() const {
    return segments_.empty() ? fileChecksum_ : segments_.back().headChecksum;
}

int SnapshotFile::shared(std::span<const TokenId> tokens) const {
    const auto end = std::mismatch(tokens.begin(), tokens.end(), tokens_.begin(), tokens_.end()).first;
    return static_cast<int>(end - tokens.begin());
}

bool SnapshotFile::load(int descriptor, const Segment& segment, std::span<const std::span<std::byte>> rows,
                        std::span<float> carried) const {
    Checksum checksum(segment.seed);
    std::uint64_t offset = segment.offset;
    const auto take = [&](std::span<std::byte> bytes) {
        if (!readAt(descriptor, bytes, offset)) return false;
        checksum.add(bytes);
        offset += bytes.size();
        return true;
    };
    for (const std::span<std::byte> stretch : rows)
        if (!take(stretch)) return false;
    if (!take(std::as_writable_bytes(carried))) return false;
    CHECK(offset == segment.offset + segment.bytes);
    return checksum.value() == segment.checksum;
}

void SnapshotFile::cut(int length) {
    while (!segments_.empty() && segments_.back().end() > length) segments_.pop_back();
    tokens_.resize(segments_.empty() ? 0 : static_cast<std::size_t>(segments_.back().end()));
}

bool SnapshotFile::append(int descriptor, std::span<const TokenId> tokens, const KvCache& cache,
                          bool carries) {
    const int count = static_cast<int>(tokens.size());
    CHECK(count > 0 && count <= kSegmentTokens && length() + count <= cache.length());
    std::vector<std::span<const std::byte>> stretches = cache.rows(length(), count);
    const auto place = carries ? std::optional(lastPlace()) : std::nullopt;
    if (carries) {
        const auto windows = cache.windowRows(*place, length() + count);
        stretches.insert(stretches.end(), windows.begin(), windows.end());
        for (const auto& numbers : cache.carriedAt(length() + count))
            stretches.push_back(std::as_bytes(numbers));
    }
    SegmentHead head{.first = length(),
                     .count = count,
                     .carries = carries ? 1u : 0u,
                     .bytes = segmentBytes(cache, length(), count, place)};
    const std::uint64_t seed = seedOf(tokens, headChecksum());
    Checksum checksum(seed);
    for (const auto& stretch : stretches) checksum.add(stretch);
    head.checksum = checksum.value();
    head.headChecksum = checksumOf(head, tokens, headChecksum());

    const std::uint64_t begin = bytes();
    std::uint64_t offset = begin;
    bool isWritten = writeAt(descriptor, std::as_bytes(std::span(&head, 1)), offset) &&
                     writeAt(descriptor, std::as_bytes(tokens), offset);
    const std::uint64_t rowsAt = offset;
    for (const auto& stretch : stretches) isWritten = isWritten && writeAt(descriptor, stretch, offset);
    if (!isWritten) {
        // What lies there of it would be refused anyway; it only takes room.
        [[maybe_unused]] const int cutOff = ::ftruncate(descriptor, static_cast<off_t>(begin));
        return false;
    }
    segments_.push_back({.first = head.first,
                         .count = count,
                         .carries = carries,
                         .offset = rowsAt,
                         .bytes = head.bytes,
                         .seed = seed,
                         .checksum = head.checksum,
                         .headChecksum = head.headChecksum});
    tokens_.insert(tokens_.end(), tokens.begin(), tokens.end());
    return true;
}

} // namespace ponder::engine
