#include "kernels/cpu/avx2.h"
#include "kernels/cpu/matmul_panels.h"
#include "kernels/cpu/panel_steps_avx2.h"

namespace ponder::kernels::avx2 {

void matmulPanels(const MatmulRange& range) {
    multiplyPanelsOf<PanelAvx2>(range);
}

} // namespace ponder::kernels::avx2
