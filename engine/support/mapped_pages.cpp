#include "engine/support/mapped_pages.h"

#include <sys/mman.h>

namespace ponder::engine {

namespace {

// Newer than Debian 12's oldest kernel headers; the call says EINVAL where the kernel does not know it.
constexpr int kPopulateRead = 22;

} // namespace

void readMappedPages(const std::byte* bytes, std::uint64_t count) {
    const auto address = reinterpret_cast<std::uintptr_t>(bytes);
    const std::uintptr_t first = address / kPageBytes * kPageBytes;
    // One call for all pages: faults one by one read a slow disk in small pieces.
    if (::madvise(reinterpret_cast<void*>(first), address + count - first, kPopulateRead) == 0) return;
    volatile unsigned touched = 0;
    for (std::uint64_t at = 0; at < count; at += kPageBytes)
        touched = touched + static_cast<unsigned>(bytes[at]);
}

} // namespace ponder::engine
