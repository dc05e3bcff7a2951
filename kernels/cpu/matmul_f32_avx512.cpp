#include "kernels/cpu/avx512.h"
#include "kernels/cpu/instructions_avx512.h"
#include "kernels/cpu/matmul_f32.h"

namespace ponder::kernels::avx512 {

void matmulF32(const MatmulRange& range) {
    multiplyF32<Avx512>(range);
}

} // namespace ponder::kernels::avx512
