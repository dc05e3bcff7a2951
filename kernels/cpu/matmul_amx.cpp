#include "kernels/cpu/amx.h"
#include "kernels/cpu/avx512.h"
#include "kernels/cpu/panel_tiles.h"
#include "kernels/cpu/panel_types.h"
#include "kernels/panel_halves.h"

namespace ponder::kernels::amx {

namespace {

// Below, unpacking a panel for tiles costs more than they save (performance.md §5.5: equal at 8, ahead at 16,
// before weights were multiplied with their scales).
constexpr std::int64_t kFewestTokens = 12;

} // namespace

void matmul(const MatmulRange& range) {
    if (!range.inPanels || range.tokens < kFewestTokens || holdsHalves(range.type))
        return avx512::matmul(range);
    withPanelType(range.type,
                  [&]<class Weights>(PanelType<Weights>) { multiplyPanelsInTiles<Weights>(range); });
}

} // namespace ponder::kernels::amx
