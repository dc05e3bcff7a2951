#include "engine/convert/folder_tensors.h"

#include "engine/convert/settings_file.h"
#include "engine/format/gguf_problem.h"
#include "engine/support/check.h"
#include "kernels/half.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <set>

namespace ponder::engine {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMostIndexBytes = 128u << 20;
constexpr std::string_view kOnlyFile = "model.safetensors";
constexpr std::string_view kExtension = ".safetensors";
constexpr std::string_view kTogether = " Download the folder again.";

/// Names of the files in which the weights are, without folders.
std::set<std::string> weightFiles(const std::string& folder) {
    std::set<std::string> names;
    const fs::path index = fs::path(folder) / "model.safetensors.index.json";
    if (!fs::exists(index)) {
        // The usual name is looked for first: where a folder may not be listed, it can be opened all the
        // same.
        if (fs::exists(fs::path(folder) / kOnlyFile)) return {std::string(kOnlyFile)};
        std::error_code error;
        for (const auto& entry : fs::directory_iterator(folder, error))
            if (entry.path().extension() == kExtension) names.insert(entry.path().filename().string());
        if (error)
            throw Error("The folder " + engine::quoted(folder) + " cannot be read: " + error.message() + ".");
        return names;
    }
    const SettingsFile file(index.string(), kMostIndexBytes);
    const SettingsFile places = file.object("weight_map");
    for (const auto& [tensor, place] : places.value().items()) {
        if (!place.is_string()) places.refuse(tensor, "the name of a file");
        const auto& name = place.get_ref<const std::string&>();
        // A name with a folder in it could lead anywhere.
        if (name.find('/') != std::string::npos || !name.ends_with(kExtension))
            places.refuse(tensor, "the name of a .safetensors file in the same folder");
        names.insert(name);
    }
    return names;
}

std::array<float, 256> e4m3Table() {
    std::array<float, 256> table{};
    for (int code = 0; code < 256; ++code) {
        const int exponent = code >> 3 & 15;
        const auto mantissa = static_cast<float>(code & 7);
        float value = exponent == 0 ? std::ldexp(mantissa, -9) : std::ldexp(1 + mantissa / 8, exponent - 7);
        if ((code & 127) == 127) value = NAN;
        table[static_cast<std::size_t>(code)] = code & 128 ? -value : value;
    }
    return table;
}

void decode(SafetensorsType type, const std::byte* bytes, std::int64_t count, float* values) {
    if (type == SafetensorsType::F32) {
        std::memcpy(values, bytes, static_cast<std::size_t>(count) * sizeof(float));
        return;
    }
    for (std::int64_t i = 0; i < count; ++i) {
        if (type == SafetensorsType::F8E4M3) {
            values[i] = e4m3ToFloat(std::to_integer<std::uint8_t>(bytes[i]));
            continue;
        }
        std::uint16_t half;
        std::memcpy(&half, bytes + 2 * i, sizeof half);
        values[i] = type == SafetensorsType::BF16 ? kernels::bfloatToFloat(half) : kernels::halfToFloat(half);
    }
}

} // namespace

float e4m3ToFloat(std::uint8_t code) {
    static const std::array<float, 256> table = e4m3Table();
    return table[code];
}

FolderTensors::FolderTensors(const std::string& folder) : folder_(folder) {
    for (const std::string& name : weightFiles(folder)) open((fs::path(folder) / name).string());
    if (byName_.empty())
        throw Error("The folder " + engine::quoted(folder) +
                    " has no weights: there is no .safetensors file in it. Choose a folder as it is "
                    "downloaded from Hugging Face.");
}

void FolderTensors::open(const std::string& path) {
    const SafetensorsFile& file = files_.emplace_back(path);
    for (const SafetensorsEntry& entry : file.entries()) {
        if (!byName_.emplace(entry.name, &entry).second)
            throw Error("The tensor " + engine::quoted(entry.name) + " is in two files of " +
                        engine::quoted(folder_) + "." + std::string(kTogether));
        fileByEntry_.emplace(&entry, &file);
    }
}

const SafetensorsEntry* FolderTensors::find(std::string_view name) const {
    const auto found = byName_.find(name);
    return found == byName_.end() ? nullptr : found->second;
}

const SafetensorsEntry& FolderTensors::need(std::string_view name) const {
    if (const SafetensorsEntry* entry = find(name)) return *entry;
    throw Error("The tensor " + engine::quoted(name) + " is missing in " + engine::quoted(folder_) + "." +
                std::string(kTogether));
}

const SafetensorsFile& FolderTensors::fileOf(const SafetensorsEntry& entry) const {
    return *fileByEntry_.at(&entry);
}

void FolderTensors::setScaleBlock(std::int64_t rows, std::int64_t columns) {
    CHECK(rows > 0 && columns > 0);
    blockRows_ = rows;
    blockColumns_ = columns;
}

void FolderTensors::readRows(const SafetensorsEntry& entry, std::int64_t first, std::int64_t count,
                             float* values) const {
    if (entry.type == SafetensorsType::Other)
        throw Error("The tensor " + engine::quoted(entry.name) + " is of type " +
                    engine::quoted(entry.typeName) +
                    ", which Ponder cannot convert. It converts F32, F16, BF16 and F8_E4M3; choose a "
                    "repository that has those.");
    const std::uint64_t width = safetensorsTypeBytes(entry.typeName);
    const std::int64_t columns = entry.columns();
    std::vector<std::byte> bytes(static_cast<std::size_t>(count * columns) * width);
    fileOf(entry).read(entry, static_cast<std::uint64_t>(first * columns) * width, bytes);
    decode(entry.type, bytes.data(), count * columns, values);
    if (entry.type == SafetensorsType::F8E4M3) applyScales(entry, first, count, values);
}

void FolderTensors::applyScales(const SafetensorsEntry& entry, std::int64_t first, std::int64_t count,
                                float* values) const {
    const SafetensorsEntry& scales = need(entry.name + "_scale_inv");
    const std::int64_t columns = entry.columns();
    const auto blocks = [](std::int64_t length, std::int64_t block) { return (length + block - 1) / block; };
    const std::vector<std::int64_t> wanted{
        blocks(entry.elements() / std::max<std::int64_t>(1, columns), blockRows_),
        blocks(columns, blockColumns_)};
    if (scales.shape != wanted || scales.type == SafetensorsType::F8E4M3)
        throw Error("The scales " + engine::quoted(scales.name) + " do not fit their tensor: one for every " +
                    std::to_string(blockRows_) + " × " + std::to_string(blockColumns_) +
                    " numbers was expected." + std::string(kTogether));
    std::vector<float> row(static_cast<std::size_t>(wanted[1]));
    std::int64_t held = -1;
    for (std::int64_t i = 0; i < count; ++i) {
        const std::int64_t block = (first + i) / blockRows_;
        if (block != held) readRows(scales, block, 1, row.data());
        held = block;
        for (std::int64_t j = 0; j < columns; ++j)
            values[i * columns + j] *= row[static_cast<std::size_t>(j / blockColumns_)];
    }
}

void FolderTensors::checkUnchanged() const {
    for (const SafetensorsFile& file : files_) file.checkUnchanged();
}

} // namespace ponder::engine
