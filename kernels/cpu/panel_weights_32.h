#pragma once

#include "kernels/cpu/panel_weights_k.h"
#include "kernels/cpu/weights_q8_0.h"

// How the types with blocks of 32 unpack from panels, for products with Q8_0 activations. The formulas are
// those of weights_q8_0.h. `rest` points at the first row's rest of the block. Where a block holds several
// scales' numbers, block.part says which are meant.
namespace ponder::kernels {
namespace {

// Vector v: columns 4v to 4v + 3 of a block; four vectors where a scale has 16 columns.
template <class Isa>
struct BlockCodes {
    typename Isa::Integers columns[8];
};

template <class Isa>
PONDER_INLINE void nibblesAt(PanelBlock<Isa> block, int firstWord, BlockCodes<Isa>& codes) {
#pragma GCC unroll 4
    for (int v = 0; v < 4; ++v) {
        const auto packed = block.word(firstWord + v);
        codes.columns[v] = nibble<Isa>(packed);
        codes.columns[4 + v] = highNibble<Isa>(packed);
    }
}

template <class Isa>
PONDER_INLINE void lookUpAt(PanelBlock<Isa> block, const std::int8_t* table, BlockCodes<Isa>& codes) {
    nibblesAt(block, 0, codes);
#pragma GCC unroll 8
    for (int v = 0; v < 8; ++v) codes.columns[v] = Isa::lookUp(table, codes.columns[v]);
}

// Calls give(v, `value` in byte i where bit 4v + i of the word is set) for v = 0 to 7.
template <class Isa, int value>
PONDER_INLINE void forEachBits(typename Isa::Integers bits, auto give) {
    give(0, Isa::template spreadBits<0, value>(bits));
    give(1, Isa::template spreadBits<1, value>(bits));
    give(2, Isa::template spreadBits<2, value>(bits));
    give(3, Isa::template spreadBits<3, value>(bits));
    give(4, Isa::template spreadBits<4, value>(bits));
    give(5, Isa::template spreadBits<5, value>(bits));
    give(6, Isa::template spreadBits<6, value>(bits));
    give(7, Isa::template spreadBits<7, value>(bits));
}

template <class Isa>
PONDER_INLINE void addFifthBits(typename Isa::Integers bits, BlockCodes<Isa>& codes) {
    forEachBits<Isa, 16>(
        bits, [&](int v, auto fifth) __attribute__((always_inline)) {
            codes.columns[v] = Isa::either(codes.columns[v], fifth);
        });
}

/// What a type has in common with its rows in file order.
template <TensorType type, class Rows>
struct PanelTypeOf32 {
    static constexpr PanelShape shape = panelShape(type);
    static constexpr int columns = Rows::columns, parts = Rows::parts, safe = Rows::safe;
    static constexpr bool isSigned = Rows::isSigned, hasOffset = Rows::hasOffset;
};

// d in the rest; the offset is a multiple of it.
template <int times>
struct RestScale {
    template <class Isa>
    PONDER_INLINE static typename Isa::Floats scales(PanelBlock<Isa>, const std::uint8_t* rest) {
        return Isa::loadHalves(rest);
    }
    template <class Isa>
    PONDER_INLINE static typename Isa::Floats offsets(PanelBlock<Isa>, typename Isa::Floats scales) {
        return Isa::times(scales, times);
    }
};
// d and the offset in the first word.
struct WordScale {
    template <class Isa>
    PONDER_INLINE static typename Isa::Floats scales(PanelBlock<Isa> block, const std::uint8_t*) {
        return Isa::lowHalves(block.word(0));
    }
    template <class Isa>
    PONDER_INLINE static typename Isa::Floats offsets(PanelBlock<Isa> block, typename Isa::Floats) {
        return Isa::highHalves(block.word(0));
    }
};

struct PanelQ4_0 : PanelTypeOf32<TensorType::Q4_0, Q4_0>, RestScale<-8> {
    template <class Isa>
    PONDER_INLINE static void codes(PanelBlock<Isa> block, BlockCodes<Isa>& codes) {
        nibblesAt(block, 0, codes);
    }
};

struct PanelQ4_1 : PanelTypeOf32<TensorType::Q4_1, Q4_1>, WordScale {
    template <class Isa>
    PONDER_INLINE static void codes(PanelBlock<Isa> block, BlockCodes<Isa>& codes) {
        nibblesAt(block, 1, codes);
    }
};

struct PanelQ5_0 : PanelTypeOf32<TensorType::Q5_0, Q5_0>, RestScale<-16> {
    template <class Isa>
    PONDER_INLINE static void codes(PanelBlock<Isa> block, BlockCodes<Isa>& codes) {
        nibblesAt(block, 1, codes);
        addFifthBits<Isa>(block.word(0), codes);
    }
};

struct PanelQ5_1 : PanelTypeOf32<TensorType::Q5_1, Q5_1>, WordScale {
    template <class Isa>
    PONDER_INLINE static void codes(PanelBlock<Isa> block, BlockCodes<Isa>& codes) {
        nibblesAt(block, 2, codes);
        addFifthBits<Isa>(block.word(1), codes);
    }
};

struct PanelQ8_0 : PanelTypeOf32<TensorType::Q8_0, Q8_0>, RestScale<0> {
    template <class Isa>
    PONDER_INLINE static void codes(PanelBlock<Isa> block, BlockCodes<Isa>& codes) {
#pragma GCC unroll 8
        for (int v = 0; v < 8; ++v) codes.columns[v] = Isa::movedUp(block.word(v));
    }
};

struct PanelIq4Nl : PanelTypeOf32<TensorType::IQ4_NL, Iq4Nl>, RestScale<0> {
    template <class Isa>
    PONDER_INLINE static void codes(PanelBlock<Isa> block, BlockCodes<Isa>& codes) {
        lookUpAt(block, Isa::movesSigned ? kMovedIq4Values.values : kIq4Values, codes);
    }
};

struct PanelMxfp4 : PanelTypeOf32<TensorType::MXFP4, Mxfp4> {
    template <class Isa>
    PONDER_INLINE static typename Isa::Floats scales(PanelBlock<Isa>, const std::uint8_t* rest) {
        return Isa::powersOfTwo(rest);
    }
    template <class Isa>
    PONDER_INLINE static typename Isa::Floats offsets(PanelBlock<Isa>, typename Isa::Floats scales) {
        return Isa::times(scales, -12);
    }
    template <class Isa>
    PONDER_INLINE static void codes(PanelBlock<Isa> block, BlockCodes<Isa>& codes) {
        lookUpAt(block, kMovedFp4Values, codes);
    }
};

struct PanelNvfp4 : PanelTypeOf32<TensorType::NVFP4, Nvfp4> {
    template <class Isa>
    PONDER_INLINE static typename Isa::Floats scales(PanelBlock<Isa> block, const std::uint8_t*) {
        return Isa::scalesOfE4m3(Isa::words(block.words + block.part)); // the part's byte comes first
    }
    template <class Isa>
    PONDER_INLINE static typename Isa::Floats offsets(PanelBlock<Isa>, typename Isa::Floats) {
        return Isa::zero();
    }
    template <class Isa>
    PONDER_INLINE static void codes(PanelBlock<Isa> block, BlockCodes<Isa>& codes) {
#pragma GCC unroll 2
        for (int v = 0; v < 2; ++v) {
            const auto packed = block.word(1 + 2 * block.part + v);
            codes.columns[v] = Isa::movedUp(Isa::lookUp(kFp4Values, nibble<Isa>(packed)));
            codes.columns[2 + v] = Isa::movedUp(Isa::lookUp(kFp4Values, highNibble<Isa>(packed)));
        }
    }
};

struct PanelQ1_0 : PanelTypeOf32<TensorType::Q1_0, Q1_0> {
    template <class Isa>
    PONDER_INLINE static typename Isa::Floats scales(PanelBlock<Isa>, const std::uint8_t* rest) {
        return Isa::times(Isa::loadHalves(rest), 2);
    }
    template <class Isa>
    PONDER_INLINE static typename Isa::Floats offsets(PanelBlock<Isa>, typename Isa::Floats scales) {
        return Isa::times(scales, -0.5f);
    }
    template <class Isa>
    PONDER_INLINE static void codes(PanelBlock<Isa> block, BlockCodes<Isa>& codes) {
        forEachBits<Isa, 1>(
            block.word(block.part), [&](int v, auto bits)
                                        __attribute__((always_inline)) { codes.columns[v] = bits; });
    }
};

} // namespace
} // namespace ponder::kernels
