#pragma once

#include "engine/weights/lazy_memory.h"
#include "kernels/attention.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace ponder::engine {

/// The rows of one kind that a layer keeps, one for a position or for a block of positions: numbers head by
/// head, so that a head's blocks are its own. They lie in one array by position, and addresses cost nothing:
/// what a sliding window has left behind is given back page by page, and whoever reads the window need not
/// know. One thread.
class CacheRows {
public:
    struct Shape {
        std::int64_t heads = 0;     ///< 0: nothing is kept
        std::int64_t length = 0;    ///< numbers of a head
        std::int64_t positions = 1; ///< to a row

        std::size_t rowBytes(kernels::CacheType type) const {
            return static_cast<std::size_t>(heads) * kernels::cacheRowBytes(type, length);
        }
    };
    /// Positions [begin, end).
    struct Range {
        std::int64_t begin = 0;
        std::int64_t end = 0;
    };

    CacheRows() = default;
    CacheRows(const Shape& shape, kernels::CacheType type, int capacity, LazyMemory::Pages pages);

    std::size_t rowBytes() const { return rowBytes_; }
    std::int64_t length() const { return shape_.length; }
    kernels::CacheType type() const { return type_; }
    const std::byte* at(std::int64_t row, int head) const {
        return memory_.data() + static_cast<std::size_t>(row) * rowBytes_ +
               static_cast<std::size_t>(head) * headBytes_;
    }
    /// numbers: [head][length].
    void store(std::int64_t row, const float* numbers);

    /// The bytes of these positions, blocks with the last of theirs. Requires: within the capacity.
    std::span<std::byte> bytesOf(const Range& positions) const;
    void copy(const CacheRows& other, const Range& positions);
    /// `left` is needed no more, nor is anything in `gap` around it: pages that neither fills alone go too.
    void giveBack(const Range& left, const Range& gap);

private:
    std::size_t byteOf(std::int64_t position) const {
        return static_cast<std::size_t>(position / shape_.positions) * rowBytes_;
    }

    Shape shape_;
    kernels::CacheType type_ = kernels::CacheType::F16;
    std::int64_t capacity_ = 0; // rows
    std::size_t headBytes_ = 0;
    std::size_t rowBytes_ = 0;
    LazyMemory memory_;
};

} // namespace ponder::engine
