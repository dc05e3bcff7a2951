#include "kernels/reference/quantize_search.h"

namespace ponder::kernels {

namespace {

/// The nearest of the 16 values for every half from -128 to 127.5.
constexpr std::array<std::uint8_t, 512> iq4Table() {
    std::array<std::uint8_t, 512> table{};
    for (int i = 0; i < 512; ++i) {
        const int twice = i - 256;
        int best = 0;
        for (int code = 1; code < 16; ++code) {
            const int distance = twice - 2 * kIq4Values[code], least = twice - 2 * kIq4Values[best];
            if (distance * distance < least * least) best = code;
        }
        table[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(best);
    }
    return table;
}

constexpr std::array<std::uint8_t, 512> kIq4Table = iq4Table();

struct Sums {
    float weights = 0, x = 0, codes = 0, codeSquares = 0, products = 0;
};

/// Weighted sums over the codes that `inverse` gives, from `least` up.
Sums sumsFor(const float* x, const float* weights, int n, int mostCode, float least, float inverse) {
    Sums sums;
    for (int i = 0; i < n; ++i) {
        const float code = static_cast<float>(
            nearest(std::clamp((x[i] - least) * inverse, 0.0f, static_cast<float>(mostCode))));
        const float weighted = weights[i] * code;
        sums.weights += weights[i];
        sums.x += weights[i] * x[i];
        sums.codes += weighted;
        sums.codeSquares += weighted * code;
        sums.products += weighted * x[i];
    }
    return sums;
}

/// Least squares for scale and minimum (Cramer's rule).
AffineFit solve(const Sums& sums, Minimum kind) {
    const float determinant = sums.weights * sums.codeSquares - sums.codes * sums.codes;
    AffineFit fit;
    if (determinant > 0) {
        fit.scale = (sums.weights * sums.products - sums.x * sums.codes) / determinant;
        fit.minimum = -(sums.codeSquares * sums.x - sums.codes * sums.products) / determinant;
    }
    if (kind == Minimum::NotNegative && fit.minimum < 0) {
        fit.minimum = 0;
        fit.scale = sums.codeSquares > 0 ? sums.products / sums.codeSquares : 0;
    }
    return fit;
}

float errorOf(const AffineFit& fit, const float* x, const float* weights, int n, int mostCode) {
    const float inverse = inverseOf(fit.scale);
    float error = 0;
    for (int i = 0; i < n; ++i) {
        const float code = static_cast<float>(
            nearest(std::clamp((x[i] + fit.minimum) * inverse, 0.0f, static_cast<float>(mostCode))));
        const float difference = fit.scale * code - fit.minimum - x[i];
        error += weights[i] * difference * difference;
    }
    return error;
}

} // namespace

int Iq4Codes::code(float value) {
    const int index = nearest(2 * std::clamp(value, -128.0f, 127.5f)) + 256;
    return kIq4Table[static_cast<std::size_t>(index)];
}

AffineFit fitAffine(const float* x, const float* weights, int n, int mostCode, Minimum kind) {
    constexpr int kSteps = 10;
    constexpr int kRounds = 2;
    const auto [lowest, highest] = std::minmax_element(x, x + n);
    const float least = kind == Minimum::NotNegative ? std::min(*lowest, 0.0f) : *lowest;
    const float range = *highest - least;
    if (!(range > 1e-30f)) return {0, -least};
    AffineFit best{range / static_cast<float>(mostCode), -least};
    float bestError = errorOf(best, x, weights, n, mostCode);
    const auto consider = [&](float from, float inverse) {
        const AffineFit fit = solve(sumsFor(x, weights, n, mostCode, from, inverse), kind);
        if (!(fit.scale > 0)) return false;
        const float error = errorOf(fit, x, weights, n, mostCode);
        if (!(error < bestError)) return false;
        bestError = error;
        best = fit;
        return true;
    };
    // Codes as if the range were somewhat larger or smaller than it is.
    for (int step = -kSteps; step <= kSteps; ++step)
        consider(least, (static_cast<float>(mostCode) + 0.1f * static_cast<float>(step)) / range);
    for (int round = 0; round < kRounds; ++round)
        if (!consider(-best.minimum, 1 / best.scale)) break;
    return best;
}

void quantizationWeights(const float* x, int n, float* weights) {
    float squares = 0;
    for (int i = 0; i < n; ++i) squares += x[i] * x[i];
    const float mean = squares / static_cast<float>(n);
    for (int i = 0; i < n; ++i) weights[i] = mean > 0 ? std::sqrt((mean + x[i] * x[i]) / mean) : 1;
}

} // namespace ponder::kernels
