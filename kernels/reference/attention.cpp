#include "kernels/attention.h"

#include "kernels/half.h"
#include "kernels/reference/reference.h"

#include <algorithm>
#include <cmath>

namespace ponder::kernels::reference {

namespace {

float cached(CacheType type, const void* row, std::int64_t i) {
    if (type == CacheType::F16) return halfToFloat(static_cast<const std::uint16_t*>(row)[i]);
    return static_cast<const float*>(row)[i];
}

} // namespace

void attendHead(const AttentionHead& head) {
    float largest = head.sink ? *head.sink : -INFINITY;
    for (std::int64_t p = 0; p < head.positions; ++p) {
        double sum = 0;
        for (std::int64_t i = 0; i < head.keyLength; ++i) {
            sum += static_cast<double>(head.query[i]) *
                   cached(head.cacheType, head.keys, p * head.keyStride + i);
        }
        head.scores[p] = static_cast<float>(sum) * head.scale;
        largest = std::max(largest, head.scores[p]);
    }
    double total = head.sink ? std::exp(*head.sink - largest) : 0;
    for (std::int64_t p = 0; p < head.positions; ++p) {
        head.scores[p] = std::exp(head.scores[p] - largest);
        total += head.scores[p];
    }
    for (std::int64_t i = 0; i < head.valueLength; ++i) {
        double sum = 0;
        for (std::int64_t p = 0; p < head.positions; ++p) {
            sum += static_cast<double>(head.scores[p]) *
                   cached(head.cacheType, head.values, p * head.valueStride + i);
        }
        head.output[i] = static_cast<float>(sum / total);
    }
}

void convertToF16(const float* x, std::uint16_t* y, std::int64_t n) {
    for (std::int64_t i = 0; i < n; ++i) y[i] = floatToHalf(x[i]);
}

void convertFromF16(const std::uint16_t* x, float* y, std::int64_t n) {
    for (std::int64_t i = 0; i < n; ++i) y[i] = halfToFloat(x[i]);
}

} // namespace ponder::kernels::reference
