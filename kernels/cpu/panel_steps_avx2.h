#pragma once

#include "kernels/cpu/instructions_avx2.h"
#include "kernels/cpu/panel_weights_k.h"
#include "kernels/cpu/weights_q8_0.h"

namespace ponder::kernels {
namespace {

// The steps of products from panels, where lane r of a vector is a word of row r. Half a panel at a time.
struct PanelAvx2 : Avx2 {
    // Signed weights stay what they are: see Avx2::pairs.
    static constexpr bool movesSigned = false;

    // Memory is asked for ahead of what is multiplied: the processor by itself stops at the end of each page
    // of 4 KB. From 1.5 to 8 KB it makes little difference (Zen 3).
    PONDER_INLINE static void askAhead(const std::uint8_t* address) { __builtin_prefetch(address + 2560); }
    PONDER_INLINE static Integers words(const std::uint8_t* address) { return loadBytes(address); }
    PONDER_INLINE static Integers eachByte(int value) { return _mm256_set1_epi8(static_cast<char>(value)); }
    PONDER_INLINE static Integers eachWord(int value) { return _mm256_set1_epi32(value); }
    PONDER_INLINE static Integers both(Integers a, Integers b) { return _mm256_and_si256(a, b); }
    PONDER_INLINE static Integers either(Integers a, Integers b) { return _mm256_or_si256(a, b); }
    PONDER_INLINE static Integers movedUp(Integers x) { return x; }
    PONDER_INLINE static Integers plusBytes(Integers a, Integers b) { return _mm256_add_epi8(a, b); }
    // 1 in each unsigned byte above `limit`.
    PONDER_INLINE static Integers isAbove(Integers x, int limit) {
        return _mm256_min_epu8(_mm256_subs_epu8(x, eachByte(limit)), eachByte(1));
    }
    PONDER_INLINE static Integers minusBytes(Integers a, Integers b) { return _mm256_sub_epi8(a, b); }
    template <int n>
    PONDER_INLINE static Integers right(Integers x) {
        return _mm256_srli_epi32(x, n);
    }
    template <int n>
    PONDER_INLINE static Integers left(Integers x) {
        return _mm256_slli_epi32(x, n);
    }
    // Bytes a, b, c and d of each word; -1: zero.
    template <int a, int b, int c, int d>
    PONDER_INLINE static Integers pick(Integers x) {
        constexpr int first = wordOf(a, b, c, d);
        // Bytes of the second word of a vector's quarter are numbered from 4 on, and so forth.
        constexpr int step = wordOf(a < 0 ? 0 : 4, b < 0 ? 0 : 4, c < 0 ? 0 : 4, d < 0 ? 0 : 4);
        const __m256i pattern = _mm256_setr_epi32(first, first + step, first + 2 * step, first + 3 * step,
                                                  first, first + step, first + 2 * step, first + 3 * step);
        return _mm256_shuffle_epi8(x, pattern);
    }
    PONDER_INLINE static Integers lookUp(const std::int8_t* sixteenValues, Integers codes) {
        return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(loadBytes16(sixteenValues)), codes);
    }
    // `value` in byte i of a word where its bit 4v + i is set.
    template <int v, int value>
    PONDER_INLINE static Integers spreadBits(Integers bits) {
        const Integers mask = _mm256_set1_epi32(v % 2 == 0 ? wordOf(1, 2, 4, 8) : wordOf(16, 32, 64, 128));
        const Integers spread = pick<v / 2, v / 2, v / 2, v / 2>(bits);
        if constexpr (value == 1) return _mm256_min_epu8(both(spread, mask), eachByte(1));
        return both(_mm256_cmpeq_epi8(both(spread, mask), mask), eachByte(value));
    }

    // Two signed or unsigned bytes of each word as its two numbers of 16 bits.
    template <int a, int b>
    PONDER_INLINE static Integers signedPair(Integers x) {
        return _mm256_srai_epi16(pick<-1, a, -1, b>(x), 8);
    }
    template <int a, int b>
    PONDER_INLINE static Integers unsignedPair(Integers x) {
        return pick<a, -1, b, -1>(x);
    }
    // A group's scale, for addGroup.
    template <int a>
    PONDER_INLINE static Integers signedScale(Integers x) {
        return signedPair<a, a>(x);
    }
    template <int a>
    PONDER_INLINE static Integers unsignedScale(Integers x) {
        return unsignedPair<a, a>(x);
    }

