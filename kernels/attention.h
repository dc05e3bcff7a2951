#pragma once

#include <cstddef>
#include <cstdint>

namespace ponder::kernels {

/// How cached keys and values are stored. Q8_0: int8 in blocks of 32 behind a half-precision scale, as GGUF
/// has them; the last block of a row is filled up with zeros.
enum class CacheType { F32, F16, Q8_0 };

/// Bytes of `numbers` cached numbers of one head.
std::size_t cacheRowBytes(CacheType type, std::int64_t numbers);

/// One query head against a run of cached positions.
struct AttentionHead {
    const float* query = nullptr; ///< [keyLength]
    std::int64_t keyLength = 0;
    CacheType cacheType = CacheType::F32;
    const void* keys = nullptr;   ///< [positions], the first keyLength numbers of each
    std::int64_t keyStride = 0;   ///< bytes between positions
    const void* values = nullptr; ///< [positions], the first valueLength numbers of each
    std::int64_t valueStride = 0; ///< bytes between positions
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

/// Writes cacheRowBytes(type, n) bytes. Values are rounded to nearest even; a block that holds a NaN or an
/// infinity becomes NaN.
void storeCacheRow(CacheType type, const float* x, void* y, std::int64_t n);

} // namespace ponder::kernels
