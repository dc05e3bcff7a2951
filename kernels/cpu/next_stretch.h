#pragma once

#include "kernels/inline.h"

#include <cstdint>

namespace ponder::kernels {
namespace {

/// The next stretch of the panels, asked for little by little while this one is multiplied: it comes from
/// memory meanwhile, not when it is unpacked.
template <int panels>
class NextStretch {
public:
    /// Null: there is none.
    NextStretch(const std::uint8_t* first, const std::uint8_t* last, std::int64_t bytes)
        : addresses_{first, last}, lines_(first ? bytes / kLine + 1 : 0) {}

    /// `done` of `all` tokens are multiplied.
    PONDER_INLINE void ask(int done, int all) {
        for (const std::int64_t wanted = lines_ * done / all; asked_ < wanted; ++asked_)
            for (int p = 0; p < panels; ++p) __builtin_prefetch(addresses_[p] + kLine * asked_, 0, 2);
    }

private:
    static constexpr std::int64_t kLine = 64;

    const std::uint8_t* addresses_[2];
    std::int64_t lines_;
    std::int64_t asked_ = 0;
};

} // namespace
} // namespace ponder::kernels
