#pragma once

#include "kernels/cpu/instructions_avx512.h"
#include "kernels/cpu/word_products.h"
#include "kernels/panel_halves.h"
#include "kernels/words.h"

#include <bit>

namespace ponder::kernels {
namespace {

// The steps of HalvesAvx2 for a whole panel at a time.
struct HalvesAvx512 : Avx512 {
    static constexpr int mostTokens = 12;
    /// Of two vectors the lower words of each lane, in turn.
    alignas(64) static constexpr std::int16_t kLowWords[32] = {0,  32, 2,  34, 4,  36, 6,  38, 8,  40, 10,
                                                               42, 12, 44, 14, 46, 16, 48, 18, 50, 20, 52,
                                                               22, 54, 24, 56, 26, 58, 28, 60, 30, 62};

    PONDER_INLINE static void askAhead(const std::byte* address) {
        __builtin_prefetch(address + 2048);
        __builtin_prefetch(address + 6144, 0, 2);
    }
    PONDER_INLINE static Floats all(float x) { return _mm512_set1_ps(x); }
    PONDER_INLINE static Floats quotient(Floats x, Floats y) { return _mm512_div_ps(x, y); }
    PONDER_INLINE static Floats whereAbove(Floats y, float limit, Floats x) {
        // Above zero floats are in order as whole numbers are.
        const __mmask16 isAbove = _mm512_cmpgt_epi32_mask(
            _mm512_castps_si512(y), _mm512_set1_epi32(std::bit_cast<std::int32_t>(limit)));
        return _mm512_castsi512_ps(_mm512_maskz_mov_epi32(isAbove, _mm512_castps_si512(x)));
    }
    PONDER_INLINE static Integers pairs(Floats low, Floats high) {
        return _mm512_permutex2var_epi16(_mm512_castps_si512(low), _mm512_loadu_si512(kLowWords),
                                         _mm512_castps_si512(high));
    }
    PONDER_INLINE static Integers all(std::int32_t pair) { return _mm512_set1_epi32(pair); }
    PONDER_INLINE static void addProducts(Integers& sums, Integers x, Integers y) {
        addWordProducts(sums, x, y);
    }
    PONDER_INLINE static Integers sum(Integers x, Integers y) { return _mm512_add_epi32(x, y); }
    PONDER_INLINE static void store(float* to, Floats x) { _mm512_storeu_ps(to, x); }
};

} // namespace
} // namespace ponder::kernels
