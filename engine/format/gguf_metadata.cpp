#include "engine/format/gguf_metadata.h"

#include "engine/format/gguf_file.h"
#include "engine/support/check.h"

#include <algorithm>
#include <cstring>

namespace ponder::engine {

namespace {

template <typename Number>
void append(std::string& bytes, Number value) {
    char raw[sizeof value];
    std::memcpy(raw, &value, sizeof value);
    bytes.append(raw, sizeof value);
}

void appendText(std::string& bytes, std::string_view text) {
    append<std::uint64_t>(bytes, text.size());
    bytes.append(text);
}

constexpr std::uint32_t id(MetadataType type) {
    return static_cast<std::uint32_t>(type);
}

} // namespace

bool GgufMetadata::has(std::string_view key) const {
    return std::find(keys_.begin(), keys_.end(), key) != keys_.end();
}

void GgufMetadata::begin(std::string_view key, std::uint32_t type) {
    CHECK(!has(key));
    keys_.emplace_back(key);
    appendText(bytes_, key);
    append(bytes_, type);
}

void GgufMetadata::beginList(std::string_view key, std::uint32_t elementType, std::size_t count) {
    begin(key, id(MetadataType::Array));
    append(bytes_, elementType);
    append<std::uint64_t>(bytes_, count);
}

void GgufMetadata::addCount(std::string_view key, std::uint32_t value) {
    begin(key, id(MetadataType::U32));
    append(bytes_, value);
}

void GgufMetadata::addInteger(std::string_view key, std::int32_t value) {
    begin(key, id(MetadataType::I32));
    append(bytes_, value);
}

void GgufMetadata::addNumber(std::string_view key, float value) {
    begin(key, id(MetadataType::F32));
    append(bytes_, value);
}

void GgufMetadata::addFlag(std::string_view key, bool value) {
    begin(key, id(MetadataType::Bool));
    append<std::uint8_t>(bytes_, value ? 1 : 0);
}

void GgufMetadata::addText(std::string_view key, std::string_view value) {
    begin(key, id(MetadataType::String));
    appendText(bytes_, value);
}

void GgufMetadata::addCounts(std::string_view key, std::span<const std::uint32_t> values) {
    beginList(key, id(MetadataType::U32), values.size());
    for (const std::uint32_t value : values) append(bytes_, value);
}

void GgufMetadata::addIntegers(std::string_view key, std::span<const std::int32_t> values) {
    beginList(key, id(MetadataType::I32), values.size());
    for (const std::int32_t value : values) append(bytes_, value);
}

void GgufMetadata::addNumbers(std::string_view key, std::span<const float> values) {
    beginList(key, id(MetadataType::F32), values.size());
    for (const float value : values) append(bytes_, value);
}

void GgufMetadata::addTexts(std::string_view key, std::span<const std::string> values) {
    beginList(key, id(MetadataType::String), values.size());
    for (const std::string& value : values) appendText(bytes_, value);
}

} // namespace ponder::engine
