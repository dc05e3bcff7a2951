#pragma once

#include "kernels/inline.h"

#include <immintrin.h>

namespace ponder::kernels {
namespace {

/// sums += two products of signed 16-bit numbers in each lane. In assembler because GCC 12 moves the sums of
/// a tile through memory around its own vpdpwssd: 56 instead of 110 billion products a second.
PONDER_INLINE void addWordProducts(__m512i& sums, __m512i x, __m512i y) {
    asm("vpdpwssd %2, %1, %0" : "+v"(sums) : "v"(x), "v"(y));
}

} // namespace
} // namespace ponder::kernels
