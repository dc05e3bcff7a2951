#pragma once

#include "kernels/cpu/for_each.h"
#include "kernels/cpu/weights_iq.h"
#include "kernels/cpu/weights_q8_k.h"
#include "kernels/panel_shape.h"
#include "kernels/reference/block_codes.h"

#include <cstdint>
#include <type_traits>

// How the types with blocks of 256 unpack from panels, for products with Q8_K activations. `Isa` works on as
// many rows as it has lanes; `words` points at the first row's word 0 of a block. The formulas are those of
// weights_q8_k.h, on words of four bytes in the place of vectors of 32.
namespace ponder::kernels {
namespace {

// A word of four bytes whose byte i is the given one.
constexpr int wordOf(int a, int b, int c, int d) {
    return static_cast<int>(static_cast<unsigned>(a & 255) | static_cast<unsigned>(b & 255) << 8 |
                            static_cast<unsigned>(c & 255) << 16 | static_cast<unsigned>(d & 255) << 24);
}

template <class Isa>
constexpr int kPartsOfPanel = static_cast<int>(kPanelRows) / Isa::lanes;

template <class Isa>
struct PanelBlock {
    using V = typename Isa::Integers;
    const std::uint8_t* words;
    int part = 0; // of a block that holds more than one scale's numbers
    // Which lines are asked for while these rows are multiplied: those of its turn, where parts of a panel
    // read the same lines in turn. So memory is asked all the time.
    int turn = 0;

