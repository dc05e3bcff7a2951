#include "engine/format/safetensors_file.h"

#include "engine/format/gguf_problem.h"
#include "engine/format/safetensors_header.h"
#include "engine/support/check.h"

#include <algorithm>
#include <cstring>

namespace ponder::engine {

namespace {

constexpr std::uint64_t kLengthBytes = 8;
// The format's own limit; the largest published models need a tenth of it.
constexpr std::uint64_t kMostHeaderBytes = 100'000'000;

/// Brings the offsets into the file and checks that the tensors fill the data one behind the other.
void placeEntries(std::vector<SafetensorsEntry>& entries, const InputFile& file, std::uint64_t dataStart) {
    std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
        return a.fileOffset != b.fileOffset ? a.fileOffset < b.fileOffset : a.sizeBytes < b.sizeBytes;
    });
    const std::uint64_t dataBytes = file.sizeBytes() - dataStart;
    std::uint64_t end = 0;
    const auto refuse = [&](GgufProblem problem, const std::string& what) {
        refuseFile({.path = file.path(), .sizeBytes = file.sizeBytes(), .offset = dataStart + end}, problem,
                   what);
    };
    for (SafetensorsEntry& entry : entries) {
        const std::string what = "tensor " + quoted(entry.name);
        if (entry.fileOffset < end) refuse(GgufProblem::Overlap, what + " overlaps the one before it");
        if (entry.fileOffset > end)
            refuse(GgufProblem::Layout,
                   "there is a gap of " + std::to_string(entry.fileOffset - end) + " bytes before " + what);
        if (entry.sizeBytes > dataBytes - end)
            refuse(GgufProblem::Bounds, what + " ends behind the end of the file: it needs " +
                                            std::to_string(entry.sizeBytes) + " bytes, " +
                                            std::to_string(dataBytes - end) + " are left");
        end += entry.sizeBytes;
        entry.fileOffset += dataStart;
    }
    if (end != dataBytes)
        refuse(GgufProblem::Trailing, std::to_string(dataBytes - end) + " bytes lie behind the last tensor");
}

} // namespace

std::uint64_t safetensorsTypeBytes(std::string_view typeName) {
    struct Width {
        std::string_view name;
        std::uint64_t bytes;
    };
    static constexpr Width kWidths[] = {
        {"F64", 8},     {"I64", 8},     {"U64", 8},     {"F32", 4},  {"I32", 4}, {"U32", 4},
        {"F16", 2},     {"BF16", 2},    {"I16", 2},     {"U16", 2},  {"I8", 1},  {"U8", 1},
        {"F8_E4M3", 1}, {"F8_E5M2", 1}, {"F8_E8M0", 1}, {"BOOL", 1},
    };
    for (const Width& width : kWidths)
        if (width.name == typeName) return width.bytes;
    return 0;
}

std::int64_t SafetensorsEntry::elements() const {
    std::int64_t count = 1;
    for (const std::int64_t length : shape) count *= length;
    return count;
}

SafetensorsFile::SafetensorsFile(const std::string& path) : file_(path) {
    const FilePlace place{.path = file_.path(), .sizeBytes = file_.sizeBytes(), .offset = kLengthBytes};
    std::uint64_t headerBytes = 0;
    if (file_.sizeBytes() < kLengthBytes)
        refuseFile({.path = file_.path(), .sizeBytes = file_.sizeBytes(), .offset = 0},
                   GgufProblem::Truncated, "it has no header of the safetensors format");
    file_.read(0, std::as_writable_bytes(std::span(&headerBytes, 1)));
    if (headerBytes > file_.sizeBytes() - kLengthBytes)
        refuseFile(place, GgufProblem::Length,
                   "its header is said to have " + std::to_string(headerBytes) +
                       " bytes, which end behind the file's");
    if (headerBytes > kMostHeaderBytes)
        refuseFile(place, GgufProblem::Limit,
                   "its header has " + std::to_string(headerBytes) + " bytes, at most " +
                       std::to_string(kMostHeaderBytes) + " are allowed");
    std::string header(headerBytes, '\0');
    file_.read(kLengthBytes, std::as_writable_bytes(std::span(header)));
    entries_ = parseSafetensorsHeader(header, place);
    placeEntries(entries_, file_, kLengthBytes + headerBytes);
    file_.checkUnchanged();
}

void SafetensorsFile::read(const SafetensorsEntry& entry, std::uint64_t first,
                           std::span<std::byte> target) const {
    CHECK(first <= entry.sizeBytes && target.size() <= entry.sizeBytes - first);
    file_.read(entry.fileOffset + first, target);
}

} // namespace ponder::engine
