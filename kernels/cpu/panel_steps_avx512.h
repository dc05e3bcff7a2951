#pragma once

#include "kernels/cpu/instructions_avx512.h"
#include "kernels/cpu/panel_steps_avx2.h"

namespace ponder::kernels {
namespace {

// The steps of PanelAvx2 for a whole panel at a time.
struct PanelAvx512 : Avx512 {
    // Signed weights are moved up by 128: vpdpbusd wants them unsigned. What that adds is 128 · Σ
    // activations, a number of the activations alone, which the sums start below zero by.
    static constexpr bool movesSigned = true;

    // Memory is asked for ahead of what is multiplied: into the second cache, which has more requests under
    // way than the first, and from there (Zen 4, one core: 25 to 30 GB/s with both, 21 to 27 with one of
    // them).
    PONDER_INLINE static void askAhead(const std::uint8_t* address) {
        __builtin_prefetch(address + 256);
        __builtin_prefetch(address + 1024, 0, 2);
    }
    PONDER_INLINE static Integers words(const std::uint8_t* address) { return _mm512_loadu_si512(address); }
    PONDER_INLINE static Integers eachByte(int value) { return _mm512_set1_epi8(static_cast<char>(value)); }
    PONDER_INLINE static Integers eachWord(int value) { return _mm512_set1_epi32(value); }
    PONDER_INLINE static Integers both(Integers a, Integers b) { return _mm512_and_si512(a, b); }
    PONDER_INLINE static Integers either(Integers a, Integers b) { return _mm512_or_si512(a, b); }
    PONDER_INLINE static Integers movedUp(Integers x) { return _mm512_xor_si512(x, eachByte(-128)); }
    PONDER_INLINE static Integers plusBytes(Integers a, Integers b) { return _mm512_add_epi8(a, b); }
    PONDER_INLINE static Integers isAbove(Integers x, int limit) {
        return _mm512_min_epu8(_mm512_subs_epu8(x, eachByte(limit)), eachByte(1));
    }
    PONDER_INLINE static Integers minusBytes(Integers a, Integers b) { return _mm512_sub_epi8(a, b); }
    template <int n>
    PONDER_INLINE static Integers right(Integers x) {
        return _mm512_srli_epi32(x, n);
    }
    template <int n>
    PONDER_INLINE static Integers left(Integers x) {
        return _mm512_slli_epi32(x, n);
    }
    template <int a, int b, int c, int d>
    PONDER_INLINE static Integers pick(Integers x) {
        constexpr int first = wordOf(a, b, c, d);
        constexpr int step = wordOf(a < 0 ? 0 : 4, b < 0 ? 0 : 4, c < 0 ? 0 : 4, d < 0 ? 0 : 4);
        const __m512i pattern =
            _mm512_broadcast_i32x4(_mm_setr_epi32(first, first + step, first + 2 * step, first + 3 * step));
        return _mm512_shuffle_epi8(x, pattern);
    }
    PONDER_INLINE static Integers lookUp(const std::int8_t* sixteenValues, Integers codes) {
        return _mm512_shuffle_epi8(_mm512_broadcast_i32x4(loadBytes16(sixteenValues)), codes);
    }
    template <int v, int value>
    PONDER_INLINE static Integers spreadBits(Integers bits) {
        const Integers mask = _mm512_set1_epi32(v % 2 == 0 ? wordOf(1, 2, 4, 8) : wordOf(16, 32, 64, 128));
        const Integers spread = pick<v / 2, v / 2, v / 2, v / 2>(bits);
        return _mm512_maskz_mov_epi8(_mm512_test_epi8_mask(spread, mask), eachByte(value));
    }

    template <int a, int b>
    PONDER_INLINE static Integers signedPair(Integers x) {
        return _mm512_srai_epi16(pick<-1, a, -1, b>(x), 8);
    }
    template <int a, int b>
    PONDER_INLINE static Integers unsignedPair(Integers x) {
        return pick<a, -1, b, -1>(x);
    }
    template <int a>
    PONDER_INLINE static Integers signedScale(Integers x) {
        return _mm512_srai_epi32(left<24 - 8 * a>(x), 24);
    }
    template <int a>
    PONDER_INLINE static Integers unsignedScale(Integers x) {
        return pick<a, -1, -1, -1>(x);
    }

    PONDER_INLINE static Floats lowHalves(Integers x) { return _mm512_cvtph_ps(_mm512_cvtepi32_epi16(x)); }
    PONDER_INLINE static Floats highHalves(Integers x) { return lowHalves(right<16>(x)); }
    PONDER_INLINE static Floats powersOfTwo(const std::uint8_t* exponents) {
        const Integers wide = _mm512_cvtepu8_epi32(loadBytes16(exponents));
        const Integers one = _mm512_set1_epi32(1);
        const Integers normal = left<23>(_mm512_sub_epi32(wide, one));
        const Integers subnormal = _mm512_sllv_epi32(_mm512_set1_epi32(0x00200000), wide);
        return _mm512_castsi512_ps(
            _mm512_mask_blend_epi32(_mm512_cmpgt_epi32_mask(wide, one), subnormal, normal));
    }
    PONDER_INLINE static Floats scalesOfE4m3(Integers codes) {
        const Integers seven = both(codes, eachWord(0x7F));
        const __mmask16 isNumber = _mm512_cmpgt_epi32_mask(eachWord(0x7F), seven);
        return times(lowHalves(_mm512_maskz_mov_epi32(isNumber, left<7>(seven))), 128);
    }

