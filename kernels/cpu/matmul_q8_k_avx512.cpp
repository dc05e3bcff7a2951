#include "kernels/cpu/avx512.h"
#include "kernels/cpu/instructions_avx512.h"
#include "kernels/cpu/matmul_q8_k.h"

namespace ponder::kernels::avx512 {

void matmulQ8_K(const MatmulRange& range) {
    multiplyQ8_K<Avx512>(range);
}

} // namespace ponder::kernels::avx512
