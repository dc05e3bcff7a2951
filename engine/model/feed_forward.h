#pragma once

#include "engine/model/model.h"

#include <cstdint>
#include <span>
#include <vector>

namespace ponder::engine {

/// DeepSeek-V4's clamp of a gated feed-forward: gate at most `limit`, up within ± `limit`; 0: none.
void limitBranches(float limit, std::span<float> gate, std::span<float> up);

/// down(activation(gate x) ⊙ up x), for dense layers and shared experts. Keeps its working memory; one
/// thread.
class FeedForward {
public:
    FeedForward(const Model& model, Backend& backend) : config_(model.config()), backend_(backend) {}

    /// input, output: [tokens][width].
    void forward(const FeedForwardWeights& weights, std::int64_t tokens, const float* input, float* output);

private:
    const ModelConfig& config_;
    Backend& backend_;
    std::vector<float> gate_, up_; // [token][hidden]
};

} // namespace ponder::engine
