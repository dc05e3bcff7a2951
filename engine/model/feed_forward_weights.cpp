#include "engine/model/feed_forward_weights.h"

#include <algorithm>

namespace ponder::engine {

using enum Presence;

FeedForwardWeights bindFeedForward(const TensorBinder& binder, std::int64_t width, std::int64_t hidden) {
    FeedForwardWeights weights;
    // Phi stacks gate and up in one matrix.
    if (binder.has("ffn_gate.weight")) {
        weights.gate = projection(binder, "ffn_gate", width, hidden);
        weights.up = projection(binder, "ffn_up", width, hidden);
    } else {
        const Projection fused = projection(binder, "ffn_up", width, 2 * hidden);
        weights.gate = part(fused, 0, hidden);
        weights.up = part(fused, hidden, hidden);
    }
    weights.down = projection(binder, "ffn_down", hidden, width);
    return weights;
}

ExpertStack bindExperts(const TensorBinder& binder, const ModelConfig& config) {
    const std::int64_t experts = config.mixture.experts;
    ExpertStack stack{
        .hidden = config.mixture.hidden, .width = config.width, .gateStep = config.mixture.hidden};
    if (binder.has("ffn_gate_up_exps.weight")) {
        stack.gateStep = 2 * stack.hidden;
        stack.gate = binder.stack("ffn_gate_up_exps", config.width, stack.gateStep, experts);
        stack.up = stack.gate.rowsFrom(stack.hidden, stack.gate.rows - stack.hidden);
    } else {
        stack.gate = binder.stack("ffn_gate_exps", config.width, stack.hidden, experts);
        stack.up = binder.stack("ffn_up_exps", config.width, stack.hidden, experts);
    }
    stack.down = binder.stack("ffn_down_exps", stack.hidden, config.width, experts);
    return stack;
}

MixtureWeights bindMixture(const TensorBinder& binder, const ModelConfig& config,
                           const LayerSettings& settings) {
    MixtureWeights weights;
    const std::int64_t experts = config.mixture.experts;
    weights.branchLimit = settings.branchLimit;
    if (settings.hashed) {
        weights.expertsOfToken = binder.indices("ffn_gate_tid2eid.weight", config.mixture.used,
                                                config.vocabulary, config.mixture.experts);
    }
    weights.router = projection(binder, "ffn_gate_inp", config.width, experts);
    weights.selectionBias = binder.vector("exp_probs_b.bias", experts, Optional);
    weights.gateBias = binder.table("ffn_gate_exps.bias", config.mixture.hidden, experts, Optional);
    weights.upBias = binder.table("ffn_up_exps.bias", config.mixture.hidden, experts, Optional);
    weights.downBias = binder.table("ffn_down_exps.bias", config.width, experts, Optional);
    const bool isShared = binder.has("ffn_gate_shexp.weight") || binder.has("ffn_up_shexp.weight") ||
                          binder.has("ffn_down_shexp.weight");
    if (!isShared) return weights;
    // How wide the shared expert is stands under different keys, or under none; its own tensor says it.
    const std::int64_t hidden = std::max<std::int64_t>(1, binder.rowsOf("ffn_gate_shexp.weight"));
    weights.shared.branchLimit = settings.sharedBranchLimit;
    weights.shared.gate = projection(binder, "ffn_gate_shexp", config.width, hidden);
    weights.shared.up = projection(binder, "ffn_up_shexp", config.width, hidden);
    weights.shared.down = projection(binder, "ffn_down_shexp", hidden, config.width);
    const Presence presence = config.family->sharedGate == Switch::On ? Needed : Optional;
    weights.sharedGate = binder.vector("ffn_gate_inp_shexp.weight", config.width, presence);
    return weights;
}

} // namespace ponder::engine
