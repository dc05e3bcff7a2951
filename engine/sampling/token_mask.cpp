#include "engine/sampling/token_mask.h"

#include <algorithm>
#include <bit>
#include <limits>

namespace ponder::engine {

bool TokenMask::empty() const {
    return std::ranges::all_of(words_, [](std::uint64_t word) { return word == 0; });
}

void TokenMask::apply(std::span<float> logits) const {
    constexpr float kImpossible = -std::numeric_limits<float>::infinity();
    for (std::size_t begin = 0; begin < logits.size(); begin += 64) {
        const std::uint64_t word = begin / 64 < words_.size() ? words_[begin / 64] : 0;
        const auto stretch = logits.subspan(begin, std::min<std::size_t>(64, logits.size() - begin));
        if (word == ~std::uint64_t{0}) continue;
        if (word == 0) {
            std::ranges::fill(stretch, kImpossible);
            continue;
        }
        for (std::uint64_t missing = ~word; missing != 0; missing &= missing - 1) {
            const auto i = static_cast<std::size_t>(std::countr_zero(missing));
            if (i < stretch.size()) stretch[i] = kImpossible;
        }
    }
}

} // namespace ponder::engine
