#include "kernels/cpu/avx2.h"
#include "kernels/cpu/vector_avx2.h"

namespace ponder::kernels::avx2 {

void convolveSilu(const Convolution& convolution) {
    const std::int64_t channels = convolution.channels;
    for (std::int64_t t = 0; t < convolution.tokens; ++t) {
        const float* inputs = convolution.inputs + t * channels;
        float* output = convolution.output + t * channels;
        for (std::int64_t c = 0; c < channels; c += 8) {
            const __m256i lanes = firstLanes(channels - c < 8 ? static_cast<int>(channels - c) : 8);
            __m256 sum = _mm256_setzero_ps();
            for (std::int64_t k = 0; k < convolution.length; ++k) {
                const std::int64_t at = k * channels + c;
                sum = _mm256_fmadd_ps(_mm256_maskload_ps(convolution.factors + at, lanes),
                                      _mm256_maskload_ps(inputs + at, lanes), sum);
            }
            const __m256 power = exponential(_mm256_sub_ps(_mm256_setzero_ps(), sum));
            _mm256_maskstore_ps(output + c, lanes,
                                _mm256_div_ps(sum, _mm256_add_ps(power, _mm256_set1_ps(1))));
        }
    }
}

} // namespace ponder::kernels::avx2
