#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ponder::fetch {

constexpr std::size_t kLongestJournal = 16'384; // bytes

/// What lies beside NAME.part as NAME.part.json: how much of the file is on the disk for certain, and of
/// what. It is written after the bytes it speaks of have been synced, so it may say too little, never too
/// much.
struct PartJournal {
    std::string url = {};
    std::string etag = {};   ///< a strong one, or empty
    std::string sha256 = {}; ///< expected, or empty
    std::uint64_t sizeBytes = 0;
    std::uint64_t confirmedBytes = 0;
    std::string confirmedSha256 = {}; ///< of the confirmed bytes

    bool operator==(const PartJournal&) const = default;
};

std::string journalText(const PartJournal& journal);
/// Nothing for what is no journal of ours, or contradicts itself.
std::optional<PartJournal> parseJournal(std::string_view text);

} // namespace ponder::fetch
