#include "engine/model_pages.h"

#include "engine/machine.h"
#include "engine/support/error.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <sys/mman.h>
#include <vector>

namespace ponder::engine {

namespace {

constexpr std::uint64_t kPage = 4096;
// Between two looks at the stop token: some milliseconds of a slow disk.
constexpr std::uint64_t kStretch = std::uint64_t{4} << 20;
// Less than this left in the machine, and no expert is read that nobody asked for.
constexpr std::uint64_t kLeastFree = std::uint64_t{256} << 20;
constexpr std::uint64_t kLooksAtMachine = std::uint64_t{256} << 20; // once in so many bytes
// Newer than Debian 12's oldest kernel headers; the call says EINVAL where the kernel does not know it.
constexpr int kPopulateRead = 22;

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
        if (model.isInMemory(tensor)) continue;
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

/// Every page of it becomes part of this process.
void readPages(const std::byte* bytes, std::uint64_t count) {
    const auto address = reinterpret_cast<std::uintptr_t>(bytes);
    const std::uintptr_t first = address / kPage * kPage;
    // One call for all pages: faults one by one read a slow disk in small pieces.
    if (::madvise(reinterpret_cast<void*>(first), address + count - first, kPopulateRead) == 0) return;
    volatile unsigned touched = 0;
    for (std::uint64_t at = 0; at < count; at += kPage) touched = touched + static_cast<unsigned>(bytes[at]);
}

} // namespace

void readModelPages(const Model& model, double expertShare, const std::function<void(double)>& progress,
                    std::stop_token stop) {
    const std::vector<Stretch> stretches = wantedStretches(model, expertShare);
    const std::uint64_t total = bytesOf(stretches);
    if (progress) progress(0);
    std::uint64_t done = 0;
    std::uint64_t looked = 0;
    for (const Stretch& stretch : stretches) {
        for (std::uint64_t at = 0; at < stretch.count; at += kStretch) {
            if (stop.stop_requested()) throw Error("Loading was cancelled.");
            if (stretch.isExpert && (looked == 0 || done - looked > kLooksAtMachine)) {
                if (lookAtMachine().freeBytes < kLeastFree) {
                    if (progress) progress(1);
                    return;
                }
                looked = std::max<std::uint64_t>(1, done);
            }
            const std::uint64_t count = std::min(kStretch, stretch.count - at);
            readPages(stretch.bytes + at, count);
            done += count;
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
