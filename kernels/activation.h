#pragma once

#include <cstdint>

namespace ponder::kernels {

/// What a gated feed-forward does to its gate g and its linear branch u.
enum class Activation {
    Silu,      ///< g · σ(g) · u
    GeluTanh,  ///< ½ g (1 + tanh(√(2/π) (g + 0.044715 g³))) · u
    SwigluOai, ///< gpt-oss: g = min(g, 7), u = clamp(u, ±7); g · σ(1.702 g) · (u + 1)
};

/// y may be gate or up.
void gatedActivation(Activation activation, const float* gate, const float* up, std::int64_t n, float* y);

/// In place; stable for large inputs. -infinity gives 0. Requires: n >= 1.
void softmax(float* x, std::int64_t n);

float dot(const float* x, const float* y, std::int64_t n);
/// y += scale · x
void addScaled(float scale, const float* x, float* y, std::int64_t n);
/// y += x
void add(const float* x, float* y, std::int64_t n);
/// y *= x
void multiply(const float* x, float* y, std::int64_t n);

} // namespace ponder::kernels
