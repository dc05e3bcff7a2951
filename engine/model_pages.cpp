#include "engine/model_pages.h"

#include "engine/support/error.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <string>
#include <unistd.h>

namespace ponder::engine {

namespace {

constexpr std::uint64_t kPage = 4096;
// Between two looks at the stop token: some milliseconds of a slow disk.
constexpr std::uint64_t kStretch = std::uint64_t{8} << 20;

bool isExpert(const Tensor& tensor) {
    return tensor.name.find("_exps.") != std::string::npos;
}

std::string gigabytes(std::uint64_t bytes) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f GB", static_cast<double>(bytes) / 1e9);
    return text;
}

void checkMemory(std::uint64_t needed) {
    const long pages = sysconf(_SC_PHYS_PAGES);
    if (pages <= 0) return;
    const std::uint64_t total =
        static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
    if (needed > total) {
        throw Error("The model needs " + gigabytes(needed) +
                    " of memory for every token, this computer has " + gigabytes(total) +
                    ". Choose a smaller model or a smaller quantisation of it.");
    }
}

} // namespace

std::optional<std::uint64_t> freeMemoryBytes() {
    std::ifstream info("/proc/meminfo");
    std::string name;
    std::uint64_t kilobytes = 0;
    while (info >> name >> kilobytes) {
        if (name == "MemAvailable:") return kilobytes * 1024;
        info.ignore(64, '\n');
    }
    return std::nullopt;
}

void readDensePages(const GgufFile& file, const std::function<void(double)>& progress, std::stop_token stop) {
    std::uint64_t total = 0;
    for (const Tensor& tensor : file.tensors()) total += isExpert(tensor) ? 0 : tensor.sizeBytes;
    checkMemory(total);
    if (progress) progress(0);
    std::uint64_t done = 0;
    volatile unsigned touched = 0;
    for (const Tensor& tensor : file.tensors()) {
        if (isExpert(tensor)) continue;
        for (std::uint64_t at = 0; at < tensor.sizeBytes; at += kStretch) {
            if (stop.stop_requested()) throw Error("Loading was cancelled.");
            const std::uint64_t end = std::min(tensor.sizeBytes, at + kStretch);
            for (std::uint64_t byte = at; byte < end; byte += kPage) {
                touched = touched + static_cast<unsigned>(tensor.bytes[byte]);
            }
            done += end - at;
            if (progress && end - at == kStretch)
                progress(static_cast<double>(done) / static_cast<double>(total));
        }
    }
    if (progress) progress(1);
}

} // namespace ponder::engine
