#include "tests/support/image_of_file.h"

#include "engine/format/gguf_file.h"
#include "tests/support/temp_dir.h"

namespace ponder::tests {

GgufImage imageOfFile(const std::string& path) {
    const engine::GgufFile file = engine::GgufFile::open(path, engine::GgufFile::Access::Weights);
    const std::string bytes = contentOf(path);
    GgufImage image;
    for (const engine::MetadataEntry& entry : file.metadata()) {
        GgufValue value{static_cast<std::uint32_t>(entry.type),
                        bytes.substr(entry.fileOffset, entry.sizeBytes)};
        if (entry.type == engine::MetadataType::String)
            value.bytes.insert(0, littleEndian(entry.sizeBytes));
        else if (entry.type == engine::MetadataType::Array)
            value.bytes.insert(0, littleEndian(static_cast<std::uint32_t>(entry.elementType)) +
                                      littleEndian(entry.count));
        image.set(entry.key, std::move(value));
    }
    for (const engine::Tensor& tensor : file.tensors()) {
        GgufTensor copy;
        copy.name = tensor.name;
        for (int i = 0; i < tensor.dimensions; ++i)
            copy.shape.push_back(static_cast<std::uint64_t>(tensor.shape[static_cast<std::size_t>(i)]));
        copy.data.assign(reinterpret_cast<const char*>(tensor.bytes), tensor.sizeBytes);
        copy.type = static_cast<std::uint32_t>(tensor.type);
        image.tensors.push_back(std::move(copy));
    }
    return image;
}

} // namespace ponder::tests
