#pragma once

#include "tests/support/avx512_emulation/avx512_emulation.h"

namespace ponder::kernels {
namespace {

/// In the place of kernels/cpu/word_products.h.
inline void addWordProducts(__m512i& sums, __m512i x, __m512i y) {
    sums = ponder::emulation::dpwssd_epi32<__m512i>(sums, x, y);
}

} // namespace
} // namespace ponder::kernels
