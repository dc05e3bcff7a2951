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
    const MatrixProduct products[] = {productOf(weights.gate, tokens, input, gate_),
                                      productOf(weights.up, tokens, input, up_)};
    backend_.multiply(products);
    limitBranches(weights.branchLimit, gate_, up_);
    eachToken(backend_, tokens, [&](std::int64_t t) {
        float* gate = gate_.data() + t * hidden;
        kernels::gatedActivation(config_.family->activation, gate, up_.data() + t * hidden, hidden, gate);
    });
    const MatrixProduct outward = productOf(weights.down, tokens, gate_.data(), output);
    backend_.multiply({&outward, 1});
}

} // namespace ponder::engine
