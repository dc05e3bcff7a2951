#pragma once

#include "kernels/cpu/panel_few.h"
#include "kernels/cpu/panel_many.h"

// Products from panels, for the instruction set `Isa`. Every result is the same bits as from rows in file
// order: within a block everything is integer and exact, and blocks are added as floats in their order, one
// lane a row.
namespace ponder::kernels {
namespace {

constexpr int kFewTokens = 2;

template <class Isa, class Weights, int tokens>
PONDER_INLINE void multiplyFew(const MatmulRange& range, const PanelPart<Isa, Weights>& part,
                               std::int64_t token) {
    if constexpr (Weights::shape.words > 8)
        multiplyFewOfK<Isa, Weights, tokens>(range, part, token);
    else
        multiplyOf32<Isa, Weights, tokens>(range, part, token);
}

template <class Isa, class Weights>
void multiplyPanels(const MatmulRange& range) {
    constexpr int parts = static_cast<int>(kPanelRows) / Isa::lanes;
    const std::int64_t end = (range.rowEnd + kPanelRows - 1) / kPanelRows;
    for (std::int64_t panel = range.rowBegin / kPanelRows; panel < end;) {
        const bool isPair = Isa::lanes == 16 && range.tokens > kFewTokens && panel + 2 <= end;
        for (int p = 0; p < parts; ++p) {
            const PanelPart<Isa, Weights> part(range, panel, p);
            if (part.count <= 0) break;
            if (range.tokens == 1) {
                multiplyFew<Isa, Weights, 1>(range, part, 0);
            } else if (range.tokens == kFewTokens) {
                multiplyFew<Isa, Weights, kFewTokens>(range, part, 0);
            } else {
                for (std::int64_t token = 0; token < range.tokens; token += kManyTokens) {
                    const std::int64_t left = range.tokens - token;
                    const int some = left < kManyTokens ? static_cast<int>(left) : kManyTokens;
                    if constexpr (Isa::lanes == 16) {
                        if (isPair) {
                            multiplyMany<Isa, Weights, 2>(range, panel, p, token, some);
                            continue;
                        }
                    }
                    multiplyMany<Isa, Weights, 1>(range, panel, p, token, some);
                }
            }
        }
        panel += isPair ? 2 : 1;
    }
}

template <class Isa>
void multiplyPanelsOf(const MatmulRange& range) {
    using enum TensorType;
    switch (range.type) {
    case Q4_0:
        return multiplyPanels<Isa, PanelQ4_0>(range);
    case Q4_1:
        return multiplyPanels<Isa, PanelQ4_1>(range);
    case Q5_0:
        return multiplyPanels<Isa, PanelQ5_0>(range);
    case Q5_1:
        return multiplyPanels<Isa, PanelQ5_1>(range);
    case Q8_0:
        return multiplyPanels<Isa, PanelQ8_0>(range);
    case IQ4_NL:
        return multiplyPanels<Isa, PanelIq4Nl>(range);
    case MXFP4:
        return multiplyPanels<Isa, PanelMxfp4>(range);
    case Q2_K:
        return multiplyPanels<Isa, PanelQ2_K>(range);
    case Q3_K:
        return multiplyPanels<Isa, PanelQ3_K>(range);
    case Q4_K:
        return multiplyPanels<Isa, PanelQ4_K>(range);
    case Q5_K:
        return multiplyPanels<Isa, PanelQ5_K>(range);
    case Q6_K:
        return multiplyPanels<Isa, PanelQ6_K>(range);
    default:
        return multiplyPanels<Isa, PanelIq4Xs>(range);
    }
}

} // namespace
} // namespace ponder::kernels
