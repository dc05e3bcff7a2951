#pragma once

#include "kernels/cpu/panel_few.h"
#include "kernels/cpu/panel_many.h"
#include "kernels/cpu/panel_types.h"

// Products from panels, for the instruction set `Isa`. Every result is the same bits as from rows in file
// order: within a block everything is integer and exact, and blocks are added as floats in their order, one
// lane a row.
namespace ponder::kernels {
namespace {

constexpr int kFewTokens = 2;

// The range's first `tokens` tokens by a panel.
template <class Isa, class Weights, int tokens>
void multiplyFew(const MatmulRange& range, std::int64_t panel) {
    using Part = PanelPart<Isa, Weights>;
    constexpr int parts = kPartsOfPanel<Isa>;
    if constexpr (Weights::columns == kColumnsOfK) {
        multiplyFewOfK<Isa, Weights, tokens>(range, Part(range, panel, 0), Part(range, panel, parts - 1));
    } else {
        multiplyFewOf32<Isa, Weights, tokens>(range, Part(range, panel, 0), Part(range, panel, parts - 1));
    }
}

template <class Isa, class Weights>
void multiplyPanels(const MatmulRange& range) {
    const std::int64_t end = (range.rowEnd + kPanelRows - 1) / kPanelRows;
    for (std::int64_t panel = range.rowBegin / kPanelRows; panel < end;) {
        if (range.tokens <= kFewTokens) {
            if (range.tokens == 1)
                multiplyFew<Isa, Weights, 1>(range, panel);
            else
                multiplyFew<Isa, Weights, kFewTokens>(range, panel);
            ++panel;
            continue;
        }
        const bool isPair = Isa::lanes == 16 && panel + 2 <= end;
        for (int p = 0; p < kPartsOfPanel<Isa>; ++p) {
            if (PanelPart<Isa, Weights>(range, panel, p).count <= 0) break;
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
        panel += isPair ? 2 : 1;
    }
}

template <class Isa>
void multiplyPanelsOf(const MatmulRange& range) {
    withPanelType(range.type,
                  [&]<class Weights>(PanelType<Weights>) { multiplyPanels<Isa, Weights>(range); });
}

} // namespace
} // namespace ponder::kernels
