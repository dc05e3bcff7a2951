#include "kernels/cpu/avx512.h"
#include "kernels/cpu/instructions_avx512.h"
#include "kernels/cpu/matmul_q8_0.h"

namespace ponder::kernels::avx512 {

void matmulQ8_0(const MatmulRange& range) {
    multiplyQ8_0<Avx512>(range);
}

} // namespace ponder::kernels::avx512
