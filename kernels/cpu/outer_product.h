#pragma once

#include "kernels/inline.h"

namespace ponder::kernels {
namespace {

/// sums[r] += factor(r) · numbers, `vectors` vectors of them, each read once for all rows.
template <class Isa, int rows, int vectors, class Factor>
PONDER_INLINE void addOuterProduct(typename Isa::Floats (&sums)[rows][vectors], const float* numbers,
                                   const Factor& factor) {
    typename Isa::Floats row[vectors];
#pragma GCC unroll 4
    for (int v = 0; v < vectors; ++v) row[v] = Isa::load(numbers + v * Isa::lanes);
#pragma GCC unroll 8
    for (int r = 0; r < rows; ++r) {
        const typename Isa::Floats number = Isa::all(factor(r));
#pragma GCC unroll 4
        for (int v = 0; v < vectors; ++v) sums[r][v] = Isa::plus(sums[r][v], number, row[v]);
    }
}

} // namespace
} // namespace ponder::kernels
