#include "engine/model/hyper_connections.h"

#include "kernels/norm.h"

#include <algorithm>
#include <cmath>

namespace ponder::engine {

namespace {

float sigmoid(float x) {
    return 1.0f / (1.0f + std::exp(-x));
}

} // namespace

void HyperConnections::enter(const HyperConnectionWeights& weights, std::int64_t tokens, const float* streams,
                             float* input) {
    const std::int64_t count = config_.hyper.streams;
    project(weights, tokens, streams);
    collapse(weights, tokens, streams, input);

    shares_.resize(static_cast<std::size_t>(tokens * count));
    mixing_.resize(static_cast<std::size_t>(tokens * count * count));
    for (std::int64_t t = 0; t < tokens; ++t) {
        const float* row = projected_.data() + t * weights.projection.rows;
        float* shares = shares_.data() + t * count;
        for (std::int64_t i = count; i < 2 * count; ++i)
            shares[i - count] =
                2 * sigmoid(row[i] * weights.scale[1] + weights.base[static_cast<std::size_t>(i)]);
        float* mixing = mixing_.data() + t * count * count;
        for (std::int64_t i = 2 * count; i < weights.projection.rows; ++i)
            mixing[i - 2 * count] = row[i] * weights.scale[2] + weights.base[static_cast<std::size_t>(i)];
        balance(mixing);
    }
}

void HyperConnections::leave(std::int64_t tokens, const float* answer, float* streams) {
    const std::int64_t count = config_.hyper.streams;
    const std::int64_t width = config_.width;
    nextStreams_.resize(static_cast<std::size_t>(count * width));
    for (std::int64_t t = 0; t < tokens; ++t) {
        float* own = streams + t * count * width;
        const float* mixing = mixing_.data() + t * count * count;
        std::fill(nextStreams_.begin(), nextStreams_.end(), 0.0f);
        for (std::int64_t to = 0; to < count; ++to) {
            float* next = nextStreams_.data() + to * width;
            kernels::addScaled(shares_[static_cast<std::size_t>(t * count + to)], answer + t * width, next,
                               width);
            for (std::int64_t from = 0; from < count; ++from)
                kernels::addScaled(mixing[from * count + to], own + from * width, next, width);
        }
        std::copy(nextStreams_.begin(), nextStreams_.end(), own);
    }
}

void HyperConnections::finish(const HyperConnectionWeights& weights, std::int64_t tokens,
                              const float* streams, float* output) {
    project(weights, tokens, streams);
    collapse(weights, tokens, streams, output);
}

void HyperConnections::project(const HyperConnectionWeights& weights, std::int64_t tokens,
                               const float* streams) {
    const std::int64_t columns = weights.projection.columns;
    normed_.resize(static_cast<std::size_t>(tokens * columns));
    projected_.resize(static_cast<std::size_t>(tokens * weights.projection.rows));
    for (std::int64_t t = 0; t < tokens; ++t) {
        kernels::rmsNorm(streams + t * columns, nullptr, config_.normEpsilon, columns,
                         normed_.data() + t * columns);
    }
    const MatrixProduct product{.weights = weights.projection,
                                .input = normed_.data(),
                                .inputStride = columns,
                                .tokens = tokens,
                                .output = projected_.data(),
                                .outputStride = weights.projection.rows};
    backend_.multiply({&product, 1});
}

void HyperConnections::collapse(const HyperConnectionWeights& weights, std::int64_t tokens,
                                const float* streams, float* output) {
    const std::int64_t width = config_.width;
    std::fill_n(output, tokens * width, 0.0f);
    for (std::int64_t t = 0; t < tokens; ++t) {
        const float* row = projected_.data() + t * weights.projection.rows;
        for (std::int64_t i = 0; i < config_.hyper.streams; ++i) {
            const float share =
                sigmoid(row[i] * weights.scale[0] + weights.base[static_cast<std::size_t>(i)]) +
                config_.hyper.epsilon;
            kernels::addScaled(share, streams + (t * config_.hyper.streams + i) * width, output + t * width,
                               width);
        }
    }
}

/// Softmax over each row, then columns and rows by turns divided by their sums, columns last (Sinkhorn and
/// Knopp 1967).
void HyperConnections::balance(float* mixing) const {
    const std::int64_t count = config_.hyper.streams;
    const float epsilon = config_.hyper.epsilon;
    const auto divide = [&](std::int64_t first, std::int64_t step) {
        float sum = epsilon;
        for (std::int64_t i = 0; i < count; ++i) sum += mixing[first + i * step];
        for (std::int64_t i = 0; i < count; ++i) mixing[first + i * step] /= sum;
    };
    for (std::int64_t row = 0; row < count; ++row) {
        kernels::softmax(mixing + row * count, count);
        for (std::int64_t i = 0; i < count; ++i) mixing[row * count + i] += epsilon;
    }
    for (int iteration = 0; iteration < config_.hyper.iterations; ++iteration) {
        for (std::int64_t row = 0; iteration > 0 && row < count; ++row) divide(row * count, 1);
        for (std::int64_t column = 0; column < count; ++column) divide(column, count);
    }
}

} // namespace ponder::engine
