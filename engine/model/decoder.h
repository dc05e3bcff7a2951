#pragma once

#include "engine/model/attention.h"
#include "engine/model/compressed_attention.h"
#include "engine/model/delta_net.h"
#include "engine/model/hyper_connections.h"
#include "engine/model/latent_attention.h"
#include "engine/model/mixture.h"
#include "engine/model/short_convolution.h"
#include "engine/text/tokenizer.h"

#include <span>
#include <stop_token>
#include <vector>

namespace ponder::engine {

enum class LogitsOf { NoToken, LastToken, EveryToken };
enum class StepResult { Done, Stopped };

/// The forward pass of every family: embedding, then for each layer norm, attention, add, norm, feed-forward
/// or mixture, add; norm, head. One thread at a time.
class Decoder {
public:
    /// `contextTokens` is the longest conversation to come; it chooses between a file's short and long rotary
    /// factors.
    Decoder(const Model& model, Backend& backend, int contextTokens);

    /// Evaluates `tokens` at the positions after the cache's and appends them to it. Logits are
    /// [wanted][vocabulary] in `logits()`. A stop takes effect between two layers and leaves the cache as it
    /// was. Requires: room in the cache, valid ids, at least one token.
    StepResult forward(std::span<const TokenId> tokens, KvCache& cache, LogitsOf wanted,
                       std::stop_token stop);

    std::span<float> logits() { return logits_; }

private:
    void embed(std::span<const TokenId> tokens);
    void attend(int layer, Step step, KvCache& cache);
    void feedForward(int layer, const Step& step);
    void norm(const std::vector<float>& weight, const std::vector<float>& input,
              std::vector<float>& output) const;
    void enter(const HyperConnectionWeights& mix, const std::vector<float>& weight, const Step& step);
    void leave(const std::vector<float>& postNorm, const Step& step);
    void computeLogits(const Step& step, LogitsOf wanted);

    const Model& model_;
    const ModelConfig& config_;
    Backend& backend_;
    Attention attention_;
    LatentAttention latentAttention_;
    CompressedAttention compressedAttention_;
    HyperConnections hyper_;
    ShortConvolution convolution_;
    DeltaNet delta_;
    FeedForward dense_;
    Mixture mixture_;
    RopeTable rope_, localRope_;
    std::vector<float> stream_; // [token][stream][width], the residual; one stream in most families
    std::vector<float> normed_, answer_;
    std::vector<float> logits_;
};

} // namespace ponder::engine
