#pragma once

#include "engine/model/model_config.h"
#include "engine/model/projection.h"

#include <vector>

namespace ponder::engine {

/// What a draft head has beside its block (multi-token prediction, DeepSeek-V3, arXiv 2412.19437 §2.2). What
/// is empty is the trunk's.
struct DraftWeights {
    Matrix embedding; ///< empty: the trunk's
    std::vector<float> embeddingNorm, hiddenNorm;
    Projection
        join; ///< [width] rows of [2 × width]: the token's embedding, then the hidden state, both normed
    std::vector<float> outputNorm; ///< empty: the trunk's
    Projection head;               ///< empty: the trunk's
};

/// Binds the "nextn" tensors of the layer that `binder` is in. Throws Error as TensorBinder does.
DraftWeights bindDraft(const TensorBinder& binder, const ModelConfig& config);

} // namespace ponder::engine
