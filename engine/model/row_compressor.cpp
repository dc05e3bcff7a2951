#include "engine/model/row_compressor.h"

#include "kernels/norm.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ponder::engine {

namespace {

/// A softmax under way, for each number of a row.
struct Running {
    float* largest;
    float* weights;
    float* weighted;
    std::int64_t length;

    Running(float* carried, std::int64_t count)
        : largest(carried), weights(carried + count), weighted(carried + 2 * count), length(count) {}

    void clear() {
        std::fill_n(largest, length, -std::numeric_limits<float>::infinity());
        std::fill_n(weights, 2 * length, 0.0f);
    }

    void add(const float* values, const float* gates, const float* bias) {
        for (std::int64_t i = 0; i < length; ++i) {
            const float gate = gates[i] + bias[i];
            const float most = std::max(largest[i], gate);
            const float kept = std::exp(largest[i] - most);
            const float weight = std::exp(gate - most);
            weights[i] = weights[i] * kept + weight;
            weighted[i] = weighted[i] * kept + weight * values[i];
            largest[i] = most;
        }
    }
};

} // namespace

RowCompressor::RowCompressor(const Model& model)
    : config_(model.config()), rope_(config_.rope, model.ropeFactors(0)) {}

std::int64_t RowCompressor::carriedNumbers(int ratio, std::int64_t length) {
    return 3 * projectedNumbers(ratio, length);
}

bool RowCompressor::take(const Offer& offer, float* carried, float* row) {
    const bool overlaps = offer.ratio == kOverlappingRatio;
    const std::int64_t place = offer.position % offer.ratio;
    Running own(carried, offer.length);
    Running after(carried + (overlaps ? 3 * offer.length : 0), offer.length);
    if (place == 0) {
        if (overlaps && offer.position > 0)
            std::copy_n(after.largest, 3 * offer.length, own.largest);
        else
            own.clear();
        if (overlaps) after.clear();
    }
    const std::int64_t projected = projectedNumbers(offer.ratio, offer.length);
    const float* bias = offer.weights.placeBias.data() + place * projected;
    const std::int64_t second = projected - offer.length;
    own.add(offer.values + second, offer.gates + second, bias + second);
    if (overlaps) after.add(offer.values, offer.gates, bias);
    if (place + 1 < offer.ratio) return false;

    for (std::int64_t i = 0; i < offer.length; ++i) row[i] = own.weighted[i] / own.weights[i];
    kernels::rmsNorm(row, offer.weights.norm.data(), config_.normEpsilon, offer.length, row);
    rope_.prepare(offer.position - place, 1);
    kernels::rotate(config_.family->ropeStyle, row + offer.length - rope_.dimensions(), rope_.dimensions(),
                    rope_.cosines(0), rope_.sines(0));
    return true;
}

} // namespace ponder::engine
