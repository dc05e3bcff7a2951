#pragma once

#include <cstdint>

namespace ponder::kernels {

/// How cached keys and values are stored.
enum class CacheType { F32, F16 };

/// One query head against a run of cached positions.
struct AttentionHead {
    const float* query = nullptr; ///< [keyLength]
    std::int64_t keyLength = 0;
    CacheType cacheType = CacheType::F32;
    const void* keys = nullptr;   ///< [positions][keyStride], the first keyLength of each
    std::int64_t keyStride = 0;   ///< elements between positions
    const void* values = nullptr; ///< [positions][valueStride], the first valueLength of each
    std::int64_t valueStride = 0;
    std::int64_t valueLength = 0;
    std::int64_t positions = 0;
    float scale = 1;
    const float* sink = nullptr; ///< null, or one extra logit without a value (gpt-oss)
    float* scores = nullptr;     ///< [positions], scratch
    float* output = nullptr;     ///< [valueLength]
};

/// softmax(scale · q·k) · v. The sink, if any, takes part in the softmax and contributes nothing to the sum.
/// Requires: positions >= 1.
void attendHead(const AttentionHead& head);

/// Rounds to nearest even.
void convertToF16(const float* x, std::uint16_t* y, std::int64_t n);
void convertFromF16(const std::uint16_t* x, float* y, std::int64_t n);

} // namespace ponder::kernels
