#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ponder::engine {

/// Metadata to be written into a GGUF file, in the order they were added. A key that is added again is an
/// error of ours.
class GgufMetadata {
public:
    void addCount(std::string_view key, std::uint32_t value);
    void addInteger(std::string_view key, std::int32_t value);
    void addNumber(std::string_view key, float value);
    void addFlag(std::string_view key, bool value);
    void addText(std::string_view key, std::string_view value);
    void addCounts(std::string_view key, std::span<const std::uint32_t> values);
    void addIntegers(std::string_view key, std::span<const std::int32_t> values);
    void addNumbers(std::string_view key, std::span<const float> values);
    void addTexts(std::string_view key, std::span<const std::string> values);

    bool has(std::string_view key) const;
    std::uint64_t count() const { return keys_.size(); }
    /// The entries as they stand in a file (GGUF 3, little-endian).
    const std::string& bytes() const { return bytes_; }

private:
    void begin(std::string_view key, std::uint32_t type);
    void beginList(std::string_view key, std::uint32_t elementType, std::size_t count);

    std::vector<std::string> keys_;
    std::string bytes_;
};

} // namespace ponder::engine
