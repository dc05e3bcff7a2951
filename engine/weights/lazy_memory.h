#pragma once

#include <cstddef>

namespace ponder::engine {

/// Memory from the system that costs nothing until it is written, zero at first. Move only.
class LazyMemory {
public:
    /// Large pages, if the system has them, are read faster, and cost 2 MiB where one byte is written. Small
    /// ones are for what is given back in parts: a large page would come and go as a whole.
    enum class Pages { Ordinary, Large, Small };

    LazyMemory() = default;
    /// Throws Error when the system refuses; `what` it is for is named: "the context".
    LazyMemory(std::size_t bytes, const char* what, Pages pages = Pages::Ordinary);
    ~LazyMemory();
    LazyMemory(LazyMemory&& other) noexcept;
    LazyMemory& operator=(LazyMemory&& other) noexcept;

    std::byte* data() const { return data_; }
    /// Returns the pages that lie whole within bytes [begin, end) to the system. The addresses stay; what is
    /// read there is zero, or, in the pages at both ends, what was written.
    void giveBack(std::size_t begin, std::size_t end);
    static std::size_t pageBytes();

private:
    void* mapped_ = nullptr;
    std::size_t mappedBytes_ = 0;
    std::byte* data_ = nullptr;
};

} // namespace ponder::engine
