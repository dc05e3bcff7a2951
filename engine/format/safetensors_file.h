#pragma once

#include "engine/format/input_file.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ponder::engine {

/// How the numbers of a safetensors tensor are stored. Others than these are refused when they are read.
enum class SafetensorsType {
    F32,
    F16,
    BF16,
    F8E4M3, ///< one byte: sign, four bits of exponent with bias 7, three of mantissa; 0x7F and 0xFF are NaN
    Other,
};

/// One tensor as a file's header describes it.
struct SafetensorsEntry {
    std::string name;
    SafetensorsType type = SafetensorsType::Other;
    std::string typeName;            ///< as the file has it, "BF16"
    std::vector<std::int64_t> shape; ///< slowest first, as PyTorch has it; the last one counts a row
    std::uint64_t fileOffset = 0;
    std::uint64_t sizeBytes = 0;

    std::int64_t columns() const { return shape.empty() ? 1 : shape.back(); }
    std::int64_t elements() const;
};

/// A file of the safetensors format (huggingface.co/docs/safetensors, "Format"): the length of a JSON header,
/// the header, the data. Nothing the header says is believed: every tensor lies within the data, they fill it
/// without gap or overlap, and every size is that of its shape. Immutable, any thread may read.
class SafetensorsFile {
public:
    /// Throws GgufError or Error that names field, value and byte offset.
    explicit SafetensorsFile(const std::string& path);

    const std::string& path() const { return file_.path(); }
    std::span<const SafetensorsEntry> entries() const { return entries_; }
    /// Bytes [first, first + target.size()) of a tensor. Throws Error. Requires: they are within it.
    void read(const SafetensorsEntry& entry, std::uint64_t first, std::span<std::byte> target) const;
    /// Throws GgufError (Changed) where the file is another one than was opened.
    void checkUnchanged() const { file_.checkUnchanged(); }

private:
    InputFile file_;
    std::vector<SafetensorsEntry> entries_;
};

/// Bytes of one number; 0 for a type that is not known.
std::uint64_t safetensorsTypeBytes(std::string_view typeName);

} // namespace ponder::engine
