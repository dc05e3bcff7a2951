#include "tests/support/safetensors_image.h"

#include <cstring>
#include <fstream>

namespace ponder::tests {

std::string SafetensorsImage::trueHeader() const {
    std::string text = R"({"__metadata__":{"format":"pt"})";
    std::uint64_t at = 0;
    for (const SafetensorsTensor& tensor : tensors) {
        std::string shape;
        for (const std::int64_t length : tensor.shape)
            shape += (shape.empty() ? "" : ",") + std::to_string(length);
        const std::uint64_t end = at + tensor.data.size();
        text += ",\"" + tensor.name + "\":{\"dtype\":\"" + tensor.type + "\",\"shape\":[" + shape +
                "],\"data_offsets\":[" + std::to_string(at) + "," + std::to_string(end) + "]}";
        at = end;
    }
    return text + "}";
}

std::string SafetensorsImage::bytes() const {
    const std::string text = header.value_or(trueHeader());
    const std::uint64_t length = headerBytes.value_or(text.size());
    std::string all(sizeof length, '\0');
    std::memcpy(all.data(), &length, sizeof length);
    all += text;
    for (const SafetensorsTensor& tensor : tensors) all += tensor.data;
    return all + tail;
}

void SafetensorsImage::write(const std::filesystem::path& path) const {
    const std::string all = bytes();
    std::ofstream(path, std::ios::binary).write(all.data(), static_cast<std::streamsize>(all.size()));
}

SafetensorsTensor floatTensor(std::string name, std::vector<std::int64_t> shape,
                              const std::vector<float>& values) {
    return {.name = std::move(name),
            .type = "F32",
            .shape = std::move(shape),
            .data = std::string(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float))};
}

} // namespace ponder::tests
