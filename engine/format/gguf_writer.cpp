#include "engine/format/gguf_writer.h"

#include "engine/support/check.h"

#include <cstring>

namespace ponder::engine {

namespace {

constexpr std::uint64_t kAlignment = 32;
constexpr std::uint32_t kVersion = 3;

template <typename Number>
void append(std::string& bytes, Number value) {
    char raw[sizeof value];
    std::memcpy(raw, &value, sizeof value);
    bytes.append(raw, sizeof value);
}

} // namespace

std::int64_t TensorDescription::elements() const {
    std::int64_t count = 1;
    for (const std::int64_t length : shape) count *= length;
    return count;
}

std::uint64_t TensorDescription::sizeBytes() const {
    return static_cast<std::uint64_t>(elements() / shape.front()) * kernels::rowBytes(type, shape.front());
}

std::uint64_t ggufAligned(std::uint64_t bytes) {
    return (bytes + kAlignment - 1) / kAlignment * kAlignment;
}

std::uint64_t ggufDataBytes(std::span<const TensorDescription> tensors) {
    std::uint64_t bytes = 0;
    for (const TensorDescription& tensor : tensors) bytes += ggufAligned(tensor.sizeBytes());
    return bytes;
}

std::string ggufHeader(const GgufMetadata& metadata, std::span<const TensorDescription> tensors) {
    std::string header = "GGUF";
    append<std::uint32_t>(header, kVersion);
    append<std::uint64_t>(header, tensors.size());
    append<std::uint64_t>(header, metadata.count());
    header += metadata.bytes();
    std::uint64_t offset = 0;
    for (const TensorDescription& tensor : tensors) {
        append<std::uint64_t>(header, tensor.name.size());
        header += tensor.name;
        append<std::uint32_t>(header, static_cast<std::uint32_t>(tensor.shape.size()));
        for (const std::int64_t length : tensor.shape)
            append<std::uint64_t>(header, static_cast<std::uint64_t>(length));
        append<std::uint32_t>(header, static_cast<std::uint32_t>(tensor.type));
        append<std::uint64_t>(header, offset);
        offset += ggufAligned(tensor.sizeBytes());
    }
    header.resize(ggufAligned(header.size()), '\0');
    return header;
}

GgufWriter::GgufWriter(const std::string& path, const GgufMetadata& metadata,
                       std::vector<TensorDescription> tensors)
    : file_(path), tensors_(std::move(tensors)) {
    const std::string header = ggufHeader(metadata, tensors_);
    file_.append(std::as_bytes(std::span(header)));
    sizeBytes_ = header.size() + ggufDataBytes(tensors_);
}

void GgufWriter::pad() {
    const std::byte zeros[kAlignment] = {};
    const std::uint64_t at = file_.bytesWritten();
    file_.append(std::span(zeros).first(ggufAligned(at) - at));
}

void GgufWriter::append(std::span<const std::byte> bytes) {
    CHECK(current_ < tensors_.size());
    const std::uint64_t size = tensors_[current_].sizeBytes();
    CHECK(bytes.size() <= size - written_);
    file_.append(bytes);
    written_ += bytes.size();
    if (written_ < size) return;
    pad();
    written_ = 0;
    ++current_;
}

void GgufWriter::finish() {
    CHECK(current_ == tensors_.size());
    file_.publish();
}

} // namespace ponder::engine
