#include "engine/format/metadata_values.h"

#include "engine/format/gguf_problem.h"
#include "engine/format/metadata_parser.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace ponder::engine {

namespace {

// What is kept of a vocabulary's texts; the largest real ones take 16 MiB.
constexpr std::uint64_t kMostTextBytes = std::uint64_t{64} << 20;

bool isInteger(MetadataType type) {
    return type != MetadataType::Bool && type != MetadataType::F32 && type != MetadataType::F64 &&
           type != MetadataType::String && type != MetadataType::Array;
}

bool isFloat(MetadataType type) {
    return type == MetadataType::F32 || type == MetadataType::F64;
}

template <typename Number>
Number as(const std::byte* bytes) {
    Number value;
    std::memcpy(&value, bytes, sizeof value);
    return value;
}

/// Empty for a value above what a signed number holds.
std::optional<std::int64_t> integerAt(const std::byte* bytes, MetadataType type) {
    switch (type) {
    case MetadataType::U8:
        return as<std::uint8_t>(bytes);
    case MetadataType::I8:
        return as<std::int8_t>(bytes);
    case MetadataType::U16:
        return as<std::uint16_t>(bytes);
    case MetadataType::I16:
        return as<std::int16_t>(bytes);
    case MetadataType::U32:
        return as<std::uint32_t>(bytes);
    case MetadataType::I32:
        return as<std::int32_t>(bytes);
    case MetadataType::I64:
        return as<std::int64_t>(bytes);
    default:
        break;
    }
    const auto value = as<std::uint64_t>(bytes);
    if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return std::nullopt;
    return static_cast<std::int64_t>(value);
}

double numberAt(const std::byte* bytes, MetadataType type) {
    if (type == MetadataType::F32) return as<float>(bytes);
    if (type == MetadataType::F64) return as<double>(bytes);
    if (type == MetadataType::U64) return static_cast<double>(as<std::uint64_t>(bytes));
    return static_cast<double>(*integerAt(bytes, type));
}

} // namespace

MetadataValues::MetadataValues(const InputFile& file, std::vector<MetadataEntry> entries)
    : file_(file), entries_(std::move(entries)) {
    byKey_.reserve(entries_.size());
    for (const MetadataEntry& entry : entries_) byKey_.emplace(entry.key, &entry);
}

const MetadataEntry* MetadataValues::find(std::string_view key) const {
    const auto found = byKey_.find(key);
    return found == byKey_.end() ? nullptr : found->second;
}

void MetadataValues::refuse(GgufProblem problem, const MetadataEntry& entry, const std::string& what) const {
    refuseFile({.path = file_.path(), .sizeBytes = file_.sizeBytes(), .offset = entry.fileOffset}, problem,
               quoted(entry.key) + " " + what);
}

void MetadataValues::refuseKind(const MetadataEntry& entry, std::string_view wanted) const {
    std::string found(typeName(entry.type));
    if (entry.type == MetadataType::Array) {
        found += " whose elements are each " + std::string(typeName(entry.elementType));
    }
    refuse(GgufProblem::Type, entry, "is " + found + ", it must be " + std::string(wanted));
}

std::optional<std::int64_t> MetadataValues::integer(std::string_view key, std::int64_t minimum,
                                                    std::int64_t maximum) const {
    const MetadataEntry* entry = find(key);
    if (!entry) return std::nullopt;
    if (!isInteger(entry->type)) refuseKind(*entry, "a whole number");
    std::byte bytes[8];
    file_.read(entry->fileOffset, {bytes, entry->sizeBytes});
    const auto value = integerAt(bytes, entry->type);
    if (!value || *value < minimum || *value > maximum) {
        refuse(GgufProblem::Value, *entry,
               "is " + (value ? std::to_string(*value) : std::to_string(as<std::uint64_t>(bytes))) +
                   ", it must be between " + std::to_string(minimum) + " and " + std::to_string(maximum));
    }
    return value;
}

std::optional<double> MetadataValues::number(std::string_view key) const {
    const MetadataEntry* entry = find(key);
    if (!entry) return std::nullopt;
    if (!isInteger(entry->type) && !isFloat(entry->type)) refuseKind(*entry, "a number");
    std::byte bytes[8];
    file_.read(entry->fileOffset, {bytes, entry->sizeBytes});
    const double value = numberAt(bytes, entry->type);
    if (!std::isfinite(value)) {
        refuse(GgufProblem::Value, *entry, "is " + std::to_string(value) + ", it must be a finite number");
    }
    return value;
}

