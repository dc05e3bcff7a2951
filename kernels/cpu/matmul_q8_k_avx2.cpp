#include "kernels/cpu/avx2.h"
#include "kernels/cpu/instructions_avx2.h"
#include "kernels/cpu/matmul_q8_k.h"

namespace ponder::kernels::avx2 {

void matmulQ8_K(const MatmulRange& range) {
    multiplyQ8_K<Avx2>(range);
}

} // namespace ponder::kernels::avx2