    // The f16 in the lower or upper half of each word.
    PONDER_INLINE static Floats lowHalves(Integers x) {
        const Integers low = _mm256_and_si256(x, _mm256_set1_epi32(0xFFFF));
        const Integers packed = _mm256_permute4x64_epi64(_mm256_packus_epi32(low, low), 0x08);
        return _mm256_cvtph_ps(_mm256_castsi256_si128(packed));
    }
    PONDER_INLINE static Floats highHalves(Integers x) { return lowHalves(right<16>(x)); }
    // Scales of MXFP4 from a byte a row.
    PONDER_INLINE static Floats powersOfTwo(const std::uint8_t* exponents) {
        return mxfp4Scales(
            _mm256_cvtepu8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(exponents))));
    }
    // Scales of NVFP4 from the lowest byte of each word.
    PONDER_INLINE static Floats scalesOfE4m3(Integers codes) { return nvfp4Scales(codes); }

    // Word `at` of a group's `words`, times four activations each: a run of products starts with it or it is
    // added to one, in 16 bits, as far as that is safe. A group's words come in their order.
    template <int at, int words, class Weights>
    static constexpr int placeInRun = at % (Weights::safe < words ? Weights::safe : words);
    template <int at, int words, class Weights>
    static constexpr bool endsRun = placeInRun<at + 1, words, Weights> == 0;
    template <int at, int words, class Weights, int tokens>
    PONDER_INLINE static void addWord(Integers (&products)[tokens], Integers codes,
                                      const std::int8_t* const (&activations)[tokens], std::int64_t column,
                                      const std::int32_t (&)[tokens]) {
#pragma GCC unroll 4
        for (int t = 0; t < tokens; ++t) {
            const Integers theirs = _mm256_set1_epi32(fourActivations(activations[t] + column));
            const Integers product = pairs<Weights::isSigned>(codes, theirs);
            products[t] =
                placeInRun<at, words, Weights> == 0 ? product : _mm256_add_epi16(products[t], product);
        }
    }
    // sums[t] += scales · a run's products.
    template <int tokens>
    PONDER_INLINE static void addRun(Integers (&sums)[tokens], const Integers (&products)[tokens],
                                     Integers scales) {
#pragma GCC unroll 4
        for (int t = 0; t < tokens; ++t)
            sums[t] = _mm256_add_epi32(sums[t], _mm256_madd_epi16(products[t], scales));
    }
    // sums[t] = Σ weights · activations over a block's columns.
    template <class Weights, int tokens>
    PONDER_INLINE static void multiplyBlock(Integers (&sums)[tokens], const Integers* codes,
                                            const std::int8_t* const (&activations)[tokens], std::int64_t at,
                                            const std::int32_t (&)[tokens]) {
        multiplyPanel<Weights::columns / 4, Weights::safe, Weights::isSigned>(sums, codes, activations, at);
    }
    // sums[p][t] += scales · Σ weights · activations over `vectors` vectors of codes of several panels: here
    // one, for want of registers.
    template <int vectors, class Weights, int tokens>
    PONDER_INLINE static void addGroups(Integers (&sums)[1][tokens], const Integers* const (&codes)[1],
                                        const std::int8_t* const (&activations)[tokens], std::int64_t at,
                                        const Integers (&scales)[1], const std::int32_t (&)[tokens]) {
        addPanel<vectors, Weights::safe, Weights::isSigned>(sums[0], codes[0], activations, at, scales[0]);
    }
    template <class Weights, int tokens>
    PONDER_INLINE static void multiplyBlocks(Integers (&sums)[1][tokens], const Integers* const (&codes)[1],
                                             const std::int8_t* const (&activations)[tokens], std::int64_t at,
                                             const std::int32_t (&starts)[tokens]) {
        multiplyBlock<Weights>(sums[0], codes[0], activations, at, starts);
    }
};

} // namespace
} // namespace ponder::kernels
