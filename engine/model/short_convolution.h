#pragma once

#include "engine/model/kv_cache.h"
#include "engine/model/model.h"
#include "engine/model/step.h"

#include <vector>

namespace ponder::engine {

/// LFM2's gated short convolution: [b, c, x] = input projection; y = c ⊙ conv(b ⊙ x) over the last few
/// positions of each channel; output projection. Keeps its working memory between calls; one thread.
class ShortConvolution {
public:
    ShortConvolution(const Model& model, Backend& backend)
        : config_(model.config()), model_(model), backend_(backend) {}

    /// input, output: [tokens][width].
    void forward(int layer, const Step& step, const float* input, float* output, KvCache& cache);

private:
    const ModelConfig& config_;
    const Model& model_;
    Backend& backend_;
    std::vector<float> projected_; // [token][b | c | x]
    std::vector<float> gated_;     // [convolutionLength - 1 + token][width]: b ⊙ x, older positions first
    std::vector<float> mixed_;     // [token][width]
};

} // namespace ponder::engine
