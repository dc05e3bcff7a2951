#include "engine/model_pages.h"

#include "engine/memory_watch.h"
#include "engine/support/error.h"
#include "engine/support/mapped_pages.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace ponder::engine {

namespace {

// Between two looks at the stop token: some milliseconds of a slow disk.
constexpr std::uint64_t kStretch = std::uint64_t{4} << 20;

/// Bytes of the map to be read.
struct Stretch {
    const std::byte* bytes = nullptr;
    std::uint64_t count = 0;
    bool isExpert = false;
};

bool isExpert(const Tensor& tensor) {
    return tensor.name.find("_exps.") != std::string::npos;
}

std::vector<Stretch> wantedStretches(const Model& model, double expertShare) {
    std::vector<Stretch> dense, experts;
    for (const Tensor& tensor : model.file().tensors()) {
        if (model.isInMemory(tensor) || model.useOf(tensor) == TensorUse::None) continue;
        // The draft head is used where all experts are in memory.
        if (model.useOf(tensor) == TensorUse::DraftHead && expertShare < 1) continue;
        if (!isExpert(tensor)) {
            dense.push_back({tensor.bytes, tensor.sizeBytes, false});
            continue;
        }
        const auto share = static_cast<std::uint64_t>(static_cast<double>(tensor.sizeBytes) * expertShare);
        const std::uint64_t count = std::min(tensor.sizeBytes, share);
        if (count > 0) experts.push_back({tensor.bytes, count, true});
    }
    dense.insert(dense.end(), experts.begin(), experts.end());
    return dense;
}

std::uint64_t bytesOf(const std::vector<Stretch>& stretches) {
    std::uint64_t bytes = 0;
    for (const Stretch& stretch : stretches) bytes += stretch.count;
    return bytes;
}

} // namespace

void readModelPages(const Model& model, double expertShare, const std::function<void(double)>& progress,
                    std::stop_token stop) {
    const std::vector<Stretch> stretches = wantedStretches(model, expertShare);
    const std::uint64_t total = bytesOf(stretches);
    if (progress) progress(0);
    std::uint64_t done = 0;
    MemoryWatch memory;
    std::uint64_t read = 0; // since memory was asked about
    for (const Stretch& stretch : stretches) {
        for (std::uint64_t at = 0; at < stretch.count; at += kStretch) {
            if (stop.stop_requested()) throw Error("Loading was cancelled.");
            if (stretch.isExpert && memory.isShort(std::exchange(read, 0))) {
                if (progress) progress(1);
                return;
            }
            const std::uint64_t count = std::min(kStretch, stretch.count - at);
            readMappedPages(stretch.bytes + at, count);
            done += count;
            read += count;
            if (progress && count == kStretch)
                progress(static_cast<double>(done) / static_cast<double>(total));
        }
    }
    if (progress) progress(1);
}

std::uint64_t bytesOfModelPages(const Model& model, double expertShare) {
    return bytesOf(wantedStretches(model, expertShare));
}

} // namespace ponder::engine
