#pragma once

#include "kernels/cpu/instructions_avx2.h"
#include "kernels/panel_halves.h"
#include "kernels/words.h"

namespace ponder::kernels {
namespace {

// The steps of a product with weights of 16 bits that differ between instruction sets: a lane is a row of a
// panel, `columns` points to the first column of its first lane.
struct HalvesAvx2 : Avx2 {
    static constexpr int mostTokens = 4; // of a tile, whose sums stay in registers

    PONDER_INLINE static void askAhead(const std::byte* address) { __builtin_prefetch(address + 2560); }
    PONDER_INLINE static Floats all(float x) { return _mm256_set1_ps(x); }
    PONDER_INLINE static Floats quotient(Floats x, Floats y) { return _mm256_div_ps(x, y); }
    /// x where y is above a limit, else zero.
    PONDER_INLINE static Floats whereAbove(Floats y, float limit, Floats x) {
        return _mm256_and_ps(x, _mm256_cmp_ps(y, _mm256_set1_ps(limit), _CMP_GT_OQ));
    }
    /// The lower 16 bits of each lane of both, the first below.
    PONDER_INLINE static Integers pairs(Floats low, Floats high) {
        return _mm256_blend_epi16(_mm256_castps_si256(low), _mm256_slli_epi32(_mm256_castps_si256(high), 16),
                                  0xAA);
    }
    PONDER_INLINE static Integers all(std::int32_t pair) { return _mm256_set1_epi32(pair); }
    PONDER_INLINE static void addProducts(Integers& sums, Integers x, Integers y) {
        sums = _mm256_add_epi32(sums, _mm256_madd_epi16(x, y));
    }
    PONDER_INLINE static Integers sum(Integers x, Integers y) { return _mm256_add_epi32(x, y); }
    PONDER_INLINE static void store(float* to, Floats x) { _mm256_storeu_ps(to, x); }
};

} // namespace
} // namespace ponder::kernels
