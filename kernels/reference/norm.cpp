#include "kernels/norm.h"

#include "kernels/reference/reference.h"

#include <cmath>

namespace ponder::kernels::reference {

void rmsNorm(const float* x, const float* weight, float epsilon, std::int64_t n, float* y) {
    double squares = 0;
    for (std::int64_t i = 0; i < n; ++i) squares += static_cast<double>(x[i]) * x[i];
    const auto scale = static_cast<float>(1 / std::sqrt(squares / static_cast<double>(n) + epsilon));
    for (std::int64_t i = 0; i < n; ++i) y[i] = x[i] * scale * (weight ? weight[i] : 1);
}

void layerNorm(const float* x, const float* weight, const float* bias, float epsilon, std::int64_t n,
               float* y) {
    double sum = 0;
    for (std::int64_t i = 0; i < n; ++i) sum += x[i];
    const double mean = sum / static_cast<double>(n);
    double squares = 0;
    for (std::int64_t i = 0; i < n; ++i) squares += (x[i] - mean) * (x[i] - mean);
    const double scale = 1 / std::sqrt(squares / static_cast<double>(n) + epsilon);
    for (std::int64_t i = 0; i < n; ++i) {
        y[i] = static_cast<float>((x[i] - mean) * scale) * (weight ? weight[i] : 1) + (bias ? bias[i] : 0);
    }
}

} // namespace ponder::kernels::reference
