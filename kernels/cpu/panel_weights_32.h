#pragma once

#include "kernels/cpu/panel_weights_k.h"

// How the types with blocks of 32 unpack from panels, for products with Q8_0 activations. The formulas are
// those of weights_q8_0.h. `rest` points at the first row's rest of the block.
namespace ponder::kernels {
namespace {

// Eight vectors: columns 4v to 4v + 3 of a block.
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

template <class Isa>
PONDER_INLINE void addFifthBits(typename Isa::Integers bits, BlockCodes<Isa>& codes) {
    const auto add = [&]<int v>(std::integral_constant<int, v>) __attribute__((always_inline)) {
        codes.columns[v] = Isa::either(codes.columns[v], Isa::template fifthBits<v>(bits));
    };
    add(std::integral_constant<int, 0>());
    add(std::integral_constant<int, 1>());
    add(std::integral_constant<int, 2>());
    add(std::integral_constant<int, 3>());
    add(std::integral_constant<int, 4>());
    add(std::integral_constant<int, 5>());
    add(std::integral_constant<int, 6>());
    add(std::integral_constant<int, 7>());
}

// d in the rest; the offset is a multiple of it.
template <int times>
struct RestScale {
    static constexpr bool hasOffset = times != 0;
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
    static constexpr bool hasOffset = true;
    template <class Isa>
    PONDER_INLINE static typename Isa::Floats scales(PanelBlock<Isa> block, const std::uint8_t*) {
        return Isa::lowHalves(block.word(0));
    }
    template <class Isa>
    PONDER_INLINE static typename Isa::Floats offsets(PanelBlock<Isa> block, typename Isa::Floats) {
        return Isa::highHalves(block.word(0));
    }
};

struct PanelQ4_0 : RestScale<-8> {
    static constexpr PanelShape shape = panelShape(TensorType::Q4_0);
    static constexpr int safe = 4;
    static constexpr bool isSigned = false;
    template <class Isa>
    PONDER_INLINE static void codes(PanelBlock<Isa> block, BlockCodes<Isa>& codes) {
        nibblesAt(block, 0, codes);
    }
};

struct PanelQ4_1 : WordScale {
    static constexpr PanelShape shape = panelShape(TensorType::Q4_1);
    static constexpr int safe = 4;
    static constexpr bool isSigned = false;
    template <class Isa>
    PONDER_INLINE static void codes(PanelBlock<Isa> block, BlockCodes<Isa>& codes) {
        nibblesAt(block, 1, codes);
    }
};

struct PanelQ5_0 : RestScale<-16> {
    static constexpr PanelShape shape = panelShape(TensorType::Q5_0);
    static constexpr int safe = 4;
    static constexpr bool isSigned = false;
    template <class Isa>
    PONDER_INLINE static void codes(PanelBlock<Isa> block, BlockCodes<Isa>& codes) {
        nibblesAt(block, 1, codes);
        addFifthBits<Isa>(block.word(0), codes);
    }
};

struct PanelQ5_1 : WordScale {
    static constexpr PanelShape shape = panelShape(TensorType::Q5_1);
    static constexpr int safe = 4;
    static constexpr bool isSigned = false;
    template <class Isa>
    PONDER_INLINE static void codes(PanelBlock<Isa> block, BlockCodes<Isa>& codes) {
        nibblesAt(block, 2, codes);
        addFifthBits<Isa>(block.word(1), codes);
    }
};

struct PanelQ8_0 : RestScale<0> {
    static constexpr PanelShape shape = panelShape(TensorType::Q8_0);
    static constexpr int safe = 1;
    static constexpr bool isSigned = true;
    template <class Isa>
    PONDER_INLINE static void codes(PanelBlock<Isa> block, BlockCodes<Isa>& codes) {
#pragma GCC unroll 8
        for (int v = 0; v < 8; ++v) codes.columns[v] = Isa::movedUp(block.word(v));
    }
};

struct PanelIq4Nl : RestScale<0> {
    static constexpr PanelShape shape = panelShape(TensorType::IQ4_NL);
    static constexpr int safe = 1;
    static constexpr bool isSigned = true;
    template <class Isa>
    PONDER_INLINE static void codes(PanelBlock<Isa> block, BlockCodes<Isa>& codes) {
        lookUpAt(block, Isa::movesSigned ? kMovedIq4Values.data() : kIq4Values, codes);
    }
};

// Values are moved up by 12, to be unsigned: then four pairs may be added in 16 bits.
struct PanelMxfp4 {
    static constexpr PanelShape shape = panelShape(TensorType::MXFP4);
    static constexpr int safe = 4;
    static constexpr bool isSigned = false, hasOffset = true;
    static constexpr std::int8_t kMovedValues[16] = {12, 13, 14, 15, 16, 18, 20, 24,
                                                     12, 11, 10, 9,  8,  6,  4,  0};
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
        lookUpAt(block, kMovedValues, codes);
    }
};

} // namespace
} // namespace ponder::kernels
