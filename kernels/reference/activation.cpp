#include "kernels/activation.h"

#include "kernels/reference/reference.h"

#include <algorithm>
#include <cmath>

namespace ponder::kernels::reference {

namespace {

float sigmoid(float x) {
    return 1 / (1 + std::exp(-x));
}

float geluTanh(float x) {
    const float inner = 0.79788456080286535588f * (x + 0.044715f * x * x * x);
    return 0.5f * x * (1 + std::tanh(inner));
}

float gated(Activation activation, float gate, float up) {
    switch (activation) {
    case Activation::Silu:
        return gate * sigmoid(gate) * up;
    case Activation::GeluTanh:
        return geluTanh(gate) * up;
    case Activation::SwigluOai:
        break;
    }
    // Written so that NaN passes through.
    const float limited = gate > 7 ? 7 : gate;
    const float clamped = up > 7 ? 7 : up < -7 ? -7 : up;
    return limited * sigmoid(1.702f * limited) * (clamped + 1);
}

} // namespace

void gatedActivation(Activation activation, const float* gate, const float* up, std::int64_t n, float* y) {
    for (std::int64_t i = 0; i < n; ++i) y[i] = gated(activation, gate[i], up[i]);
}

void softmax(float* x, std::int64_t n) {
    const float largest = *std::max_element(x, x + n);
    double total = 0;
    for (std::int64_t i = 0; i < n; ++i) total += x[i] = std::exp(x[i] - largest);
    for (std::int64_t i = 0; i < n; ++i) x[i] = static_cast<float>(x[i] / total);
}

float dot(const float* x, const float* y, std::int64_t n) {
    double sum = 0;
    for (std::int64_t i = 0; i < n; ++i) sum += static_cast<double>(x[i]) * y[i];
    return static_cast<float>(sum);
}

void addScaled(float scale, const float* x, float* y, std::int64_t n) {
    for (std::int64_t i = 0; i < n; ++i) y[i] += scale * x[i];
}

void add(const float* x, float* y, std::int64_t n) {
    for (std::int64_t i = 0; i < n; ++i) y[i] += x[i];
}

void multiply(const float* x, float* y, std::int64_t n) {
    for (std::int64_t i = 0; i < n; ++i) y[i] *= x[i];
}

} // namespace ponder::kernels::reference
