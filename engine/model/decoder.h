#pragma once

#include "engine/model/attention.h"
#include "engine/model/compressed_attention.h"
#include "engine/model/delta_net.h"
#include "engine/model/hyper_connections.h"
#include "engine/model/latent_attention.h"
#include "engine/model/mixture.h"
#include "engine/model/short_convolution.h"
#include "engine/text/tokenizer.h"

#include <functional>
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
    /// was; `entering`, if any, is told each layer. Requires: room in the cache, valid ids, at least one
    /// token.
    StepResult forward(std::span<const TokenId> tokens, KvCache& cache, LogitsOf wanted, std::stop_token stop,
                       const std::function<void(int layer)>& entering = {});

    std::span<float> logits() { return logits_; }
    /// The hidden states of the last `forward`, [token][width], as they are before the output norm. Until the
    /// next call. Requires: one residual stream.
    std::span<const float> hidden() const { return stream_; }

    // Of the draft head (multi-token prediction, DeepSeek-V3, arXiv 2412.19437 §2.2, at depth 1): from a
    // position's hidden state h and the token behind it, it guesses the token behind that one.
    //   h' = join · [RMS(E[token]) | RMS(h)], then a block like the trunk's, RMS, head.
    // The paper writes h first; published weights have the embedding first, as vLLM, SGLang, TensorRT-LLM and
    // Megatron-LM read them, and h is taken before the output norm (llama.cpp, pull request 24025). Rows of
    // `cache`, which is CacheOf::DraftHead, are such pairs.

    /// Appends pairs that no guess is wanted of: keys and values are made and nothing else. following:
    /// [pair], hidden: [pair][width], may be `hidden()`.
    void remember(std::span<const TokenId> following, std::span<const float> hidden, KvCache& cache);
    /// Appends a pair and returns the draft head's logits, [vocabulary], valid until the next guess.
    std::span<const float> guess(TokenId following, std::span<const float> hidden, KvCache& cache);

private:
    void evaluateLayer(int layer, const Step& step, KvCache& cache);
    Step draftStep(std::span<const TokenId> following, const KvCache& cache);
    void join(std::span<const TokenId> following, std::span<const float> hidden);
    void embed(std::span<const TokenId> tokens);
    void attend(int layer, Step step, KvCache& cache);
    void feedForward(int layer, const Step& step);
    void norm(const std::vector<float>& weight, std::span<const float> input,
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
    std::vector<float> joined_;  // [pair][embedding | hidden state], of the draft head
    std::vector<float> guessed_; // its logits
};

} // namespace ponder::engine
