#pragma once

#include "engine/format/gguf_metadata.h"
#include "engine/format/output_file.h"
#include "kernels/quant_blocks.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace ponder::engine {

/// A tensor that is going to be written. GGUF order: shape[0] is the length of a row.
struct TensorDescription {
    std::string name;
    kernels::TensorType type = kernels::TensorType::F32;
    std::vector<std::int64_t> shape;

    std::int64_t elements() const;
    std::uint64_t sizeBytes() const;
};

/// The beginning of a GGUF file (version 3, alignment 32), up to its data.
std::string ggufHeader(const GgufMetadata& metadata, std::span<const TensorDescription> tensors);
/// Bytes of the data behind it, each tensor with its padding.
std::uint64_t ggufDataBytes(std::span<const TensorDescription> tensors);
std::uint64_t ggufAligned(std::uint64_t bytes);

/// Writes one GGUF file (version 3, alignment 32) from its beginning to its end: the header at once, then the
/// tensors' bytes in the order of their descriptions, in pieces of any size. The file has its name only after
/// `finish`; before that nothing is left of it when this ends.
class GgufWriter {
public:
    /// Throws Error where `path` is there already or cannot be written.
    GgufWriter(const std::string& path, const GgufMetadata& metadata, std::vector<TensorDescription> tensors);

    /// The next bytes of the tensor that is being written. Throws Error: the disk is full. Requires: no more
    /// than the tensor has.
    void append(std::span<const std::byte> bytes);
    /// Whole tensors written so far.
    std::size_t tensorsDone() const { return current_; }
    std::uint64_t bytesWritten() const { return file_.bytesWritten(); }
    /// Of the whole file.
    std::uint64_t sizeBytes() const { return sizeBytes_; }

    /// Requires: all tensors were written. Throws Error.
    void finish();

private:
    void pad();

    OutputFile file_;
    std::vector<TensorDescription> tensors_;
    std::size_t current_ = 0;
    std::uint64_t written_ = 0; // of the current tensor
    std::uint64_t sizeBytes_ = 0;
};

} // namespace ponder::engine
