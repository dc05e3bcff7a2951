#pragma once

#include "engine/model/model_config.h"
#include "engine/model/projection.h"

#include <vector>

namespace ponder::engine {

/// Weights of a Gated DeltaNet (arXiv 2412.06464) as architectures.md §1.6 names them. Older files have one
/// matrix for `channels` and `gate`, or for `write` and `decay`, in which a key head's rows lie together.
struct DeltaWeights {
    Projection channels;            ///< queries, keys and values of all heads, through the convolution
    Projection gate;                ///< [valueNumbers] rows, of the output
    Projection channelsAndGate;     ///< per key head: query, key, its value heads' values, then their gates
    Projection write;               ///< [valueHeads] rows, β before its sigmoid
    Projection decay;               ///< [valueHeads] rows, before softplus
    Projection writeAndDecay;       ///< per key head: β of its value heads, then their decays
    std::vector<float> convolution; ///< [convolutionLength][channels], oldest position first
    std::vector<float> decayBias;   ///< [valueHeads]
    std::vector<float> decayRate;   ///< [valueHeads], -exp(A): log α = rate · softplus(decay + bias)
    std::vector<float> norm;        ///< [valueLength], of each head's output
    Projection output;
};

/// Binds the tensors of the layer that `binder` is in. Throws Error as TensorBinder does.
DeltaWeights bindDelta(const TensorBinder& binder, const ModelConfig& config);

} // namespace ponder::engine
