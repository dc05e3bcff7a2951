#include "engine/weights/lazy_memory.h"

#include "engine/support/error.h"

#include <cstdint>
#include <string>
#include <sys/mman.h>
#include <unistd.h>
#include <utility>

namespace ponder::engine {

namespace {

constexpr std::size_t kLargePage = std::size_t{2} << 20;

} // namespace

LazyMemory::LazyMemory(std::size_t bytes, const char* what, Pages pages) {
    if (bytes == 0) return;
    const bool isLarge = pages == Pages::Large && bytes >= 4 * kLargePage;
    mappedBytes_ = bytes + (isLarge ? kLargePage : 0);
    void* memory = ::mmap(nullptr, mappedBytes_, PROT_READ | PROT_WRITE,
                          MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) {
        throw Error("The system refused " + std::to_string(bytes >> 20) + " MB for " + what +
                    ". Close other programs or choose a shorter context.");
    }
    mapped_ = memory;
    data_ = static_cast<std::byte*>(memory);
    if (pages == Pages::Small) ::madvise(memory, bytes, MADV_NOHUGEPAGE); // refused where there are none
    if (isLarge) {
        const auto address = reinterpret_cast<std::uintptr_t>(memory);
        data_ += (kLargePage - address % kLargePage) % kLargePage;
        ::madvise(data_, bytes, MADV_HUGEPAGE); // refused where there are none: then pages are small
    }
}

LazyMemory::~LazyMemory() {
    if (mapped_) ::munmap(mapped_, mappedBytes_);
}

LazyMemory::LazyMemory(LazyMemory&& other) noexcept {
    *this = std::move(other);
}

LazyMemory& LazyMemory::operator=(LazyMemory&& other) noexcept {
    std::swap(mapped_, other.mapped_);
    std::swap(mappedBytes_, other.mappedBytes_);
    std::swap(data_, other.data_);
    return *this;
}

std::size_t LazyMemory::pageBytes() {
    static const auto bytes = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    return bytes;
}

void LazyMemory::giveBack(std::size_t begin, std::size_t end) {
    const std::size_t page = pageBytes();
    const auto data = reinterpret_cast<std::uintptr_t>(data_);
    const std::uintptr_t first = (data + begin + page - 1) / page * page;
    const std::uintptr_t last = (data + end) / page * page;
    // A refusal costs memory and nothing else.
    if (first < last) ::madvise(data_ + (first - data), last - first, MADV_DONTNEED);
}

} // namespace ponder::engine