    // products[p][t] = starts[t] (0 without them) + Σ weights · activations: an activation is loaded once for
    // all panels.
    template <int vectors, bool haveStarts, int panels, int tokens>
    PONDER_INLINE static void dot(Integers (&products)[panels][tokens],
                                  const Integers* const (&codes)[panels],
                                  const std::int8_t* const (&activations)[tokens], std::int64_t at,
                                  const std::int32_t (&starts)[tokens]) {
#pragma GCC unroll 8
        for (int t = 0; t < tokens; ++t)
#pragma GCC unroll 2
            for (int p = 0; p < panels; ++p)
                products[p][t] = haveStarts ? _mm512_set1_epi32(starts[t]) : zeros();
#pragma GCC unroll 8
        for (int v = 0; v < vectors; ++v) {
            Integers ours[panels];
#pragma GCC unroll 2
            for (int p = 0; p < panels; ++p) ours[p] = codes[p][v];
#pragma GCC unroll 8
            for (int t = 0; t < tokens; ++t) {
                const Integers theirs = _mm512_set1_epi32(fourActivations(activations[t] + at + 4 * v));
#pragma GCC unroll 2
                for (int p = 0; p < panels; ++p)
                    products[p][t] = _mm512_dpbusd_epi32(products[p][t], ours[p], theirs);
            }
        }
    }
    template <int vectors, class Weights, int panels, int tokens>
    PONDER_INLINE static void
    addGroups(Integers (&sums)[panels][tokens], const Integers* const (&codes)[panels],
              const std::int8_t* const (&activations)[tokens], std::int64_t at,
              const Integers (&scales)[panels], const std::int32_t (&starts)[tokens]) {
        Integers products[panels][tokens];
        dot<vectors, Weights::startsBelow != 0>(products, codes, activations, at, starts);
#pragma GCC unroll 8
        for (int t = 0; t < tokens; ++t) {
#pragma GCC unroll 2
            for (int p = 0; p < panels; ++p) {
                sums[p][t] = _mm512_add_epi32(sums[p][t], _mm512_mullo_epi32(products[p][t], scales[p]));
            }
        }
    }
    template <class Weights, int panels, int tokens>
    PONDER_INLINE static void multiplyBlocks(Integers (&sums)[panels][tokens],
                                             const Integers* const (&codes)[panels],
                                             const std::int8_t* const (&activations)[tokens], std::int64_t at,
                                             const std::int32_t (&starts)[tokens]) {
        if constexpr (Weights::columns == 32) {
            dot<8, Weights::isSigned>(sums, codes, activations, at, starts);
        } else { // half a block of activations has no start: it is added up beside them, once for all panels
            Integers above[tokens];
#pragma GCC unroll 8
            for (int t = 0; t < tokens; ++t) {
                above[t] = zeros();
#pragma GCC unroll 2
                for (int p = 0; p < panels; ++p) sums[p][t] = zeros();
            }
#pragma GCC unroll 4
            for (int v = 0; v < Weights::columns / 4; ++v) {
#pragma GCC unroll 8
                for (int t = 0; t < tokens; ++t) {
                    const Integers theirs = _mm512_set1_epi32(fourActivations(activations[t] + at + 4 * v));
                    above[t] = _mm512_dpbusd_epi32(above[t], eachByte(-128), theirs);
#pragma GCC unroll 2
                    for (int p = 0; p < panels; ++p)
                        sums[p][t] = _mm512_dpbusd_epi32(sums[p][t], codes[p][v], theirs);
                }
            }
#pragma GCC unroll 8
            for (int t = 0; t < tokens; ++t)
#pragma GCC unroll 2
                for (int p = 0; p < panels; ++p) sums[p][t] = _mm512_sub_epi32(sums[p][t], above[t]);
        }
    }
    // Word by word, in 32 bits: a run is the whole group.
    template <int at, int words, class Weights>
    static constexpr bool endsRun = at == words - 1;
    template <int at, int words, class Weights, int tokens>
    PONDER_INLINE static void addWord(Integers (&products)[tokens], Integers codes,
                                      const std::int8_t* const (&activations)[tokens], std::int64_t column,
                                      const std::int32_t (&starts)[tokens]) {
#pragma GCC unroll 8
        for (int t = 0; t < tokens; ++t) {
            if constexpr (at == 0) products[t] = Weights::isSigned ? _mm512_set1_epi32(starts[t]) : zeros();
            products[t] = _mm512_dpbusd_epi32(products[t], codes,
                                              _mm512_set1_epi32(fourActivations(activations[t] + column)));
        }
    }
    template <int tokens>
    PONDER_INLINE static void addRun(Integers (&sums)[tokens], const Integers (&products)[tokens],
                                     Integers scales) {
#pragma GCC unroll 8
        for (int t = 0; t < tokens; ++t)
            sums[t] = _mm512_add_epi32(sums[t], _mm512_mullo_epi32(products[t], scales));
    }
    template <class Weights, int tokens>
    PONDER_INLINE static void multiplyBlock(Integers (&sums)[tokens], const Integers* codes,
                                            const std::int8_t* const (&activations)[tokens], std::int64_t at,
                                            const std::int32_t (&starts)[tokens]) {
        Integers products[1][tokens];
        const Integers* const one[1] = {codes};
        multiplyBlocks<Weights>(products, one, activations, at, starts);
#pragma GCC unroll 8
        for (int t = 0; t < tokens; ++t) sums[t] = products[0][t];
    }
};

} // namespace
} // namespace ponder::kernels
