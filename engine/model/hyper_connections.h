#pragma once

#include "engine/model/model.h"

#include <cstdint>
#include <vector>

namespace ponder::engine {

/// Manifold-constrained hyper-connections (arXiv 2512.24880): the residual is several streams side by side. A
/// sublayer reads a mix of them; its answer goes to all, each by a share of its own, while the streams
/// themselves are mixed by a matrix whose rows and columns sum to one. Keeps its working memory between
/// calls; one thread.
class HyperConnections {
public:
    HyperConnections(const Model& model, Backend& backend) : config_(model.config()), backend_(backend) {}

    /// streams: [tokens][streams][width] → input: [tokens][width]. Remembers shares and mixing for `leave`.
    void enter(const HyperConnectionWeights& weights, std::int64_t tokens, const float* streams,
               float* input);
    /// Joins the answer of the sublayer last entered into `streams`. answer: [tokens][width].
    void leave(std::int64_t tokens, const float* answer, float* streams);
    /// The mix of the streams that the head reads, as `enter` without what only `leave` needs.
    void finish(const HyperConnectionWeights& weights, std::int64_t tokens, const float* streams,
                float* output);

private:
    void project(const HyperConnectionWeights& weights, std::int64_t tokens, const float* streams);
    void collapse(const HyperConnectionWeights& weights, std::int64_t tokens, const float* streams,
                  float* output);
    void balance(float* mixing) const;

    const ModelConfig& config_;
    Backend& backend_;
    std::vector<float> normed_;      // [token][streams × width]
    std::vector<float> projected_;   // [token][rows of the projection]
    std::vector<float> shares_;      // [token][stream]
    std::vector<float> mixing_;      // [token][from stream][to stream]
    std::vector<float> nextStreams_; // [stream][width]
};

} // namespace ponder::engine
