#pragma once

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace ponder::tests {

/// A metadata value as it stands in a file: its type id and its bytes, right or wrong.
struct GgufValue {
    std::uint32_t type = 0;
    std::string bytes;
};

template <typename Number>
std::string littleEndian(Number number) {
    std::string bytes(sizeof number, '\0');
    std::memcpy(bytes.data(), &number, sizeof number);
    return bytes;
}

/// GGUF's type id of a C++ type.
template <typename Number>
constexpr std::uint32_t typeId() {
    if constexpr (std::is_same_v<Number, bool>) return 7;
    if constexpr (std::is_same_v<Number, float>) return 6;
    if constexpr (std::is_same_v<Number, double>) return 12;
    constexpr std::uint32_t kSigned = std::is_signed_v<Number> ? 1 : 0;
    if constexpr (sizeof(Number) == 8) return 10 + kSigned;
    return (sizeof(Number) == 1 ? 0 : sizeof(Number) == 2 ? 2 : 4) + kSigned;
}

constexpr std::uint32_t kTextType = 8;
constexpr std::uint32_t kListType = 9;

template <typename Number>
GgufValue scalar(Number number) {
    return {typeId<Number>(), littleEndian(number)};
}

GgufValue text(std::string_view value);
GgufValue texts(const std::vector<std::string>& values);

template <typename Number>
GgufValue list(const std::vector<Number>& values) {
    GgufValue value{kListType,
                    littleEndian(typeId<Number>()) + littleEndian(static_cast<std::uint64_t>(values.size()))};
    for (Number each : values) value.bytes += littleEndian(each);
    return value;
}

/// A list that claims what its bytes may not keep.
GgufValue rawList(std::uint32_t elementType, std::uint64_t count, std::string_view bytes = {});

struct GgufEntry {
    std::string key;
    GgufValue value;
    std::optional<std::uint64_t> keyLength; ///< claimed instead of the true one
};

struct GgufTensor {
    std::string name;
    std::vector<std::uint64_t> shape; ///< fastest first
    std::string data;
    std::uint32_t type = 0;                  ///< F32
    std::optional<std::uint64_t> nameLength; ///< claimed instead of the true ones
    std::optional<std::uint32_t> dimensions;
    std::optional<std::uint64_t> offset;
};

/// A tensor in Q8_0, scales and codes all bytes of their own, seeded. Rows are whole blocks.
GgufTensor randomBlocks(std::string name, std::vector<std::uint64_t> shape, std::uint32_t seed);

/// Turns a float32 matrix into blocks of 32 whole numbers with a scale of 1/256, as Q8_0 has them.
void roundToBlocks(GgufTensor& tensor);

/// A GGUF file in memory, sound unless one of its fields is set to something else.
struct GgufImage {
    std::string magic = "GGUF";
    std::uint32_t version = 3;
    std::optional<std::uint64_t> tensorCount; ///< claimed instead of the true ones
    std::optional<std::uint64_t> entryCount;
    std::vector<GgufEntry> entries;
    std::vector<GgufTensor> tensors;
    std::uint64_t alignment = 32; ///< of the data; the key general.alignment is another thing
    std::string tail;             ///< behind the data

    /// Replaces the value of a key, or adds the key.
    GgufImage& set(std::string_view key, GgufValue value);
    GgufImage& remove(std::string_view key);
    /// Requires: there is a tensor of this name.
    GgufTensor& tensor(std::string_view name);
    GgufImage& removeTensor(std::string_view name);

    /// Everything before the data.
    std::string header() const;
    std::string bytes() const;
    void write(const std::filesystem::path& path) const;
};

} // namespace ponder::tests
