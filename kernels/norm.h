#pragma once

#include <cstdint>

namespace ponder::kernels {

/// y = x / sqrt(mean(x²) + epsilon) · weight (Zhang and Sennrich 2019). `weight` may be null: all ones. y may
/// be x.
void rmsNorm(const float* x, const float* weight, float epsilon, std::int64_t n, float* y);

/// y = (x - mean) / sqrt(variance + epsilon) · weight + bias (Ba et al. 2016). Either may be null. y may be
/// x.
void layerNorm(const float* x, const float* weight, const float* bias, float epsilon, std::int64_t n,
               float* y);

} // namespace ponder::kernels
