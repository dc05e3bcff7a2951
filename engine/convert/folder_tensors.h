#pragma once

#include "engine/format/safetensors_file.h"

#include <deque>
#include <map>
#include <string>
#include <string_view>

namespace ponder::engine {

/// The weights of a model folder: the tensors of all its safetensors files by name, read as floats row by
/// row. Immutable, any thread may read. A tensor's last dimension counts a row, the others count rows.
class FolderTensors {
public:
    /// Opens the files that model.safetensors.index.json names, or model.safetensors, or all *.safetensors.
    /// Throws Error: none there, one is missing or damaged, a tensor is there twice.
    explicit FolderTensors(const std::string& folder);

    const SafetensorsEntry* find(std::string_view name) const;
    /// Throws Error where it is missing.
    const SafetensorsEntry& need(std::string_view name) const;
    /// All tensors in the order of their names.
    const std::map<std::string, const SafetensorsEntry*, std::less<>>& byName() const { return byName_; }

    /// Writes rows [first, first + count) of a tensor as floats. E4M3 numbers are multiplied by the scale of
    /// their block, NAME_scale_inv: one for `blockRows` × `blockColumns` of them. Throws Error: a type that
    /// is not known, scales that are missing or of another shape. Requires: the rows are there.
    void readRows(const SafetensorsEntry& entry, std::int64_t first, std::int64_t count, float* values) const;

    /// The size of the blocks that E4M3 tensors have scales for; 128 × 128 unless the folder says otherwise.
    void setScaleBlock(std::int64_t rows, std::int64_t columns);

    /// Throws Error where a file is another one than was opened.
    void checkUnchanged() const;

private:
    void open(const std::string& path);
    const SafetensorsFile& fileOf(const SafetensorsEntry& entry) const;
    void applyScales(const SafetensorsEntry& entry, std::int64_t first, std::int64_t count,
                     float* values) const;

    std::string folder_;
    std::deque<SafetensorsFile> files_;
    std::map<std::string, const SafetensorsEntry*, std::less<>> byName_;
    std::map<const SafetensorsEntry*, const SafetensorsFile*> fileByEntry_;
    std::int64_t blockRows_ = 128;
    std::int64_t blockColumns_ = 128;
};

/// The float that an E4M3 byte stands for (OCP 8-bit floating point, "FN": no infinities).
float e4m3ToFloat(std::uint8_t code);

} // namespace ponder::engine
