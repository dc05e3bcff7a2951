#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ponder::fetch {

/// "bytes 100-199/1000", with 1000 as `total`; of "bytes */1000" the total alone.
struct ContentRange {
    std::optional<std::uint64_t> first = {};
    std::uint64_t last = 0;
    std::uint64_t total = 0;
};

/// What the head of an HTTP answer says that matters here. Fed line by line as it comes; a new status line
/// begins a new answer.
class AnswerHead {
public:
    /// False: longer than any honest head.
    bool add(std::string_view line);

    bool complete() const { return complete_; }
    int status() const { return status_; }
    std::optional<std::uint64_t> length() const { return length_; }
    const std::optional<ContentRange>& range() const { return range_; }
    const std::string& strongEtag() const { return strongEtag_; } ///< empty: weak, or none
    bool packed() const { return packed_; }
    const std::string& location() const { return location_; }
    std::optional<std::int64_t> retryAfterSeconds() const { return retryAfterSeconds_; }
    /// Hugging Face's own words about the file behind a redirect.
    std::uint64_t linkedSize() const { return linkedSize_; }
    const std::string& linkedHash() const { return linkedHash_; }

private:
    void take(std::string_view name, std::string_view value);

    std::size_t size_ = 0;
    bool complete_ = false;
    int status_ = 0;
    std::optional<std::uint64_t> length_;
    std::optional<ContentRange> range_;
    std::string strongEtag_;
    bool packed_ = false;
    std::string location_;
    std::optional<std::int64_t> retryAfterSeconds_;
    std::optional<std::int64_t> date_;
    std::uint64_t linkedSize_ = 0;
    std::string linkedHash_;
};

} // namespace ponder::fetch