std::optional<bool> MetadataValues::boolean(std::string_view key) const {
    const MetadataEntry* entry = find(key);
    if (!entry) return std::nullopt;
    if (entry->type != MetadataType::Bool) refuseKind(*entry, "true or false");
    std::byte byte;
    file_.read(entry->fileOffset, {&byte, 1});
    return byte != std::byte{0};
}

std::optional<std::string_view> MetadataValues::string(std::string_view key, std::uint64_t most) const {
    const MetadataEntry* entry = find(key);
    if (!entry) return std::nullopt;
    if (entry->type != MetadataType::String) refuseKind(*entry, "a text");
    return text(*entry, std::min(most, entry->sizeBytes));
}

std::optional<std::vector<std::int64_t>> MetadataValues::integers(std::string_view key) const {
    const MetadataEntry* entry = find(key);
    if (!entry) return std::nullopt;
    if (entry->type != MetadataType::Array || !isInteger(entry->elementType)) {
        refuseKind(*entry, "a list of whole numbers");
    }
    const std::vector<std::byte> bytes = arrayBytes(*entry);
    const std::uint64_t step = scalarBytes(entry->elementType);
    std::vector<std::int64_t> values(entry->count);
    for (std::uint64_t i = 0; i < entry->count; ++i) {
        const auto value = integerAt(bytes.data() + i * step, entry->elementType);
        if (!value) {
            refuse(GgufProblem::Value, *entry,
                   "has an element above " + std::to_string(std::numeric_limits<std::int64_t>::max()));
        }
        values[i] = *value;
    }
    return values;
}

std::optional<std::vector<bool>> MetadataValues::booleans(std::string_view key) const {
    const MetadataEntry* entry = find(key);
    if (!entry) return std::nullopt;
    if (entry->type != MetadataType::Array || entry->elementType != MetadataType::Bool)
        refuseKind(*entry, "a list of true and false");
    std::vector<bool> values;
    for (const std::byte byte : arrayBytes(*entry)) values.push_back(byte != std::byte{0});
    return values;
}

std::optional<std::vector<float>> MetadataValues::numbers(std::string_view key) const {
    const MetadataEntry* entry = find(key);
    if (!entry) return std::nullopt;
    const bool isNumber = isInteger(entry->elementType) || isFloat(entry->elementType);
    if (entry->type != MetadataType::Array || !isNumber) refuseKind(*entry, "a list of numbers");
    const std::vector<std::byte> bytes = arrayBytes(*entry);
    const std::uint64_t step = scalarBytes(entry->elementType);
    std::vector<float> values(entry->count);
    for (std::uint64_t i = 0; i < entry->count; ++i) {
        values[i] = static_cast<float>(numberAt(bytes.data() + i * step, entry->elementType));
    }
    return values;
}

std::optional<std::vector<std::string_view>> MetadataValues::strings(std::string_view key) const {
    const MetadataEntry* entry = find(key);
    if (!entry) return std::nullopt;
    if (entry->type != MetadataType::Array || entry->elementType != MetadataType::String) {
        refuseKind(*entry, "a list of texts");
    }
    if (entry->sizeBytes > kMostTextBytes) {
        refuse(GgufProblem::Limit, *entry,
               "takes " + std::to_string(entry->sizeBytes) + " bytes, at most " +
                   std::to_string(kMostTextBytes) + " can be used");
    }
    std::string_view rest = text(*entry, entry->sizeBytes);
    std::vector<std::string_view> views(entry->count);
    for (std::string_view& view : views) {
        std::uint64_t length = 0;
        const bool hasLength = rest.size() >= sizeof length;
        if (hasLength) std::memcpy(&length, rest.data(), sizeof length);
        // The lengths were right when the file was opened.
        if (!hasLength || length > rest.size() - sizeof length) {
            refuse(GgufProblem::Changed, *entry, "was changed while the file was read");
        }
        view = rest.substr(sizeof length, length);
        rest.remove_prefix(sizeof length + length);
    }
    return views;
}

std::vector<std::byte> MetadataValues::arrayBytes(const MetadataEntry& entry) const {
    std::vector<std::byte> bytes(entry.sizeBytes);
    file_.read(entry.fileOffset, bytes);
    return bytes;
}

const std::string& MetadataValues::text(const MetadataEntry& entry, std::uint64_t bytes) const {
    const std::lock_guard lock(mutex_);
    const auto [place, isNew] = texts_.try_emplace({&entry, bytes});
    if (!isNew) return place->second;
    try {
        place->second.resize(bytes);
        file_.read(entry.fileOffset, std::as_writable_bytes(std::span(place->second)));
    } catch (...) {
        texts_.erase(place);
        throw;
    }
    return place->second;
}

} // namespace ponder::engine
