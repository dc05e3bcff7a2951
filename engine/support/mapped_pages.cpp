#include "engine/support/mapped_pages.h"

#include <sys/mman.h>

namespace ponder::engine {

namespace {

// Newer than Debian 12's oldest kernel headers; the call says EINVAL where the kernel does not know it.
constexpr int kPopulateRead = 22;

bool advise(const std::byte* bytes, std::uint64_t count, int advice) {
    const auto address = reinterpret_cast<std::uintptr_t>(bytes);
    const std::uintptr_t first = address / kPageBytes * kPageBytes;
    return ::madvise(reinterpret_cast<void*>(first), address + count - first, advice) == 0;
}

} // namespace

void askForMappedPages(const std::byte* bytes, std::uint64_t count) {
    advise(bytes, count, MADV_WILLNEED); // refused: then they are read when they are touched
}

void readMappedPages(const std::byte* bytes, std::uint64_t count) {
    // One call for all pages: faults one by one read a slow disk in small pieces.
    if (advise(bytes, count, kPopulateRead)) return;
    volatile unsigned touched = 0;
    for (std::uint64_t at = 0; at < count; at += kPageBytes)
        touched = touched + static_cast<unsigned>(bytes[at]);
}

} // namespace ponder::engine
