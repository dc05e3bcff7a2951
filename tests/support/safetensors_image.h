#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace ponder::tests {

struct SafetensorsTensor {
    std::string name;
    std::string type = "F32";
    std::vector<std::int64_t> shape; ///< slowest first
    std::string data;
};

/// A safetensors file in memory, sound unless one of its fields is set to something else.
struct SafetensorsImage {
    std::vector<SafetensorsTensor> tensors;
    std::optional<std::uint64_t> headerBytes; ///< claimed instead of the true ones
    std::optional<std::string> header;        ///< instead of the true one
    std::string tail;                         ///< behind the data

    std::string trueHeader() const;
    std::string bytes() const;
    void write(const std::filesystem::path& path) const;
};

/// A tensor of these numbers.
SafetensorsTensor floatTensor(std::string name, std::vector<std::int64_t> shape,
                              const std::vector<float>& values);

} // namespace ponder::tests
