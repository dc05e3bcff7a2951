#include "kernels/cpu/avx512.h"
#include "kernels/cpu/floats_avx512.h"
#include "kernels/cpu/transposed.h"

namespace ponder::kernels::avx512 {

void multiplyTransposed(const TransposedProduct& product) {
    multiplyTransposedBy<FloatsAvx512>(product);
}

} // namespace ponder::kernels::avx512
