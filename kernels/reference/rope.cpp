#include "kernels/rope.h"

#include "kernels/reference/reference.h"

namespace ponder::kernels::reference {

void rotate(RopeStyle style, float* x, std::int64_t rotated, const float* cosines, const float* sines) {
    const std::int64_t half = rotated / 2;
    for (std::int64_t i = 0; i < half; ++i) {
        float& a = style == RopeStyle::Pairs ? x[2 * i] : x[i];
        float& b = style == RopeStyle::Pairs ? x[2 * i + 1] : x[i + half];
        const float turned = a * cosines[i] - b * sines[i];
        b = a * sines[i] + b * cosines[i];
        a = turned;
    }
}

} // namespace ponder::kernels::reference
