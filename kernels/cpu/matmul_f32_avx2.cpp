#include "kernels/cpu/avx2.h"
#include "kernels/cpu/instructions_avx2.h"
#include "kernels/cpu/matmul_f32.h"

namespace ponder::kernels::avx2 {

void matmulF32(const MatmulRange& range) {
    multiplyF32<Avx2>(range);
}

} // namespace ponder::kernels::avx2
