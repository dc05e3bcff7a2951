#include "engine/model/delta_weights.h"

namespace ponder::engine {

namespace {

/// [rows][columns] → [columns][rows], so that one position's factors of all channels lie side by side.
std::vector<float> turned(const std::vector<float>& table, std::size_t columns) {
    std::vector<float> result(table.size());
    const std::size_t rows = table.size() / columns;
    for (std::size_t row = 0; row < rows; ++row)
        for (std::size_t column = 0; column < columns; ++column)
            result[column * rows + row] = table[row * columns + column];
    return result;
}

} // namespace

DeltaWeights bindDelta(const TensorBinder& binder, const ModelConfig& config) {
    const DeltaSettings& delta = config.delta;
    DeltaWeights weights;
    if (binder.has("ssm_in.weight")) {
        weights.channelsAndGate =
            projection(binder, "ssm_in", config.width, delta.channels() + delta.valueNumbers());
    } else {
        weights.channels = projection(binder, "attn_qkv", config.width, delta.channels());
        weights.gate = projection(binder, "attn_gate", config.width, delta.valueNumbers());
    }
    if (binder.has("ssm_ba.weight")) {
        weights.writeAndDecay = projection(binder, "ssm_ba", config.width, 2 * delta.valueHeads);
    } else {
        weights.write = projection(binder, "ssm_beta", config.width, delta.valueHeads);
        weights.decay = projection(binder, "ssm_alpha", config.width, delta.valueHeads);
    }
    weights.convolution = turned(binder.table("ssm_conv1d.weight", delta.convolutionLength, delta.channels()),
                                 static_cast<std::size_t>(delta.convolutionLength));
    weights.decayBias = binder.vector("ssm_dt.bias", delta.valueHeads);
    weights.decayRate = binder.vector("ssm_a", delta.valueHeads);
    weights.norm = binder.vector("ssm_norm.weight", delta.valueLength);
    weights.output = projection(binder, "ssm_out", delta.valueNumbers(), config.width);
    return weights;
}

} // namespace ponder::engine
