#pragma once

#include <cstdint>

namespace ponder::kernels {

/// A short causal convolution of every channel with factors of its own, over tokens in a row.
struct Convolution {
    const float* inputs = nullptr;  ///< [length - 1 + tokens][channels], older positions first
    const float* factors = nullptr; ///< [length][channels], the oldest position's first
    std::int64_t length = 0;
    std::int64_t channels = 0;
    std::int64_t tokens = 0;
    float* output = nullptr; ///< [tokens][channels]
};

/// output[t] = x · σ(x) with x = Σ_k factors[k] ⊙ inputs[t + k] (Mamba, arXiv 2312.00752, §3.4). Channels do
/// not meet. Requires: length >= 1.
void convolveSilu(const Convolution& convolution);

} // namespace ponder::kernels
