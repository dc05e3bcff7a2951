#include "tests/support/gguf_image.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <stdexcept>
#include <utility>

namespace ponder::tests {

namespace {

std::string withLength(std::string_view bytes) {
    return littleEndian(static_cast<std::uint64_t>(bytes.size())) + std::string(bytes);
}

void pad(std::string& bytes, std::uint64_t alignment) {
    bytes.resize((bytes.size() + alignment - 1) / alignment * alignment);
}

constexpr std::uint32_t kQ8_0 = 8;
constexpr std::uint64_t kBlockNumbers = 32;
constexpr std::uint64_t kBlockBytes = 34;

} // namespace

GgufValue text(std::string_view value) {
    return {kTextType, withLength(value)};
}

GgufValue texts(const std::vector<std::string>& values) {
    GgufValue value = rawList(kTextType, values.size());
    for (const std::string& each : values) value.bytes += withLength(each);
    return value;
}

GgufValue rawList(std::uint32_t elementType, std::uint64_t count, std::string_view bytes) {
    return {kListType, littleEndian(elementType) + littleEndian(count) + std::string(bytes)};
}

GgufTensor randomBlocks(std::string name, std::vector<std::uint64_t> shape, std::uint32_t seed) {
    std::uint64_t numbers = 1;
    for (const std::uint64_t count : shape) numbers *= count;
    GgufTensor tensor;
    tensor.name = std::move(name);
    tensor.shape = std::move(shape);
    tensor.data.resize(numbers / kBlockNumbers * kBlockBytes);
    tensor.type = kQ8_0;
    for (char& byte : tensor.data) {
        seed = seed * 1664525u + 1013904223u;
        byte = static_cast<char>(seed >> 24);
    }
    return tensor;
}

void roundToBlocks(GgufTensor& tensor) {
    constexpr std::uint16_t kScale = 0x1C00; // 2^-8 as a half
    std::string blocks;
    for (std::size_t at = 0; at < tensor.data.size(); at += sizeof(float)) {
        if (at % (kBlockNumbers * sizeof(float)) == 0) blocks += littleEndian(kScale);
        float value = 0;
        std::memcpy(&value, tensor.data.data() + at, sizeof value);
        blocks += littleEndian(static_cast<std::int8_t>(std::lround(value * 256)));
    }
    tensor.type = kQ8_0;
    tensor.data = blocks;
}

GgufImage& GgufImage::set(std::string_view key, GgufValue value) {
    const auto found =
        std::find_if(entries.begin(), entries.end(), [&](const auto& entry) { return entry.key == key; });
    if (found == entries.end())
        entries.push_back({std::string(key), std::move(value), {}});
    else
        found->value = std::move(value);
    return *this;
}

GgufImage& GgufImage::remove(std::string_view key) {
    std::erase_if(entries, [&](const GgufEntry& entry) { return entry.key == key; });
    return *this;
}

GgufTensor& GgufImage::tensor(std::string_view name) {
    const auto found =
        std::find_if(tensors.begin(), tensors.end(), [&](const auto& each) { return each.name == name; });
    if (found == tensors.end()) throw std::invalid_argument("no tensor " + std::string(name));
    return *found;
}

GgufImage& GgufImage::removeTensor(std::string_view name) {
    std::erase_if(tensors, [&](const GgufTensor& each) { return each.name == name; });
    return *this;
}

std::string GgufImage::header() const {
    std::string bytes = magic + littleEndian(version);
    bytes += littleEndian(tensorCount.value_or(tensors.size()));
    bytes += littleEndian(entryCount.value_or(entries.size()));
    for (const GgufEntry& entry : entries) {
        bytes += littleEndian(entry.keyLength.value_or(entry.key.size())) + entry.key;
        bytes += littleEndian(entry.value.type) + entry.value.bytes;
    }
    std::uint64_t offset = 0;
    for (const GgufTensor& each : tensors) {
        bytes += littleEndian(each.nameLength.value_or(each.name.size())) + each.name;
        bytes += littleEndian(each.dimensions.value_or(static_cast<std::uint32_t>(each.shape.size())));
        for (std::uint64_t length : each.shape) bytes += littleEndian(length);
        bytes += littleEndian(each.type) + littleEndian(each.offset.value_or(offset));
        offset = (offset + each.data.size() + alignment - 1) / alignment * alignment;
    }
    return bytes;
}

std::string GgufImage::bytes() const {
    std::string bytes = header();
    for (const GgufTensor& each : tensors) {
        pad(bytes, alignment);
        bytes += each.data;
    }
    return bytes + tail;
}

void GgufImage::write(const std::filesystem::path& path) const {
    std::ofstream file(path, std::ios::binary);
    const std::string all = bytes();
    file.write(all.data(), static_cast<std::streamsize>(all.size()));
    if (!file.flush()) throw std::runtime_error("cannot write " + path.string());
}

} // namespace ponder::tests
