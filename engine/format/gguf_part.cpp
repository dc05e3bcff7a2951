#include "engine/format/gguf_part.h"

#include "engine/format/file_signature.h"
#include "engine/format/header_reader.h"
#include "engine/format/metadata_parser.h"
#include "engine/format/tensor_layout.h"
#include "engine/format/tensor_parser.h"

#include <algorithm>

namespace ponder::engine {

namespace {

constexpr std::string_view kMagic = "GGUF";
constexpr std::uint64_t kSniffed = 64;
constexpr std::uint32_t kOldestVersion = 2;
constexpr std::uint32_t kNewestVersion = 3;
constexpr std::int64_t kUsualAlignment = 32;
constexpr std::int64_t kLeastAlignment = 8;
constexpr std::int64_t kMostAlignment = 64 * 1024;

void checkMagic(HeaderReader& reader) {
    if (reader.remaining() == 0) reader.refuse(GgufProblem::Truncated, "the file is empty", 0);
    HeaderReader ahead = reader;
    const std::string_view start = ahead.take(std::min(kSniffed, ahead.remaining()), "the magic");
    if (start.size() < kMagic.size() && kMagic.starts_with(start)) reader.take(kMagic.size(), "the magic");
    if (!start.starts_with(kMagic)) {
        const std::string_view meaning = looksLike(start);
        reader.refuse(GgufProblem::Magic,
                      "it is not a GGUF file, it begins with " + quoted(start.substr(0, 8)) +
                          (meaning.empty() ? "" : " and looks like " + std::string(meaning)),
                      0);
    }
    reader.skip(kMagic.size(), "the magic");
}

std::uint32_t readVersion(HeaderReader& reader) {
    const std::uint64_t place = reader.position();
    const std::uint32_t version = reader.u32("the version");
    if (version >= kOldestVersion && version <= kNewestVersion) return version;
    const std::uint32_t swapped = __builtin_bswap32(version);
    reader.refuse(GgufProblem::Version,
                  "its version is " + std::to_string(version) + ", versions 2 and 3 can be read" +
                      (swapped > 0 && swapped <= kNewestVersion ? "; it looks like a big-endian file" : ""),
                  place);
}

std::uint64_t readAlignment(const MetadataValues& metadata) {
    constexpr std::string_view kKey = "general.alignment";
    const MetadataEntry* entry = metadata.find(kKey);
    if (!entry) return kUsualAlignment;
    // The format has an unsigned number here. Not taken as mildly as a setting: it decides where all data
    // lie.
    const bool isUnsigned = entry->type == MetadataType::U32 || entry->type == MetadataType::U64 ||
                            entry->type == MetadataType::U16 || entry->type == MetadataType::U8;
    if (!isUnsigned) {
        metadata.refuse(GgufProblem::Type, *entry,
                        "is " + std::string(typeName(entry->type)) + ", it must be an unsigned integer");
    }
    const std::int64_t alignment = *metadata.integer(kKey, 0, INT64_MAX);
    const bool isPowerOfTwo = (alignment & (alignment - 1)) == 0;
    if (alignment < kLeastAlignment || alignment > kMostAlignment || !isPowerOfTwo) {
        metadata.refuse(GgufProblem::Alignment, *entry,
                        "is " + std::to_string(alignment) + ", it must be a power of two from " +
                            std::to_string(kLeastAlignment) + " to " + std::to_string(kMostAlignment));
    }
    return static_cast<std::uint64_t>(alignment);
}

} // namespace

std::unique_ptr<GgufPart> openPart(InputFile file) {
    auto part = std::make_unique<GgufPart>(
        GgufPart{.file = std::move(file), .metadata = {}, .tensors = {}, .notices = {}});
    HeaderReader reader(part->file);
    checkMagic(reader);
    part->version = readVersion(reader);
    const std::uint64_t tensorCount = reader.u64("the number of tensors");
    const std::uint64_t entryCount = reader.u64("the number of metadata entries");
    checkTensorCount(reader, tensorCount);
    part->metadata = std::make_unique<const MetadataValues>(part->file, parseMetadata(reader, entryCount));
    const std::uint64_t alignment = readAlignment(*part->metadata);
    part->tensors = parseTensors(reader, tensorCount);
    part->headerEnd = reader.position();
    placeTensors(part->file, {.headerEnd = part->headerEnd, .alignment = alignment}, part->tensors,
                 part->notices);
    return part;
}

} // namespace ponder::engine
