#include "engine/model/cache_rows.h"

#include "engine/support/check.h"

#include <algorithm>
#include <cstring>

namespace ponder::engine {

CacheRows::CacheRows(const Shape& shape, kernels::CacheType type, int capacity, LazyMemory::Pages pages)
    : shape_(shape), type_(type), capacity_(capacity / shape.positions),
      headBytes_(kernels::cacheRowBytes(type, shape.length)), rowBytes_(shape.rowBytes(type)),
      memory_(rowBytes_ * static_cast<std::size_t>(capacity_), "the context", pages) {}

void CacheRows::store(std::int64_t row, const float* numbers) {
    CHECK(row < capacity_);
    std::byte* target = memory_.data() + static_cast<std::size_t>(row) * rowBytes_;
    for (std::int64_t head = 0; head < shape_.heads; ++head) {
        kernels::storeCacheRow(type_, numbers + head * shape_.length,
                               target + static_cast<std::size_t>(head) * headBytes_, shape_.length);
    }
}

std::span<std::byte> CacheRows::bytesOf(const Range& positions) const {
    const std::size_t begin = byteOf(positions.begin);
    return {memory_.data() + begin, byteOf(positions.end) - begin};
}

void CacheRows::copy(const CacheRows& other, const Range& positions) {
    const std::span<std::byte> from = other.bytesOf(positions);
    if (!from.empty()) std::memcpy(bytesOf(positions).data(), from.data(), from.size());
}

void CacheRows::giveBack(const Range& left, const Range& gap) {
    const Range both{std::max(left.begin, gap.begin), std::min(left.end, gap.end)};
    if (rowBytes_ == 0 || both.begin >= both.end) return;
    const std::size_t page = LazyMemory::pageBytes();
    const std::size_t begin = byteOf(both.begin);
    memory_.giveBack(std::max(byteOf(gap.begin), begin - std::min(begin, page)),
                     std::min(byteOf(gap.end), byteOf(both.end) + page));
}

} // namespace ponder::engine
