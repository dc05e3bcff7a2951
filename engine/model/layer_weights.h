#pragma once

#include "engine/model/attention_weights.h"
#include "engine/model/delta_weights.h"
#include "engine/model/feed_forward_weights.h"

#include <functional>
#include <string>
#include <vector>

namespace ponder::engine {

/// How streams are mixed around a sublayer, or before the head: from all streams at once, normed, to the
/// sublayer's mix and, not before the head, the answer's shares and the mixing of the streams themselves.
struct HyperConnectionWeights {
    Matrix projection;        ///< [streams] (+ [streams] + [streams × streams]) rows of [streams × width]
    std::vector<float> base;  ///< [rows]
    std::vector<float> scale; ///< of the three parts, before the head of the first
};

/// LFM2's gated convolution over the last few positions.
struct ConvolutionWeights {
    Projection input;          ///< [3 × width] rows: gate before, gate after, values
    std::vector<float> kernel; ///< [width][length]
    Projection output;
};

struct LayerWeights {
    std::vector<float> attentionNorm, postAttentionNorm, feedForwardNorm, postFeedForwardNorm;
    GroupedAttentionWeights grouped;
    LatentAttentionWeights latent;
    CompressedAttentionWeights compressed;
    HyperConnectionWeights attentionMix, feedForwardMix;
    ConvolutionWeights convolution;
    DeltaWeights delta;
    FeedForwardWeights dense;
    MixtureWeights mixture;
};

/// Binds what mixes `rows` streams, scaled in `parts`. Throws Error as TensorBinder does.
HyperConnectionWeights bindHyperConnection(const TensorBinder& binder, const std::string& name,
                                           const ModelConfig& config, std::int64_t rows, std::int64_t parts);
/// Binds all tensors of a layer; its experts, if it has any, to `experts`. Throws Error as TensorBinder does.
LayerWeights bindLayer(TensorBinder& binder, const ModelConfig& config, int index, ExpertStack& experts);

/// Shows `visit` all matrices of a layer that products are made with, but the experts.
void forEachMatrix(LayerWeights& layer, const ModelConfig& config, const std::function<void(Matrix&)>& visit);

} // namespace ponder::engine
