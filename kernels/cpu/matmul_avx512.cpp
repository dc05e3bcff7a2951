#include "kernels/cpu/avx512.h"

namespace ponder::kernels::avx512 {

void matmul(const MatmulRange& range) {
    const ActivationFormat format = activationFormat(range.type);
    if (format == ActivationFormat::Words) return matmulHalves(range);
    if (range.inPanels) return matmulPanels(range);
    switch (format) {
    case ActivationFormat::F32:
    case ActivationFormat::Words:
        return matmulF32(range);
    case ActivationFormat::Q8_0:
        return matmulQ8_0(range);
    case ActivationFormat::Q8_K:
        return matmulQ8_K(range);
    }
}

} // namespace ponder::kernels::avx512
