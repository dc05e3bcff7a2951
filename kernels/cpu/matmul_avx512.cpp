#include "kernels/cpu/avx512.h"

namespace ponder::kernels::avx512 {

void matmul(const MatmulRange& range) {
    if (range.inPanels) return matmulPanels(range);
    switch (activationFormat(range.type)) {
    case ActivationFormat::F32:
        return matmulF32(range);
    case ActivationFormat::Q8_0:
        return matmulQ8_0(range);
    case ActivationFormat::Q8_K:
        return matmulQ8_K(range);
    }
}

} // namespace ponder::kernels::avx512