    PONDER_INLINE V word(int i) const {
        if (i % kPartsOfPanel<Isa> == turn) Isa::askAhead(words + 64 * i);
        return Isa::words(words + 64 * i);
    }
};

/// Keeps the compiler from reading what follows before what precedes: memory that is read in the order in
/// which it lies is fetched ahead by the processor.
PONDER_INLINE void readInOrder() {
    asm volatile("" ::: "memory");
}

template <class Isa>
PONDER_INLINE typename Isa::Integers nibble(typename Isa::Integers x) {
    return Isa::both(x, Isa::eachByte(15));
}
template <class Isa>
PONDER_INLINE typename Isa::Integers highNibble(typename Isa::Integers x) {
    return nibble<Isa>(Isa::template right<4>(x));
}

// `count` bits of every byte from bit `from` on, moved to bit `to`.
template <class Isa, int from, int count, int to = 0>
PONDER_INLINE typename Isa::Integers bits(typename Isa::Integers x) {
    const auto mask = Isa::eachByte(((1 << count) - 1) << to);
    if constexpr (from < to)
        return Isa::both(Isa::template left<to - from>(x), mask);
    else if constexpr (from > to)
        return Isa::both(Isa::template right<from - to>(x), mask);
    else
        return Isa::both(x, mask);
}

// Sixteen scales (and minimums) of a row, four bytes a word; types with groups of 32 use eight.
template <class Isa>
struct PanelScales {
    typename Isa::Integers scales[4];
    typename Isa::Integers corrections[4];
};

// Scale of group g, and the corrections of groups of 16 number 2i and 2i + 1.
template <bool isSigned>
struct ByteScales {
    template <class Isa, int g>
    PONDER_INLINE static typename Isa::Integers scale(const PanelScales<Isa>& scales) {
        if constexpr (isSigned) return Isa::template signedScale<g % 4>(scales.scales[g / 4]);
        return Isa::template unsignedScale<g % 4>(scales.scales[g / 4]);
    }
};
template <bool isSigned>
struct CorrectionsOf16 {
    template <class Isa, int i>
    PONDER_INLINE static typename Isa::Integers correctionPair(const PanelScales<Isa>& scales) {
        constexpr int first = 2 * i % 4;
        if constexpr (isSigned) return Isa::template signedPair<first, first + 1>(scales.corrections[i / 2]);
        return Isa::template unsignedPair<first, first + 1>(scales.corrections[i / 2]);
    }
};
struct CorrectionsOf32 {
    template <class Isa, int i>
    PONDER_INLINE static typename Isa::Integers correctionPair(const PanelScales<Isa>& scales) {
        return Isa::template unsignedPair<i % 4, i % 4>(scales.corrections[i / 4]);
    }
};

/// What a type has in common with its rows in file order.
template <TensorType type, class Rows>
struct PanelTypeOfK {
    static constexpr PanelShape shape = panelShape(type);
    static constexpr int columns = 256, parts = 1;
    static constexpr int group = Rows::group, safe = Rows::safe, correction = Rows::correction;
    static constexpr bool isSigned = Rows::isSigned, hasMinimum = Rows::hasMinimum;
};

// d and the minimum's factor in one word.
template <int at>
struct TwoHalves {
    template <class Isa>
    PONDER_INLINE static typename Isa::Floats blockScales(PanelBlock<Isa> block, const std::uint8_t*) {
        return Isa::lowHalves(block.word(at));
    }
    template <class Isa>
    PONDER_INLINE static typename Isa::Floats minimums(PanelBlock<Isa> block) {
        return Isa::highHalves(block.word(at));
    }
};
// d in the rest, no minimum.
struct HalfInRest {
    template <class Isa>
    PONDER_INLINE static typename Isa::Floats blockScales(PanelBlock<Isa>, const std::uint8_t* rest) {
        return Isa::loadHalves(rest);
    }
    template <class Isa>
    PONDER_INLINE static typename Isa::Floats minimums(PanelBlock<Isa>) {
        return Isa::zero();
    }
};

// The packed scales and minimums of Q4_K and Q5_K.
struct SixBitScales : TwoHalves<0>, ByteScales<false>, CorrectionsOf32 {
    template <class Isa>
    PONDER_INLINE static PanelScales<Isa> scales(PanelBlock<Isa> block) {
        const auto a = block.word(1), b = block.word(2), c = block.word(3);
        const auto low6 = Isa::eachByte(0x3F), high2 = Isa::eachByte(0x30);
        PanelScales<Isa> result;
        result.scales[0] = Isa::both(a, low6);
        result.scales[1] = Isa::either(nibble<Isa>(c), Isa::both(Isa::template right<2>(a), high2));
        result.corrections[0] = Isa::both(b, low6);
        result.corrections[1] = Isa::either(highNibble<Isa>(c), Isa::both(Isa::template right<2>(b), high2));
        return result;
    }
};

/// The ternary types, whose groups all have the scale 1.
template <TensorType type, class Rows>
struct PanelTernary : PanelTypeOfK<type, Rows>, HalfInRest {
    template <class Isa>
    PONDER_INLINE static PanelScales<Isa> scales(PanelBlock<Isa>) {
        return {};
    }
    template <class Isa, int g>
    PONDER_INLINE static typename Isa::Integers scale(const PanelScales<Isa>&) {
        return Isa::template unsignedScale<0>(Isa::eachWord(1));
    }
    template <class Isa, int i>
    PONDER_INLINE static typename Isa::Integers correctionPair(const PanelScales<Isa>&) {
        return Isa::eachWord(0x00010001);
    }
};

struct PanelTq2_0 : PanelTernary<TensorType::TQ2_0, Tq2_0> {
    template <class Isa, int c>
    PONDER_INLINE static void codes(PanelBlock<Isa> block, auto take) {
        forEach<8>([&]<int v>(Number<v>) __attribute__((always_inline)) {
            const auto packed = block.word(8 * (c / 2) + v);
            readInOrder();
            take(Number<v>(), bits<Isa, 4 * (c % 2), 2>(packed));
            take(Number<8 + v>(), bits<Isa, 4 * (c % 2) + 2, 2>(packed));
        });
    }
};

struct PanelTq1_0 : PanelTernary<TensorType::TQ1_0, Tq1_0> {
    // Digit n of each byte: see Tq1_0. Nine times a byte is itself and eight times itself.
    template <class Isa, int n>
    PONDER_INLINE static typename Isa::Integers digit(typename Isa::Integers packed) {
#pragma GCC unroll 2
        for (int i = 0; i < n / 2; ++i)
            packed = Isa::plusBytes(packed, Isa::both(Isa::template left<3>(packed), Isa::eachByte(0xF8)));
        if constexpr (n % 2 == 1) packed = Isa::plusBytes(packed, Isa::plusBytes(packed, packed));
        return Isa::plusBytes(Isa::isAbove(packed, 85), Isa::isAbove(packed, 170));
    }
    // Words 0 to 7 have digits 0 to 4 of 160 columns, 8 to 11 those of the next 80, word 12 has four digits.
    template <class Isa, int c>
    PONDER_INLINE static void codes(PanelBlock<Isa> block, auto take) {
        forEach<16>([&]<int word>(Number<word>) __attribute__((always_inline)) {
            constexpr int column = 16 * c + word; // in words of four
            if constexpr (column < 40)
                take(Number<word>(), digit<Isa, column / 8>(block.word(column % 8)));
            else if constexpr (column < 60)
                take(Number<word>(), digit<Isa, (column - 40) / 4>(block.word(8 + column % 4)));
            else
                take(Number<word>(), digit<Isa, column - 60>(block.word(12)));
        });
    }
};

struct PanelQ4_K : PanelTypeOfK<TensorType::Q4_K, Q4_K>, SixBitScales {
    template <class Isa, int c>
    PONDER_INLINE static void codes(PanelBlock<Isa> block, auto take) {
        forEach<8>([&]<int v>(Number<v>) __attribute__((always_inline)) {
            const auto packed = block.word(4 + 8 * c + v);
            readInOrder();
            take(Number<v>(), nibble<Isa>(packed));
            take(Number<8 + v>(), highNibble<Isa>(packed));
        });
    }
};

struct PanelQ5_K : PanelTypeOfK<TensorType::Q5_K, Q5_K>, SixBitScales {
    template <class Isa, int c>
    PONDER_INLINE static void codes(PanelBlock<Isa> block, auto take) {
        forEach<2>([&]<int v>(Number<v>) __attribute__((always_inline)) {
            constexpr int at = 4 + 10 * c + 5 * v;
            const auto a = block.word(at), b = block.word(at + 1), d = block.word(at + 2);
            const auto e = block.word(at + 3), f = block.word(at + 4);
            readInOrder();
            take(Number<4 * v>(), bits<Isa, 0, 5>(a));
            take(Number<4 * v + 1>(), bits<Isa, 0, 5>(b));
            take(Number<4 * v + 2>(), bits<Isa, 0, 5>(d));
            take(Number<4 * v + 3>(), bits<Isa, 0, 5>(e));
            take(Number<4 * v + 8>(), bits<Isa, 0, 5>(f));
            take(Number<4 * v + 9>(), Isa::either(bits<Isa, 5, 3>(a), bits<Isa, 6, 2, 3>(e)));
            take(Number<4 * v + 10>(), Isa::either(bits<Isa, 5, 3>(b), bits<Isa, 6, 2, 3>(f)));
            take(Number<4 * v + 11>(),
                 Isa::either(bits<Isa, 5, 3>(d), Isa::either(bits<Isa, 5, 1, 3>(e), bits<Isa, 5, 1, 4>(f))));
        });
    }
};

// Codes are 0 to 63 and stand for -32 to 31.
struct PanelQ6_K : PanelTypeOfK<TensorType::Q6_K, Q6_K>, HalfInRest, ByteScales<true>, CorrectionsOf16<true> {
    template <class Isa>
    PONDER_INLINE static PanelScales<Isa> scales(PanelBlock<Isa> block) {
        PanelScales<Isa> result;
        for (int i = 0; i < 4; ++i) result.scales[i] = result.corrections[i] = block.word(i);
        return result;
    }
    template <class Isa, int c>
    PONDER_INLINE static void codes(PanelBlock<Isa> block, auto take) {
        forEach<4>([&]<int v>(Number<v>) __attribute__((always_inline)) {
            constexpr int at = 4 + 12 * c + 3 * v;
            const auto a = block.word(at), b = block.word(at + 1), d = block.word(at + 2);
            readInOrder();
            take(Number<v>(), bits<Isa, 0, 6>(a));
            take(Number<4 + v>(), bits<Isa, 0, 6>(b));
            take(Number<8 + v>(), bits<Isa, 0, 6>(d));
            take(Number<12 + v>(),
                 Isa::either(bits<Isa, 6, 2>(a), Isa::either(bits<Isa, 6, 2, 2>(b), bits<Isa, 6, 2, 4>(d))));
        });
    }
};

struct PanelQ2_K : PanelTypeOfK<TensorType::Q2_K, Q2_K>,
                   TwoHalves<20>,
                   ByteScales<false>,
                   CorrectionsOf16<false> {
    template <class Isa>
    PONDER_INLINE static PanelScales<Isa> scales(PanelBlock<Isa> block) {
        PanelScales<Isa> result;
        for (int i = 0; i < 4; ++i) {
            result.scales[i] = nibble<Isa>(block.word(i));
            result.corrections[i] = highNibble<Isa>(block.word(i));
        }
        return result;
    }
    template <class Isa, int c>
    PONDER_INLINE static void codes(PanelBlock<Isa> block, auto take) {
        forEach<8>([&]<int v>(Number<v>) __attribute__((always_inline)) {
            const auto packed = block.word(4 + 8 * (c / 2) + v);
            readInOrder();
            take(Number<v>(), bits<Isa, 4 * (c % 2), 2>(packed));
            take(Number<8 + v>(), bits<Isa, 4 * (c % 2) + 2, 2>(packed));
        });
    }
};

// Codes are 0 to 7 and stand for -4 to 3.
struct PanelQ3_K : PanelTypeOfK<TensorType::Q3_K, Q3_K>, HalfInRest, ByteScales<true>, CorrectionsOf16<true> {
    template <class Isa>
    PONDER_INLINE static PanelScales<Isa> scales(PanelBlock<Isa> block) {
        const auto a = block.word(0), b = block.word(1), high = block.word(2);
        const auto high2 = Isa::eachByte(0x30), middle = Isa::eachByte(32);
        const auto scale = [&](auto low, auto top) __attribute__((always_inline)) {
            return Isa::minusBytes(Isa::either(low, Isa::both(top, high2)), middle);
        };
        PanelScales<Isa> result;
        result.scales[0] = scale(nibble<Isa>(a), Isa::template left<4>(high));
        result.scales[1] = scale(nibble<Isa>(b), Isa::template left<2>(high));
        result.scales[2] = scale(highNibble<Isa>(a), high);
        result.scales[3] = scale(highNibble<Isa>(b), Isa::template right<2>(high));
        for (int i = 0; i < 4; ++i) result.corrections[i] = result.scales[i];
        return result;
    }
    template <class Isa, int c>
    PONDER_INLINE static void codes(PanelBlock<Isa> block, auto take) {
        forEach<2>([&]<int v>(Number<v>) __attribute__((always_inline)) {
            constexpr int at = 3 + 6 * c + 3 * v;
            const auto a = block.word(at), b = block.word(at + 1), d = block.word(at + 2);
            readInOrder();
            take(Number<2 * v>(), bits<Isa, 0, 3>(a));
            take(Number<2 * v + 1>(), bits<Isa, 3, 3>(a));
            take(Number<2 * v + 4>(), bits<Isa, 0, 3>(b));
            take(Number<2 * v + 5>(), bits<Isa, 3, 3>(b));
            take(Number<2 * v + 8>(), bits<Isa, 0, 3>(d));
            take(Number<2 * v + 9>(), bits<Isa, 3, 3>(d));
            take(Number<2 * v + 12>(), Isa::either(bits<Isa, 6, 2>(a), bits<Isa, 6, 1, 2>(d)));
            take(Number<2 * v + 13>(), Isa::either(bits<Isa, 6, 2>(b), bits<Isa, 7, 1, 2>(d)));
        });
    }
};

struct PanelIq4Xs : PanelTypeOfK<TensorType::IQ4_XS, Iq4Xs>, TwoHalves<0>, ByteScales<true>, CorrectionsOf32 {
    template <class Isa>
    PONDER_INLINE static PanelScales<Isa> scales(PanelBlock<Isa> block) {
        // Scale j: four low bits in word 1, two high bits in the upper half of word 0 (see iq4XsScale).
        const auto low = block.word(1), high = Isa::template right<16>(block.word(0));
        const auto spread = [&](auto lows, auto highs) __attribute__((always_inline)) {
            // Bytes 0 and 1 of each hold four scales; every byte of the result gets one.
            const auto l = Isa::template pick<0, 0, 1, 1>(lows);
            const auto even = Isa::both(l, Isa::eachWord(wordOf(15, 0, 15, 0)));
            const auto odd = Isa::both(Isa::template right<4>(l), Isa::eachWord(wordOf(0, 15, 0, 15)));
            const auto h = Isa::template pick<0, 0, 0, 0>(highs);
            const auto top = Isa::either(
                Isa::either(Isa::both(Isa::template left<4>(h), Isa::eachWord(wordOf(48, 0, 0, 0))),
                            Isa::both(Isa::template left<2>(h), Isa::eachWord(wordOf(0, 48, 0, 0)))),
                Isa::either(Isa::both(h, Isa::eachWord(wordOf(0, 0, 48, 0))),
                            Isa::both(Isa::template right<2>(h), Isa::eachWord(wordOf(0, 0, 0, 48)))));
            return Isa::minusBytes(Isa::either(Isa::either(even, odd), top), Isa::eachByte(32));
        };
        PanelScales<Isa> result;
        result.scales[0] = spread(low, high);
        result.scales[1] = spread(Isa::template right<16>(low), Isa::template right<8>(high));
        return result;
    }
    template <class Isa, int c>
    PONDER_INLINE static void codes(PanelBlock<Isa> block, auto take) {
        const std::int8_t* table = Isa::movesSigned ? kMovedIq4Values.values : kIq4Values;
        forEach<8>([&]<int v>(Number<v>) __attribute__((always_inline)) {
            constexpr int first = 8 * (v / 4) + v % 4; // of its group's words
            const auto packed = block.word(2 + 8 * c + v);
            readInOrder();
            take(Number<first>(), Isa::lookUp(table, nibble<Isa>(packed)));
            take(Number<first + 4>(), Isa::lookUp(table, highNibble<Isa>(packed)));
        });
    }
};

} // namespace
} // namespace ponder::kernels
