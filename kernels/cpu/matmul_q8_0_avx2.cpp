#include "kernels/cpu/avx2.h"
#include "kernels/cpu/instructions_avx2.h"
#include "kernels/cpu/matmul_q8_0.h"

namespace ponder::kernels::avx2 {

void matmulQ8_0(const MatmulRange& range) {
    multiplyQ8_0<Avx2>(range);
}

} // namespace ponder::kernels::avx2
