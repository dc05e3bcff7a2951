#pragma once

#include "engine/experts/expert_store.h"
#include "engine/model/model_config.h"
#include "engine/model/projection.h"

#include <cstdint>
#include <vector>

namespace ponder::engine {

struct FeedForwardWeights {
    Projection gate, up, down;
    float branchLimit = 0; ///< gate at most this, up within ± this; 0: no limit
};

struct MixtureWeights {
    Projection router;
    std::vector<float> selectionBias;              ///< [experts], moves the choice and not the weights
    std::vector<float> gateBias, upBias, downBias; ///< [experts][rows], empty: none
    std::vector<std::int32_t> expertsOfToken;      ///< [vocabulary][used], empty: the router chooses
    float branchLimit = 0;                         ///< of the experts; as FeedForwardWeights has it
    FeedForwardWeights shared;                     ///< no gate: none
    std::vector<float> sharedGate; ///< [width], its sigmoid scales the shared expert; empty: none
};

/// Each binds the tensors of the layer that `binder` is in. Throws Error as TensorBinder does.
FeedForwardWeights bindFeedForward(const TensorBinder& binder, std::int64_t width, std::int64_t hidden);
MixtureWeights bindMixture(const TensorBinder& binder, const ModelConfig& config,
                           const LayerSettings& settings);
ExpertStack bindExperts(const TensorBinder& binder, const ModelConfig& config);

} // namespace ponder::engine
