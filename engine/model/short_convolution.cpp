#include "engine/model/short_convolution.h"

#include <algorithm>

namespace ponder::engine {

void ShortConvolution::forward(int layer, const Step& step, const float* input, float* output,
                               KvCache& cache) {
    const ConvolutionWeights& weights = model_.layer(layer).convolution;
    const std::int64_t width = config_.width;
    const std::int64_t length = config_.convolutionLength;
    const std::int64_t older = (length - 1) * width;

    projected_.resize(static_cast<std::size_t>(step.tokens * 3 * width));
    const MatrixProduct inward = productOf(weights.input, step.tokens, input, projected_.data());
    backend_.multiply({&inward, 1});

    gated_.resize(static_cast<std::size_t>(older + step.tokens * width));
    mixed_.resize(static_cast<std::size_t>(step.tokens * width));
    std::copy_n(cache.carried(layer), older, gated_.data());
    for (std::int64_t t = 0; t < step.tokens; ++t) {
        const float* before = projected_.data() + t * 3 * width;
        const float* after = before + width;
        const float* values = before + 2 * width;
        float* gated = gated_.data() + older + t * width;
        for (std::int64_t c = 0; c < width; ++c) gated[c] = before[c] * values[c];
        for (std::int64_t c = 0; c < width; ++c) {
            const float* kernel = weights.kernel.data() + c * length;
            float sum = 0;
            for (std::int64_t k = 0; k < length; ++k)
                sum += kernel[k] * gated_[static_cast<std::size_t>((t + k) * width + c)];
            mixed_[static_cast<std::size_t>(t * width + c)] = after[c] * sum;
        }
    }
    std::copy_n(gated_.data() + step.tokens * width, older, cache.nextCarried(layer));

    const MatrixProduct outward = productOf(weights.output, step.tokens, mixed_.data(), output);
    backend_.multiply({&outward, 1});
}

} // namespace ponder::engine
