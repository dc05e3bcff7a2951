#include "kernels/cpu/avx512.h"
#include "kernels/cpu/matmul_panels.h"
#include "kernels/cpu/panel_steps_avx512.h"

namespace ponder::kernels::avx512 {

void matmulPanels(const MatmulRange& range) {
    multiplyPanelsOf<PanelAvx512>(range);
}

} // namespace ponder::kernels::avx512
