#pragma once

#include <cstdint>

namespace ponder::kernels {

/// Which two numbers turn together.
enum class RopeStyle {
    Pairs,  ///< (2i, 2i + 1): llama, deepseek; "NORM" in other programs
    Halves, ///< (i, i + rotated / 2): qwen, gemma, gpt-oss; "NEOX"
};

/// Turns pair i of one head, in place, by the angle whose cosine and sine are given (Su et al. 2021).
/// `rotated` numbers take part, an even count; what follows them in the head is left alone.
void rotate(RopeStyle style, float* x, std::int64_t rotated, const float* cosines, const float* sines);

} // namespace ponder::kernels
