#include "kernels/convolution.h"

#include "kernels/reference/reference.h"

#include <cmath>

namespace ponder::kernels::reference {

void convolveSilu(const Convolution& convolution) {
    const std::int64_t channels = convolution.channels;
    for (std::int64_t t = 0; t < convolution.tokens; ++t) {
        for (std::int64_t c = 0; c < channels; ++c) {
            float sum = 0;
            for (std::int64_t k = 0; k < convolution.length; ++k)
                sum += convolution.factors[k * channels + c] * convolution.inputs[(t + k) * channels + c];
            convolution.output[t * channels + c] = sum / (1 + std::exp(-sum));
        }
    }
}

} // namespace ponder::kernels::reference
