#pragma once

#include "engine/model/decoder.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace ponder::engine {

/// What rows of a cache depend on beside the tokens: a hash over the weights, the cache's type and shape, the
/// rotary factors and the version of the format. Rows are taken over only where it is the same.
struct SnapshotKey {
    std::uint64_t high = 0;
    std::uint64_t low = 0;

    bool operator==(const SnapshotKey&) const = default;
};

/// What a file has of one conversation: a head, then segment after segment of tokens, each followed by the
/// cache's rows of its positions and, at places, by what a conversation needs beside them to go on there:
/// rows of sliding windows that the place before does not have, and what is carried. The checksum of a
/// segment's head goes on from the one before; rows have their own, which is looked at when they are taken
/// over. What does not agree ends the conversation there, so that a file may be cut and extended in place and
/// is true at every moment, whatever comes in between. Holds no rows and no descriptor. One thread.
class SnapshotFile {
public:
    /// Most tokens of a segment: short enough for a writer to stop between two of them.
    static constexpr int kSegmentTokens = 256;

    struct Segment {
        int first = 0;            ///< position
        int count = 0;            ///< of tokens
        bool carries = false;     ///< it ends at a place: windows and what is carried follow its rows
        std::uint64_t offset = 0; ///< in the file, of its rows
        std::uint64_t bytes = 0;
        std::uint64_t seed = 0;     ///< of their checksum, from all tokens so far
        std::uint64_t checksum = 0; ///< of those bytes
        std::uint64_t headChecksum = 0;

        int end() const { return first + count; }
    };

    /// Writes the head of a new file. Empty: the disk refused.
    static std::optional<SnapshotFile> create(int descriptor, const SnapshotKey& key);
    /// Reads what is whole, but not the rows. `shape`: a cache of the same model. Empty: not such a file, of
    /// another key, or without a single segment.
    static std::optional<SnapshotFile> read(int descriptor, const SnapshotKey& key, const KvCache& shape);

    const std::vector<TokenId>& tokens() const { return tokens_; }
    int length() const { return static_cast<int>(tokens_.size()); }
    /// The last place, 0 where there is none.
    int lastPlace() const;
    const std::vector<Segment>& segments() const { return segments_; }
    /// Through the last segment; whatever lies behind does not count.
    std::uint64_t bytes() const;
    /// How many of the first tokens are the same.
    int shared(std::span<const TokenId> tokens) const;

    /// Reads a segment into `rows` (KvCache::room of its positions and, if it carries, windowRoom from the
    /// place before to its end) and `carried` ([carriedNumbers] if it carries, else empty). False: the bytes
    /// are not those that were written.
    bool load(int descriptor, const Segment& segment, std::span<const std::span<std::byte>> rows,
              std::span<float> carried) const;

    /// Forgets the segments that end behind `length`.
    void cut(int length);
    /// Appends the segment of `tokens` behind `length()` from `cache`; it ends at a place where `carries`
    /// says so. False: the disk refused, and nothing was appended.
    bool append(int descriptor, std::span<const TokenId> tokens, const KvCache& cache, bool carries);

private:
    std::uint64_t headChecksum() const;

    std::vector<TokenId> tokens_;
    std::vector<Segment> segments_;
    std::uint64_t fileChecksum_ = 0;
};

/// Bytes of what follows a segment's tokens; `lastPlace`: the one before the one that it ends at, if it does.
std::uint64_t segmentBytes(const KvCache& shape, int first, int count, std::optional<int> lastPlace);
/// Bytes of its head with the tokens.
std::uint64_t segmentHeadBytes(int count);

} // namespace ponder::engine
