#pragma once

#include "kernels/inline.h"

#include <cstddef>
#include <cstdint>

namespace ponder::kernels {
namespace {

/// A few rows of the cache, from the p-th of so many on; behind the last there is it comes again.
struct CachedRows {
    const std::byte* first;
    std::int64_t stride;
    std::int64_t length; ///< numbers of a row
    std::int64_t p;
    std::int64_t positions;

    PONDER_INLINE const std::byte* row(std::int64_t j) const {
        return first + (p + j < positions ? p + j : positions - 1) * stride;
    }
};

} // namespace
} // namespace ponder::kernels
