#include "kernels/reference/quantize_search.h"

namespace ponder::kernels {

namespace {

struct Sums {
    float weights = 0, x = 0, codes = 0, codeSquares = 0, products = 0;
};

/// Weighted sums over the codes that `inverse` gives, from `least` up.
Sums sumsFor(const float* x, const float* weights, int n, int mostCode, float least, float inverse) {
    const auto most = static_cast<float>(mostCode);
    Lanes weight{}, number{}, codes{}, squares{}, products{};
    for (int i = 0; i < n; i += kLanes) {
        const Lanes values = load(x + i), counts = load(weights + i);
        const Lanes code = nearest((values - least) * inverse, 0, most);
        const Lanes weighted = counts * code;
        weight += counts;
        number += counts * values;
        codes += weighted;
        squares += weighted * code;
        products += weighted * values;
    }
    return {total(weight), total(number), total(codes), total(squares), total(products)};
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

} // namespace

float affineError(const AffineFit& fit, const float* x, const float* weights, int n, int mostCode) {
    const float inverse = inverseOf(fit.scale);
    const auto most = static_cast<float>(mostCode);
    Lanes errors{};
    for (int i = 0; i < n; i += kLanes) {
        const Lanes values = load(x + i);
        const Lanes codes = nearest((values + fit.minimum) * inverse, 0, most);
        const Lanes differences = fit.scale * codes - fit.minimum - values;
        errors += load(weights + i) * differences * differences;
    }
    return total(errors);
}

AffineFit fitAffine(const float* x, const float* weights, int n, int mostCode, Minimum kind) {
    constexpr int kSteps = 10;
    constexpr int kRounds = 2;
    const auto [lowest, highest] = std::minmax_element(x, x + n);
    const float least = kind == Minimum::NotNegative ? std::min(*lowest, 0.0f) : *lowest;
    const float range = *highest - least;
    if (!(range > 1e-30f)) return {0, -least};
    AffineFit best{range / static_cast<float>(mostCode), -least};
    float bestError = affineError(best, x, weights, n, mostCode);
    const auto consider = [&](float from, float inverse) {
        const AffineFit fit = solve(sumsFor(x, weights, n, mostCode, from, inverse), kind);
        if (!(fit.scale > 0)) return false;
        const float error = affineError(fit, x, weights, n, mostCode);
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
