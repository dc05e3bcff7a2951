#include "kernels/cpu/avx2.h"
#include "kernels/cpu/floats_avx2.h"
#include "kernels/cpu/transposed.h"

namespace ponder::kernels::avx2 {

void multiplyTransposed(const TransposedProduct& product) {
    multiplyTransposedBy<FloatsAvx2>(product);
}

} // namespace ponder::kernels::avx2
