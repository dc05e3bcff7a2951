#include "kernels/attention.h"

#include "kernels/half.h"
#include "kernels/reference/reference.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace ponder::kernels::reference {

namespace {

constexpr std::int64_t kBlock = 32;
constexpr std::int64_t kBlockBytes = 34;
constexpr std::uint16_t kHalfNan = 0x7E00;

/// Number `i` of the row `bytes` behind `rows`.
float cached(CacheType type, const void* rows, std::int64_t bytes, std::int64_t i) {
    const auto* row = static_cast<const std::byte*>(rows) + bytes;
    if (type == CacheType::F32) return reinterpret_cast<const float*>(row)[i];
    if (type == CacheType::F16) return halfToFloat(reinterpret_cast<const std::uint16_t*>(row)[i]);
    const std::byte* block = row + i / kBlock * kBlockBytes;
    std::uint16_t scale;
    std::memcpy(&scale, block, sizeof scale);
    return halfToFloat(scale) * static_cast<float>(static_cast<std::int8_t>(block[2 + i % kBlock]));
}

} // namespace

namespace {

void attendHead(const AttentionHead& head, float* scores) {
    float largest = head.sink ? *head.sink : -INFINITY;
    for (std::int64_t p = 0; p < head.positions; ++p) {
        double sum = 0;
        for (std::int64_t i = 0; i < head.keyLength; ++i) {
            sum +=
                static_cast<double>(head.query[i]) * cached(head.cacheType, head.keys, p * head.keyStride, i);
        }
        scores[p] = static_cast<float>(sum) * head.scale;
        largest = std::max(largest, scores[p]);
    }
    double total = head.sink ? std::exp(*head.sink - largest) : 0;
    for (std::int64_t p = 0; p < head.positions; ++p) {
        scores[p] = std::exp(scores[p] - largest);
        total += scores[p];
    }
    for (std::int64_t i = 0; i < head.valueLength; ++i) {
        double sum = 0;
        for (std::int64_t p = 0; p < head.positions; ++p) {
            sum +=
                static_cast<double>(scores[p]) * cached(head.cacheType, head.values, p * head.valueStride, i);
        }
        head.output[i] = static_cast<float>(sum / total);
    }
}

} // namespace

void attendHeads(const AttentionHead* heads, std::int64_t count, float* scratch) {
    for (std::int64_t i = 0; i < count; ++i) attendHead(heads[i], scratch);
}

void convertToF16(const float* x, std::uint16_t* y, std::int64_t n) {
    for (std::int64_t i = 0; i < n; ++i) y[i] = floatToHalf(x[i]);
}

void convertFromF16(const std::uint16_t* x, float* y, std::int64_t n) {
    for (std::int64_t i = 0; i < n; ++i) y[i] = halfToFloat(x[i]);
}

void convertToQ8_0(const float* x, void* y, std::int64_t n) {
    auto* block = static_cast<std::uint8_t*>(y);
    for (std::int64_t first = 0; first < n; first += kBlock, block += kBlockBytes) {
        const std::int64_t count = std::min(kBlock, n - first);
        float largest = 0;
        bool broken = false;
        for (std::int64_t i = 0; i < count; ++i) {
            largest = std::max(largest, std::fabs(x[first + i]));
            broken = broken || !std::isfinite(x[first + i]);
        }
        const std::uint16_t scale = broken ? kHalfNan : floatToHalf(largest / 127);
        std::memcpy(block, &scale, sizeof scale);
        // Rounded by the scale as it is stored, whose own rounding then costs nothing.
        const float stored = halfToFloat(scale);
        const float inverse = broken || !std::isfinite(stored) || stored == 0 ? 0 : 1 / stored;
        for (std::int64_t i = 0; i < kBlock; ++i) {
            const float level = i < count && inverse != 0 ? std::nearbyint(x[first + i] * inverse) : 0;
            block[2 + i] =
                static_cast<std::uint8_t>(static_cast<std::int8_t>(std::clamp(level, -127.0f, 127.0f)));
        }
    }
}

} // namespace ponder::kernels::reference
