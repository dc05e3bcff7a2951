#pragma once

#include "kernels/inline.h"

// How a block enters the totals of its rows, one lane a row: here once, so that rows and panels, one token
// and many give the same bits.
namespace ponder::kernels {
namespace {

// A block of 256 with Q8_K activations, from its two integer sums; `theirs` is the activations' scale.
template <class Isa, class Weights>
PONDER_INLINE typename Isa::Floats
addBlockOf256(typename Isa::Floats totals, typename Isa::Integers sums, typename Isa::Integers corrections,
              typename Isa::Floats scales, typename Isa::Floats minimums, float theirs) {
    if constexpr (!Weights::hasMinimum && Weights::correction != 0) {
        sums = Isa::minus(sums, corrections, Weights::correction);
    }
    totals = Isa::plus(totals, Isa::times(scales, theirs), Isa::toFloats(sums));
    if constexpr (Weights::hasMinimum) {
        totals = Isa::minus(totals, Isa::times(minimums, theirs), Isa::toFloats(corrections));
    }
    return totals;
}

// A block of 32 with Q8_0 activations.
template <class Isa, class Weights>
PONDER_INLINE typename Isa::Floats addBlockOf32(typename Isa::Floats totals, typename Isa::Integers sums,
                                                typename Isa::Floats scales, typename Isa::Floats offsets,
                                                float theirScale, float theirSum) {
    if constexpr (Weights::hasOffset) totals = Isa::plus(totals, offsets, theirSum);
    return Isa::plus(totals, Isa::times(scales, theirScale), Isa::toFloats(sums));
}

} // namespace
} // namespace ponder::kernels
