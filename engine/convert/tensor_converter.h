#pragma once

#include "engine/convert/folder_tensors.h"
#include "engine/convert/tensor_plan.h"
#include "engine/format/gguf_writer.h"
#include "engine/support/thread_pool.h"

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace ponder::engine {

/// Takes the next bytes of a tensor.
using BlockSink = std::function<void(std::span<const std::byte> blocks)>;

/// Turns planned tensors into the blocks of their types, a few MiB of numbers at a time, on all threads.
class TensorConverter {
public:
    /// Keeps a reference to `folder`.
    TensorConverter(const FolderTensors& folder, int threads) : folder_(folder), pool_(threads) {}

    /// Throws Error: the folder cannot be read, or has numbers that are none or that the type cannot hold;
    /// and whatever `sink` throws.
    void convert(const PlannedTensor& tensor, const TensorDescription& description, const BlockSink& sink);

private:
    std::span<const std::byte> blocksOf(std::span<const float> rows, kernels::TensorType type);

    const FolderTensors& folder_;
    ThreadPool pool_;
    std::vector<std::byte> blocks_;
};

} // namespace ponder::engine
