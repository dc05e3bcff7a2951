#pragma once

#include <cstdint>

namespace ponder::kernels {

/// One head of a gated delta rule over tokens in a row (Yang et al. 2024, arXiv 2412.06464, eq. 10).
struct DeltaHead {
    const float* queries = nullptr; ///< [tokens][inputStride], the first keyLength of each
    const float* keys = nullptr;    ///< [tokens][inputStride], the first keyLength of each
    const float* values = nullptr;  ///< [tokens][inputStride], the first valueLength of each
    std::int64_t inputStride = 0;
    const float* decays = nullptr; ///< [tokens][gateStride], α: what is kept of the state, 0…1
    const float* writes = nullptr; ///< [tokens][gateStride], β: how much of the new value is written, 0…1
    std::int64_t gateStride = 0;
    const float* before = nullptr; ///< [valueLength][keyLength], the state before the first token
    float* after = nullptr;        ///< the same behind the last one
    float* output = nullptr;       ///< [tokens][outputStride], the first valueLength of each
    std::int64_t outputStride = 0;
    std::int64_t keyLength = 0;
    std::int64_t valueLength = 0;
    std::int64_t tokens = 0;
};

/// For each token: S = α S, then S += β (v - S k) kᵀ, then output = S q. Sums do not depend on how the tokens
/// are cut. Requires: tokens >= 1, `before` and `after` apart.
void applyDeltaRule(const DeltaHead& head);

} // namespace ponder::kernels
