#include "kernels/cpu/avx512.h"
#include "kernels/cpu/half_steps_avx512.h"
#include "kernels/cpu/matmul_halves.h"

namespace ponder::kernels::avx512 {

void matmulHalves(const MatmulRange& range) {
    multiplyHalvesOf<HalvesAvx512>(range);
}

} // namespace ponder::kernels::avx512
