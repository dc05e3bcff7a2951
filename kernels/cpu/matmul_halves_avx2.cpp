#include "kernels/cpu/avx2.h"
#include "kernels/cpu/half_steps_avx2.h"
#include "kernels/cpu/matmul_halves.h"

namespace ponder::kernels::avx2 {

void matmulHalves(const MatmulRange& range) {
    multiplyHalvesOf<HalvesAvx2>(range);
}

} // namespace ponder::kernels::avx2
