#pragma once

#include "kernels/attention_room.h"
#include "kernels/inline.h"

#include <cstddef>
#include <cstdint>

namespace ponder::kernels {
namespace {

/// The kManyPositions rows of the next block, asked for in even parts while this one is worked on.
class RowsToCome {
public:
    RowsToCome() = default;
    /// `bytes` of each of the rows from `first` on, in `steps` steps.
    RowsToCome(const std::byte* first, std::int64_t stride, std::int64_t bytes, std::int64_t steps)
        : first_(first), stride_(stride), linesOfRow_((bytes + kLine - 1) / kLine), steps_(steps) {
        if (stride == bytes) between_ = (kManyPositions * bytes - 1) / (steps * kPlaces) + 1;
    }

    /// A step's part, `between` bytes from one of kPlaces to the next, to be asked for one by one: more lines
    /// at a time than a processor can wait for would stop it.
    struct Part {
        const std::byte* first;
        std::int64_t between;
    };
    static constexpr std::int64_t kPlaces = 32;
    PONDER_INLINE Part next() {
        if (between_ > 0) return {first_ + done_++ * kPlaces * between_, between_};
        askForApart();
        return {first_, 0};
    }

private:
    // Rows with something between them, whole at a time.
    PONDER_INLINE void askForApart() {
        ++done_;
        for (const std::int64_t wanted = kManyPositions * done_ / steps_; row_ < wanted; ++row_) {
            const std::byte* row = first_ + row_ * stride_;
            for (std::int64_t i = 0; i < linesOfRow_; ++i) __builtin_prefetch(row + i * kLine, 0, 2);
        }
    }

    static constexpr std::int64_t kLine = 64;

    const std::byte* first_ = nullptr;
    std::int64_t between_ = 0; ///< where rows lie one after the other
    std::int64_t stride_ = 0;
    std::int64_t linesOfRow_ = 0;
    std::int64_t steps_ = 1;
    std::int64_t done_ = 0;
    std::int64_t row_ = 0;
};

} // namespace
} // namespace ponder::kernels
