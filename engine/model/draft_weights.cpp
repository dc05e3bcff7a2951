#include "engine/model/draft_weights.h"

namespace ponder::engine {

DraftWeights bindDraft(const TensorBinder& binder, const ModelConfig& config) {
    using enum Presence;
    const std::int64_t width = config.width;
    return {.embedding = binder.matrix("nextn.embed_tokens", width, config.vocabulary, Optional),
            .embeddingNorm = binder.vector("nextn.enorm.weight", width),
            .hiddenNorm = binder.vector("nextn.hnorm.weight", width),
            .join = projection(binder, "nextn.eh_proj", 2 * width, width),
            .outputNorm = binder.vector("nextn.shared_head_norm.weight", width, Optional),
            .head = projection(binder, "nextn.shared_head_head", width, config.vocabulary, Optional)};
}

} // namespace ponder::engine
