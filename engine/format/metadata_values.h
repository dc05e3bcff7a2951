#pragma once

#include "engine/format/gguf_file.h"
#include "engine/format/gguf_problem.h"
#include "engine/format/input_file.h"

#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace ponder::engine {

/// The metadata of one file: values are read where they lie when they are asked for, texts are kept from then
/// on. Reading a file that was changed meanwhile is an Error, never a signal. Any thread. Not movable: it is
/// indexed by its own keys.
class MetadataValues {
public:
    /// Keeps a reference to `file`.
    MetadataValues(const InputFile& file, std::vector<MetadataEntry> entries);
    MetadataValues(const MetadataValues&) = delete;
    MetadataValues& operator=(const MetadataValues&) = delete;

    std::span<const MetadataEntry> entries() const { return entries_; }
    const MetadataEntry* find(std::string_view key) const;

    // As GgufFile has them.
    std::optional<std::int64_t> integer(std::string_view key, std::int64_t minimum,
                                        std::int64_t maximum) const;
    std::optional<double> number(std::string_view key) const;
    std::optional<bool> boolean(std::string_view key) const;
    std::optional<std::string_view> string(std::string_view key, std::uint64_t most) const;
    std::optional<std::vector<std::int64_t>> integers(std::string_view key) const;
    std::optional<std::vector<bool>> booleans(std::string_view key) const;
    std::optional<std::vector<float>> numbers(std::string_view key) const;
    std::optional<std::vector<std::string_view>> strings(std::string_view key) const;

    [[noreturn]] void refuse(GgufProblem problem, const MetadataEntry& entry, const std::string& what) const;

private:
    [[noreturn]] void refuseKind(const MetadataEntry& entry, std::string_view wanted) const;
    std::vector<std::byte> arrayBytes(const MetadataEntry& entry) const;
    const std::string& text(const MetadataEntry& entry, std::uint64_t bytes) const;

    const InputFile& file_;
    std::vector<MetadataEntry> entries_;
    std::unordered_map<std::string_view, const MetadataEntry*> byKey_;
    mutable std::mutex mutex_; // guards texts_, whose nodes stay where they are
    mutable std::map<std::pair<const MetadataEntry*, std::uint64_t>, std::string> texts_;
};

} // namespace ponder::engine
