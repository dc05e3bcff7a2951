#include "engine/model/feed_forward.h"

#include <algorithm>

namespace ponder::engine {

void limitBranches(float limit, std::span<float> gate, std::span<float> up) {
    if (limit == 0) return;
    for (float& number : gate) number = std::min(number, limit);
    for (float& number : up) number = std::clamp(number, -limit, limit);
}

void FeedForward::forward(const FeedForwardWeights& weights, std::int64_t tokens, const float* input,
                          float* output) {
    const std::int64_t hidden = weights.gate.matrix.rows;
    gate_.resize(static_cast<std::size_t>(tokens * hidden));
    up_.resize(gate_.size());
    const auto inward = [&](const Projection& projection, std::vector<float>& target) {
        return MatrixProduct{.weights = projection.matrix,
                             .input = input,
                             .inputStride = config_.width,
                             .tokens = tokens,
                             .output = target.data(),
                             .outputStride = hidden,
                             .bias = projection.biasOrNull()};
    };
    const MatrixProduct products[] = {inward(weights.gate, gate_), inward(weights.up, up_)};
    backend_.multiply(products);
    limitBranches(weights.branchLimit, gate_, up_);
    eachToken(backend_, tokens, [&](std::int64_t t) {
        float* gate = gate_.data() + t * hidden;
        kernels::gatedActivation(config_.family->activation, gate, up_.data() + t * hidden, hidden, gate);
    });
    const MatrixProduct outward{.weights = weights.down.matrix,
                                .input = gate_.data(),
                                .inputStride = hidden,
                                .tokens = tokens,
                                .output = output,
                                .outputStride = config_.width,
                                .bias = weights.down.biasOrNull()};
    backend_.multiply({&outward, 1});
}

} // namespace ponder::engine
